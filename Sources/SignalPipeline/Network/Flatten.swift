/// Lays all values of an example in one row, in PyTorch's order.
///
///     y[n, c·L + l] = x[n, c, l]
///
/// Before a ``Linear`` layer nothing is moved: that layer's weights are stored in the order of
/// the memory instead, see ``NamedParameter/stored(_:)``.
/// - Input: `(N, C, L)`, channels-last in memory.
/// - Output: `(N, C·L, 1)`.
/// - Parameters: none.
public struct Flatten: Hashable, Sendable {
  /// Creates the layer.
  public init() {}
}

extension Flatten: Layer {
  public static let name = "flatten"

  public func outputShape(for input: Shape) throws(LayerError) -> Shape {
    try LayerError.checkShape(channels: input.count, length: 1)
  }

  public func receptiveField(_ field: ReceptiveField, input: Shape) -> ReceptiveField {
    field.windowed(span: input.length, stride: 1)
  }
}

extension Flatten: Codable {
  public init(from decoder: any Decoder) throws {
    try decoder.checkKeys(NoKeys.self)
  }

  public func encode(to encoder: any Encoder) throws {
    _ = encoder.container(keyedBy: NoKeys.self)
  }
}

extension Flatten: LayerComputation {
  package func forward(
    _ pass: LayerPass, parameters: Span<Float>, input: Span<Float>, output: inout [Float],
    saved: inout [Float], scratch: inout Scratch
  ) {
    for example in pass.examples {
      let at = example * pass.input.count
      Kernels.transpose(
        input, from: at, into: &output, at: at, rows: pass.input.length,
        columns: pass.input.channels)
    }
  }

  package func backward(
    _ pass: LayerPass, parameters: Span<Float>, input: Span<Float>, saved: Span<Float>,
    outputGradient: Span<Float>, inputGradient: inout [Float],
    parameterGradient: inout [Float], scratch: inout Scratch
  ) {
    guard pass.needsInputGradient else { return }
    for example in pass.examples {
      let at = example * pass.input.count
      Kernels.transpose(
        outputGradient, from: at, into: &inputGradient, at: at, rows: pass.input.channels,
        columns: pass.input.length)
    }
  }
}
