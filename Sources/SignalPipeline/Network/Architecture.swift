/// The networks that have a name.
///
/// With four classes, for one example (FLOPs are two for a multiplication with addition):
///
/// | name | input of the mean | sees [bins] | parameters | MFLOP |
/// |---|---|---|---|---|
/// | `default` | (1, 2048) | all | 7,952 | 3.9 |
/// | `founding` | (1, 8192) | all | 1,038,916 | 134 |
/// | `founding-gap` | (1, 8192) | all | 8,516 | 132 |
/// | `founding-gmp` | (1, 8192) | all | 8,516 | 132 |
public enum Architecture: String, Hashable, Codable, Sendable, CaseIterable {
  /// Two strided and five dilated residual convolutions on a circle, means and maxima.
  ///
  /// Every layer commutes with a circular shift by its stride, so the class hardly depends on
  /// the frequency offset. Before pooling a value sees 528 bins.
  case standard = "default"

  /// One wide convolution, a max-pool, and a weight for every position: it learns where in the
  /// band its training signals were, and fails elsewhere.
  case founding

  /// ``founding`` with global means in place of positions.
  case foundingAveraged = "founding-gap"

  /// ``founding`` with global maxima in place of positions.
  case foundingMaximum = "founding-gmp"

  /// Finds an architecture by its name.
  ///
  /// - Throws: ``ConfigurationError`` that lists the names.
  public init(named name: String) throws(ConfigurationError) {
    guard let found = Architecture(rawValue: name) else {
      let names = Architecture.allCases.map(\.rawValue).joined(separator: ", ")
      throw ConfigurationError("architecture", "is \"\(name)\"; it must be one of \(names)")
    }
    self = found
  }

  /// How power spectra become the network's input.
  ///
  /// The founding networks take every bin between its example's least and greatest level, where
  /// it was measured: what the founding question did.
  public var features: FeatureConfiguration {
    switch self {
    case .standard: .default
    case .founding, .foundingAveraged, .foundingMaximum:
      FeatureConfiguration(
        bins: 8192, roll: .none, binsPerFeature: 1, normalization: .decibelMinMax)
    }
  }

  /// The network's description.
  ///
  /// - Parameters:
  ///   - classes: How many classes it tells apart.
  ///   - channels: How many channels its input has: the weights of the first layer.
  /// - Returns: The description, whose input is as long as ``features`` make it.
  public func description(classes: Int, channels: Int = 1) -> NetworkDescription {
    var description =
      switch self {
      case .standard: Self.standard(classes: classes)
      case .founding: Self.founding([.flatten(Flatten())], classes: classes)
      case .foundingAveraged:
        Self.founding([.globalPool1d(GlobalPool1d(.average))], classes: classes)
      case .foundingMaximum:
        Self.founding([.globalPool1d(GlobalPool1d(.maximum))], classes: classes)
      }
    description.inputShape.channels = channels
    return description
  }

  private static func founding(
    _ reduction: [NetworkDescription.Stage], classes: Int
  ) -> NetworkDescription {
    NetworkDescription(
      inputShape: Shape(channels: 1, length: 8192),
      layers: [
        .conv1d(Conv1d(outputChannels: 64, kernelSize: 128, padding: .zeros(1))),
        .maxPool1d(MaxPool1d(kernelSize: 16, stride: 2)),
      ] + reduction + [.linear(Linear(outputs: classes))])
  }

  private static func standard(classes: Int) -> NetworkDescription {
    func block(
      _ channels: Int, _ kernelSize: Int, stride: Int = 1, dilation: Int = 1
    ) -> [NetworkDescription.Stage] {
      let convolution = Conv1d(
        outputChannels: channels, kernelSize: kernelSize, stride: stride, dilation: dilation,
        padding: .circular)
      return [.conv1d(convolution), .batchNorm1d(BatchNorm1d()), .relu(ReLU())]
    }
    var layers = block(12, 16, stride: 4) + block(20, 5, stride: 2)
    for dilation in [1, 2, 4, 8, 16] {
      layers.append(.residual(Residual(block(20, 3, dilation: dilation))))
    }
    layers += [.globalPool1d(GlobalPool1d(.both)), .linear(Linear(outputs: classes))]
    return NetworkDescription(inputShape: Shape(channels: 1, length: 2048), layers: layers)
  }
}
