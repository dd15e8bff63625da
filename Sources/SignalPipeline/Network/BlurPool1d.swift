/// Keeps every `stride`-th value of each channel, low-passed first.
///
///     y[n, c, t] = Σ_{0 ≤ j < K} f[j] · x̃[n, c, t·stride + j]
///     f[j] = binomial(K − 1, j) / 2^(K − 1)
///
/// where `x̃` is the input with `⌊(K − 1)/2⌋` positions put before it and `⌈(K − 1)/2⌉` behind.
/// A stride alone folds what varies faster than it resolves onto slower variations, so that a
/// small shift of the input changes the output at will; the filter takes most of that away.
/// - Input: `(N, C, L)`; on a circle, `L` is a multiple of the stride.
/// - Output: `(N, C, ⌈L/stride⌉)`; on a circle, shifting the input by the stride shifts it by one.
/// - Parameters: none; the filter is fixed, and each channel passes it by itself.
///
/// Source: R. Zhang, "Making convolutional networks shift-invariant again", ICML 2019. What it
/// calls MaxBlurPool is a ``MaxPool1d`` of stride 1 before this layer.
public struct BlurPool1d: Hashable, Sendable {
  /// What lies beyond the ends of the input.
  public enum Padding: String, Hashable, Codable, Sendable, CaseIterable {
    /// The other end: the input is a circle, as a complex baseband's spectrum is.
    case circular
    /// The input mirrored at its first and its last position, neither of which is repeated.
    case reflect
  }

  /// The longest filter [positions].
  static let longest = 64

  /// The taps of the filter, `K` [positions]; 1 leaves the stride alone.
  public var kernelSize: Int

  /// How far two neighbouring outputs lie apart [positions].
  public var stride: Int

  /// What lies beyond the ends.
  public var padding: Padding

  /// Creates the layer.
  public init(kernelSize: Int, stride: Int, padding: Padding = .circular) {
    self.kernelSize = kernelSize
    self.stride = stride
    self.padding = padding
  }

  /// The filter `f`: a row of Pascal's triangle whose sum is 1.
  var taps: [Float] {
    var row: [Double] = [1]
    for _ in 1..<kernelSize {
      row = zip([0] + row, row + [0]).map { ($0 + $1) / 2 }
    }
    return row.map { Float($0) }
  }
}

extension BlurPool1d: Layer {
  public static let name = "blurPool1d"

  public func outputShape(for input: Shape) throws(LayerError) -> Shape {
    guard (1...Self.longest).contains(kernelSize) else {
      throw LayerError("kernelSize is \(kernelSize); it must be 1 to \(Self.longest)")
    }
    try LayerError.checkPositive(stride, "stride")
    guard kernelSize <= input.length else {
      throw LayerError(
        "its filter spans \(kernelSize) positions, the input has \(input.length)")
    }
    if padding == .circular { try LayerError.checkCircle(input, stride: stride) }
    _ = try LayerError.checkShape(
      channels: input.channels, length: input.length + kernelSize - 1)
    return Shape(channels: input.channels, length: (input.length - 1) / stride + 1)
  }

  public func multiplyAdds(for input: Shape) -> Int {
    ((input.length - 1) / stride + 1) * input.channels * kernelSize
  }

  public func receptiveField(_ field: ReceptiveField, input: Shape) -> ReceptiveField {
    field.windowed(span: kernelSize, stride: stride)
  }
}

extension BlurPool1d: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable { case kernelSize, stride, padding }

  public init(from decoder: any Decoder) throws {
    try decoder.checkKeys(CodingKeys.self)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    kernelSize = try container.integer(.kernelSize)
    stride = try container.integer(.stride)
    padding = try container.decodeIfPresent(Padding.self, forKey: .padding) ?? .circular
  }
}

extension BlurPool1d: LayerComputation {
  private var filter: FixedFilter {
    FixedFilter(
      taps: taps, stride: stride, left: (kernelSize - 1) / 2, right: kernelSize / 2,
      edges: padding == .circular ? .circular : .reflected)
  }

  package func buffers(for input: Shape, count: Int) -> LayerBuffers {
    LayerBuffers(first: filter.paddedCount(input))
  }

  package var readsInputBackward: Bool { false }

  package func forward(
    _ pass: LayerPass, parameters: Span<Float>, input: Span<Float>, output: inout [Float],
    saved: inout [Float], scratch: inout Scratch
  ) {
    filter.forward(pass, input: input, output: &output, padded: &scratch.first)
  }

  package func backward(
    _ pass: LayerPass, parameters: Span<Float>, input: Span<Float>, saved: Span<Float>,
    outputGradient: Span<Float>, inputGradient: inout [Float],
    parameterGradient: inout [Float], scratch: inout Scratch
  ) {
    guard pass.needsInputGradient else { return }
    let filter = filter
    for example in pass.examples {
      filter.backward(
        pass, example: example, outputGradient: outputGradient,
        from: example * pass.output.count, inputGradient: &inputGradient,
        padded: &scratch.first)
    }
  }
}
