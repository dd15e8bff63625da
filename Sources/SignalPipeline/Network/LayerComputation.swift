/// A layer that can be computed.
///
/// It owns no state between calls: the network hands it parameters, input, output, a buffer for
/// what the backward pass needs of the forward one, and scratch memory, each at least as long as
/// the layer declares.
package protocol LayerComputation: Layer {
  /// The sizes of the buffers for `count` examples of a shape.
  func buffers(for input: Shape, count: Int) -> LayerBuffers

  /// Computes `output` from `input`.
  ///
  /// - Parameters:
  ///   - pass: Shapes, count and mode.
  ///   - parameters: This layer's, as ``Layer/parameters(for:)`` orders them.
  ///   - input: `count·input.count` values.
  ///   - output: Receives `count·output.count` values.
  ///   - saved: Kept for the backward pass.
  ///   - scratch: Free to use.
  func forward(
    _ pass: LayerPass, parameters: Span<Float>, input: Span<Float>, output: inout [Float],
    saved: inout [Float], scratch: inout Scratch)

  /// Computes the gradients of a loss from its gradient by the output.
  ///
  /// - Parameters:
  ///   - pass: Shapes, count and whether anyone needs the input's gradient.
  ///   - parameters: This layer's.
  ///   - input: The input of the forward pass.
  ///   - saved: What the forward pass kept.
  ///   - outputGradient: `count·output.count` values.
  ///   - inputGradient: Receives `count·input.count` values, if `pass` asks for them.
  ///   - parameterGradient: The whole network's; this layer overwrites its own part, which
  ///     begins at `pass.parameterOffset`. Running statistics receive the batch's statistic.
  ///   - scratch: Free to use.
  func backward(
    _ pass: LayerPass, parameters: Span<Float>, input: Span<Float>, saved: Span<Float>,
    outputGradient: Span<Float>, inputGradient: inout [Float],
    parameterGradient: inout [Float], scratch: inout Scratch)
}

extension LayerComputation {
  package func buffers(for input: Shape, count: Int) -> LayerBuffers { LayerBuffers() }
}

/// The sizes of a layer's buffers [floats].
package struct LayerBuffers: Hashable, Sendable {
  /// Kept from the forward pass to the backward one.
  package var saved = 0
  /// Two pieces of memory of no meaning between calls.
  package var first = 0
  package var second = 0
}

/// Memory that a layer may use during one call; all layers share it.
package struct Scratch: Sendable {
  package var first: [Float]
  package var second: [Float]
}

/// What the layers of one call have in common, and where one of them stands.
package struct LayerPass: Hashable, Sendable {
  /// The shape of one example's input.
  package var input: Shape
  /// The shape of one example's output.
  package var output: Shape
  /// The number of examples.
  package var count: Int
  /// Whether the batch's statistics or the running ones normalise.
  package var mode: Mode
  /// Whether the layers before this one learn.
  package var needsInputGradient: Bool
  /// Where the layer's parameters begin in the network's.
  package var parameterOffset: Int
}

/// What a forward pass is for.
public enum Mode: Hashable, Sendable {
  /// Batch normalisation takes the statistics of the batch at hand.
  case training
  /// Batch normalisation takes the running statistics.
  case inference
}
