/// Cuts off negative values.
///
///     y = max(x, 0)
///
/// The gradient at 0 is 0; a NaN stays one.
/// - Input and output: `(N, C, L)`.
/// - Parameters: none.
public struct ReLU: Hashable, Sendable {
  /// Creates the layer.
  public init() {}
}

extension ReLU: Layer {
  public static let name = "relu"

  public func outputShape(for input: Shape) throws(LayerError) -> Shape { input }
}

extension ReLU: Codable {
  public init(from decoder: any Decoder) throws {
    try decoder.checkKeys(NoKeys.self)
  }

  public func encode(to encoder: any Encoder) throws {
    _ = encoder.container(keyedBy: NoKeys.self)
  }
}

extension ReLU: LayerComputation {
  package var isElementwise: Bool { true }

  package func forward(
    _ pass: LayerPass, parameters: Span<Float>, input: Span<Float>, output: inout [Float],
    saved: inout [Float], scratch: inout Scratch
  ) {
    Kernels.relu(
      input, into: &output, at: pass.first * pass.input.count,
      count: pass.count * pass.input.count)
  }

  package func backward(
    _ pass: LayerPass, parameters: Span<Float>, input: Span<Float>, saved: Span<Float>,
    outputGradient: Span<Float>, inputGradient: inout [Float],
    parameterGradient: inout [Float], scratch: inout Scratch
  ) {
    guard pass.needsInputGradient else { return }
    Kernels.reluGradient(
      input, outputGradient, into: &inputGradient, at: pass.first * pass.input.count,
      count: pass.count * pass.input.count)
  }
}
