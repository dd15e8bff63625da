/// The networks that have a name; docs/networks.md tells their sizes and where they come from.
public enum Architecture: String, Hashable, Codable, Sendable, CaseIterable {
  /// Two strided and five dilated residual convolutions on a circle, means and maxima.
  ///
  /// Every layer commutes with a circular shift by its stride, so the class hardly depends on
  /// the frequency offset. Before pooling a value sees 528 bins.
  case standard = "default"

  /// One wide convolution, a max-pool, and a weight for every position: it learns where in the
  /// band its training signals were, and fails elsewhere.
  case founding

  /// ``founding`` with a ReLU behind the convolution.
  case foundingRectified = "founding-relu"

  /// ``founding`` with global means in place of positions.
  case foundingAveraged = "founding-gap"

  /// ``founding`` with global maxima in place of positions.
  case foundingMaximum = "founding-gmp"

  /// Three convolutions, the first with a stride of 32, and a weight for every position.
  case strided32 = "strided-32"

  /// ``strided32`` with a first stride of 64.
  case strided64 = "strided-64"

  /// ``strided32`` with a first stride of 96.
  case strided96 = "strided-96"

  /// ``strided32`` on a circle, with global means in place of positions.
  case strided32Averaged = "strided-32-gap"

  /// ``strided64`` on a circle, with global means in place of positions.
  case strided64Averaged = "strided-64-gap"

  /// ``strided96`` with global means in place of positions; 8192 bins are no circle of its stride.
  case strided96Averaged = "strided-96-gap"

  /// Convolutions of growing dilation on a circle, and global means.
  case dilated

  /// Convolutions behind strides whose input is smoothed first, on a circle, and global means.
  case blurPool = "blurpool"

  /// ``blurPool`` with adaptive polyphase sampling in place of smoothing and stride.
  case polyphase = "aps"

  /// ``keras64`` with 20 inputs.
  case keras20 = "keras-20"

  /// ``keras64`` with 50 inputs of three channels: the mean, the highest power and the kurtosis.
  case keras50x3 = "keras-50x3"

  /// ``keras256`` with 100 inputs.
  case keras100 = "keras-100"

  /// The small network of Keras's kind: one convolution, two dense layers, 64 inputs.
  case keras64 = "keras-64"

  /// The moderate one: two convolutions, two dense layers, 256 inputs.
  case keras256 = "keras-256"

  /// The large one: three convolutions of up to 512 kernels, two dense layers, 1024 inputs.
  case keras1024 = "keras-1024"

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
  /// All but the default take the bins between their example's least and greatest level, where
  /// they were measured: what the founding question did.
  public var features: FeatureConfiguration {
    guard self != .standard else { return .default }
    // Lengths that are no power of two divide another number of bins.
    let (bins, binsPerFeature) =
      switch self {
      case .keras20: (8000, 400)
      case .keras50x3: (8000, 160)
      case .keras100: (8000, 80)
      case .keras64: (8192, 128)
      case .keras256: (8192, 32)
      case .keras1024: (8192, 8)
      default: (8192, 1)
      }
    return FeatureConfiguration(
      bins: bins, roll: .none, binsPerFeature: binsPerFeature, normalization: .decibelMinMax,
      channels: self == .keras50x3 ? SpectrumChannel.allCases : [.mean])
  }

  /// The network's description.
  ///
  /// - Parameters:
  ///   - classes: How many classes it tells apart.
  ///   - channels: How many channels its input has: the weights of the first layer; `nil` for
  ///     those of ``features``.
  /// - Returns: The description, whose input is as long as ``features`` make it.
  public func description(classes: Int, channels: Int? = nil) -> NetworkDescription {
    var shape = features.shape
    if let channels { shape.channels = channels }
    return NetworkDescription(inputShape: shape, layers: layers(classes: classes))
  }
}
