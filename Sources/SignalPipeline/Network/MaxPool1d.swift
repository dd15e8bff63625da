/// Keeps the largest of each window's values.
///
///     y[n, c, t] = max_{0 ≤ j < K} x[n, c, t·stride + j]
///
/// The gradient goes to the first of equal values; a NaN wins over every number, as in PyTorch.
/// - Input: `(N, C, L)`.
/// - Output: `(N, C, ⌊(L − K)/stride⌋ + 1)`; positions that fill no window are left out.
/// - Parameters: none.
public struct MaxPool1d: Hashable, Sendable {
  /// The values of a window, `K` [positions].
  public var kernelSize: Int

  /// How far two neighbouring windows lie apart [positions].
  public var stride: Int

  /// Creates a pool.
  public init(kernelSize: Int, stride: Int) {
    self.kernelSize = kernelSize
    self.stride = stride
  }
}

extension MaxPool1d: Layer {
  public static let name = "maxPool1d"

  public func outputShape(for input: Shape) throws(LayerError) -> Shape {
    try LayerError.checkPositive(kernelSize, "kernelSize")
    try LayerError.checkPositive(stride, "stride")
    guard kernelSize <= input.length else {
      throw LayerError("its window has \(kernelSize) positions, the input \(input.length)")
    }
    return Shape(channels: input.channels, length: (input.length - kernelSize) / stride + 1)
  }

  public func receptiveField(_ field: ReceptiveField, input: Shape) -> ReceptiveField {
    field.windowed(span: kernelSize, stride: stride)
  }
}

extension MaxPool1d: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable { case kernelSize, stride }

  public init(from decoder: any Decoder) throws {
    try decoder.checkKeys(CodingKeys.self)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    kernelSize = try container.decode(Int.self, forKey: .kernelSize)
    stride = try container.decodeIfPresent(Int.self, forKey: .stride) ?? kernelSize
  }
}

extension MaxPool1d: LayerComputation {
  /// Of independent values, `2/(K + 1)` are the largest of some window that moves by one.
  package func pairCapacity(for input: Shape) -> Int? {
    min(1 / Double(stride), 2 / Double(kernelSize + 1)) < 0.2
      ? (input.length - kernelSize) / stride + 1 : nil
  }

  package func buffers(for input: Shape, count: Int) -> LayerBuffers {
    let positions = (input.length - kernelSize) / stride + 1
    return LayerBuffers(saved: count * positions * input.channels)
  }

  package func forward(
    _ pass: LayerPass, parameters: Span<Float>, input: Span<Float>, output: inout [Float],
    saved: inout [Float], scratch: inout Scratch
  ) {
    for example in pass.examples {
      Kernels.maxPool(
        input, from: example * pass.input.count, into: &output, which: &saved,
        at: example * pass.output.count, positions: pass.output.length,
        channels: pass.output.channels, kernelSize: kernelSize, stride: stride)
    }
  }

  package func backward(
    _ pass: LayerPass, parameters: Span<Float>, input: Span<Float>, saved: Span<Float>,
    outputGradient: Span<Float>, inputGradient: inout [Float],
    parameterGradient: inout [Float], scratch: inout Scratch
  ) {
    guard pass.needsInputGradient else { return }
    if case .pairs = pass.inputForm {
      let count = pass.inputForm.count(for: pass.input)
      for example in pass.examples {
        Kernels.maxPoolPairs(
          outputGradient, which: saved, from: example * pass.output.count,
          into: &inputGradient, at: example * count, positions: pass.output.length,
          channels: pass.output.channels, stride: stride)
      }
      return
    }
    for example in pass.examples {
      Kernels.clear(&inputGradient, at: example * pass.input.count, count: pass.input.count)
      Kernels.maxPoolGradient(
        outputGradient, which: saved, from: example * pass.output.count, into: &inputGradient,
        at: example * pass.input.count, positions: pass.output.length,
        channels: pass.output.channels, kernelSize: kernelSize, stride: stride)
    }
  }
}
