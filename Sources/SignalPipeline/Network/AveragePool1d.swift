/// Averages each window's values.
///
///     y[n, c, t] = (1 / K) · Σ_{0 ≤ j < K} x̃[n, c, t·stride + j]
///
/// where `x̃` is the input with `padding` zeros on each side. With ``countsPadding``, as PyTorch's
/// `count_include_pad` by default, these zeros are values as all others; without, a window's sum
/// is divided by the number of its positions within the input.
/// - Input: `(N, C, L)`.
/// - Output: `(N, C, ⌊(L + 2·padding − K)/stride⌋ + 1)`; positions that fill no window are left
///   out.
/// - Parameters: none.
public struct AveragePool1d: Hashable, Sendable {
  /// The windows; their padding is zeros.
  public var window: PoolWindow

  /// Whether the padding's zeros are averaged, too.
  public var countsPadding: Bool

  /// Creates a pool.
  public init(kernelSize: Int, stride: Int, padding: Int = 0, countsPadding: Bool = true) {
    window = PoolWindow(kernelSize: kernelSize, stride: stride, padding: padding)
    self.countsPadding = countsPadding
  }
}

extension AveragePool1d: WindowedPool {
  public static let name = "averagePool1d"
}

extension AveragePool1d: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable {
    case kernelSize, stride, padding, countsPadding
  }

  public init(from decoder: any Decoder) throws {
    try decoder.checkKeys(CodingKeys.self)
    window = try PoolWindow(from: decoder)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    countsPadding = try container.decodeIfPresent(Bool.self, forKey: .countsPadding) ?? true
  }

  public func encode(to encoder: any Encoder) throws {
    try window.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(countsPadding, forKey: .countsPadding)
  }
}

extension AveragePool1d: LayerComputation {
  private var filter: FixedFilter {
    FixedFilter(
      taps: [Float](repeating: 1 / Float(kernelSize), count: kernelSize), stride: stride,
      left: padding, right: padding, edges: .zeros)
  }

  package func buffers(for input: Shape, count: Int) -> LayerBuffers {
    let padded = (input.length + 2 * padding) * input.channels
    // The windows may overlap or leave gaps: never more than the padded input has positions.
    return LayerBuffers(first: padded, second: countsPadding ? 0 : padded)
  }

  package var readsInputBackward: Bool { false }

  package func forward(
    _ pass: LayerPass, parameters: Span<Float>, input: Span<Float>, output: inout [Float],
    saved: inout [Float], scratch: inout Scratch
  ) {
    filter.forward(pass, input: input, output: &output, padded: &scratch.first)
    guard !countsPadding else { return }
    for example in pass.examples {
      weighEdges(&output, at: pass.outputBegin(example), pass)
    }
  }

  package func backward(
    _ pass: LayerPass, parameters: Span<Float>, input: Span<Float>, saved: Span<Float>,
    outputGradient: Span<Float>, inputGradient: inout [Float],
    parameterGradient: inout [Float], scratch: inout Scratch
  ) {
    guard pass.needsInputGradient else { return }
    let filter = filter
    // A live span of one part of the scratch memory would lock the other.
    var weighed: [Float] = []
    swap(&weighed, &scratch.second)
    for example in pass.examples {
      let from = example * pass.output.count
      if countsPadding {
        filter.backward(
          pass, example: example, outputGradient: outputGradient, from: from,
          inputGradient: &inputGradient, padded: &scratch.first)
      } else {
        Kernels.copy(outputGradient, from: from, into: &weighed, count: pass.output.count)
        weighEdges(&weighed, at: 0, pass)
        filter.backward(
          pass, example: example, outputGradient: weighed.span, from: 0,
          inputGradient: &inputGradient, padded: &scratch.first)
      }
    }
    swap(&weighed, &scratch.second)
  }

  /// Multiplies the rows of windows that reach beyond the input by `K` over what they hold of it.
  private func weighEdges(_ rows: inout [Float], at: Int, _ pass: LayerPass) {
    let channels = pass.output.channels
    for position in 0..<pass.output.length {
      let begin = position * stride - padding
      let held = min(begin + kernelSize, pass.input.length) - max(begin, 0)
      guard held < kernelSize else { continue }
      let weight = Float(kernelSize) / Float(held)
      for index in at + position * channels..<at + (position + 1) * channels {
        rows[index] *= weight
      }
    }
  }
}
