/// Correlates the input with learned kernels along the frequency axis.
///
///     y[n, o, t] = b[o] + Σ_c Σ_k w[o, c, k] · x̃[n, c, t·stride + k·dilation]
///
/// where `x̃` is the padded input.
/// - Input: `(N, C, L)`.
/// - Output: `(N, O, T)`. With zeros `T = ⌊(L + 2p − e)/stride⌋ + 1`, where
///   `e = dilation·(K − 1) + 1` is what a kernel spans; on a circle `T = L/stride` exactly, with
///   `⌊(e − stride)/2⌋` positions put before the input and the rest of `e − stride` behind it.
/// - Parameters: `weight` `(O, C, K)`, `bias` `(O)`, both uniform in `±1/√(C·K)` at first.
public struct Conv1d: Hashable, Sendable {
  /// What lies beyond the ends of the input.
  public enum Padding: Hashable, Sendable {
    /// This many zeros on each side [positions].
    case zeros(Int)
    /// The other end: the input is a circle, as a complex baseband's spectrum is.
    case circular
  }

  /// The number of kernels, `O`.
  public var outputChannels: Int

  /// The taps of a kernel, `K` [positions].
  public var kernelSize: Int

  /// How far two neighbouring outputs lie apart [positions].
  public var stride: Int

  /// How far two neighbouring taps lie apart [positions].
  public var dilation: Int

  /// What lies beyond the ends.
  public var padding: Padding

  /// Creates a convolution.
  public init(
    outputChannels: Int, kernelSize: Int, stride: Int = 1, dilation: Int = 1,
    padding: Padding = .zeros(0)
  ) {
    self.outputChannels = outputChannels
    self.kernelSize = kernelSize
    self.stride = stride
    self.dilation = dilation
    self.padding = padding
  }

  /// The positions that a kernel spans, `e`.
  var span: Int { dilation * (kernelSize - 1) + 1 }

  /// What is put before and behind an input.
  package struct Margins: Hashable, Sendable {
    package var left: Int
    package var right: Int
    package var isCircular: Bool

    /// Creates margins [positions].
    package init(left: Int, right: Int, isCircular: Bool) {
      self.left = left
      self.right = right
      self.isCircular = isCircular
    }
  }

  /// The margins around an input, the same for every length.
  package var margins: Margins {
    switch padding {
    case .zeros(let count): return Margins(left: count, right: count, isCircular: false)
    case .circular:
      let left = (span - stride) / 2
      return Margins(left: left, right: span - stride - left, isCircular: true)
    }
  }
}

extension Conv1d: Layer {
  public static let name = "conv1d"

  public func outputShape(for input: Shape) throws(LayerError) -> Shape {
    try LayerError.checkPositive(outputChannels, "outputChannels")
    try LayerError.checkPositive(kernelSize, "kernelSize")
    try LayerError.checkPositive(stride, "stride")
    try LayerError.checkPositive(dilation, "dilation")
    let length: Int
    switch padding {
    case .zeros(let count):
      guard (0...Limits.dimension).contains(count) else {
        throw LayerError("padding is \(count); it must be 0 to \(Limits.dimension)")
      }
      let padded = try LayerError.checkShape(
        channels: input.channels, length: input.length + 2 * count)
      guard span <= padded.length else {
        throw LayerError(
          "its kernel spans \(span) positions, the padded input has \(padded.length)")
      }
      length = (padded.length - span) / stride + 1
    case .circular:
      guard span <= input.length else {
        throw LayerError("its kernel spans \(span) positions, the input has \(input.length)")
      }
      try LayerError.checkCircle(input, stride: stride)
      guard span >= stride else {
        throw LayerError(
          "on a circle its kernel's span of \(span) must reach the stride of \(stride)")
      }
      _ = try LayerError.checkShape(
        channels: input.channels, length: input.length + span - stride)
      length = input.length / stride
    }
    let kernels = outputChannels * input.channels
    guard kernels <= Limits.parameters, kernels * kernelSize <= Limits.parameters else {
      throw LayerError(
        "\(outputChannels) × \(input.channels) × \(kernelSize) weights are more than "
          + "\(Limits.parameters)")
    }
    return try LayerError.checkShape(channels: outputChannels, length: length)
  }

  public func parameters(for input: Shape) -> [ParameterDeclaration] {
    let fanIn = input.channels * kernelSize
    return [
      .uniform("weight", shape: [outputChannels, input.channels, kernelSize], fanIn: fanIn),
      .uniform("bias", shape: [outputChannels], fanIn: fanIn),
    ]
  }

  public func multiplyAdds(for input: Shape) -> Int {
    let views = ConvolutionViews(self, input: input)
    return views.outputs * outputChannels * input.channels * kernelSize
  }

  public func receptiveField(_ field: ReceptiveField, input: Shape) -> ReceptiveField {
    field.windowed(span: span, stride: stride)
  }
}

extension Conv1d: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable {
    case outputChannels, kernelSize, stride, dilation, padding
  }

  public init(from decoder: any Decoder) throws {
    try decoder.checkKeys(CodingKeys.self)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    outputChannels = try container.integer(.outputChannels)
    kernelSize = try container.integer(.kernelSize)
    stride = try container.integerIfPresent(.stride) ?? 1
    dilation = try container.integerIfPresent(.dilation) ?? 1
    padding = try container.decodeIfPresent(Padding.self, forKey: .padding) ?? .zeros(0)
  }
}

extension Conv1d.Padding: Codable {
  /// Reads a number of zeros or `"circular"`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let count = try? container.decode(Int.self) {
      self = .zeros(count)
      return
    }
    guard (try? container.decode(String.self)) == "circular" else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "padding is a number of zeros or \"circular\"")
    }
    self = .circular
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .zeros(let count): try container.encode(count)
    case .circular: try container.encode("circular")
    }
  }
}
