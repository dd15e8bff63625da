/// Drops values at random while training, so that no value relies on one other.
///
///     y = 0 with the probability p, else x / (1 − p)        while training
///     y = x                                                 at inference
///
/// What is dropped follows from the example's key (``LayerPass/keys``), the layer's place in the
/// network and the value's place in memory alone: neither the examples beside it nor the threads
/// matter, and the same training drops the same values.
/// - Input and output: `(N, C, L)`.
/// - Parameters: none.
///
/// Source: Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov, "Dropout", 2014, scaled
/// while training instead of at inference.
public struct Dropout: Hashable, Sendable {
  /// How likely a value is dropped, `p`: 0 or more and below 1.
  public var probability: Double

  /// Creates the layer.
  public init(probability: Double) { self.probability = probability }
}

extension Dropout: Layer {
  public static let name = "dropout"

  public func outputShape(for input: Shape) throws(LayerError) -> Shape {
    guard (0..<1).contains(probability) else {
      throw LayerError("probability is \(probability); it must be 0 or more and below 1")
    }
    return input
  }
}

extension Dropout: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable { case probability }

  public init(from decoder: any Decoder) throws {
    try decoder.checkKeys(CodingKeys.self)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    probability = try container.decode(Double.self, forKey: .probability)
  }
}

extension Dropout: LayerComputation {
  package var isElementwise: Bool { true }

  package var isRandom: Bool { true }

  /// Saved is what each value was multiplied by.
  package func buffers(for input: Shape, count: Int) -> LayerBuffers {
    LayerBuffers(saved: count * input.count)
  }

  package func forward(
    _ pass: LayerPass, parameters: Span<Float>, input: Span<Float>, output: inout [Float],
    saved: inout [Float], scratch: inout Scratch
  ) {
    let (at, count) = (pass.first * pass.input.count, pass.count * pass.input.count)
    guard pass.mode == .training else {
      Kernels.copy(input, from: at, into: &output, at: at, count: count)
      return
    }
    let kept = Float(1 / (1 - probability))
    for example in pass.examples {
      var generator = SeededGenerator(seed: pass.keys[example], stream: UInt64(pass.place))
      for index in example * pass.input.count..<(example + 1) * pass.input.count {
        saved[index] = generator.uniform() < probability ? 0 : kept
      }
    }
    Kernels.multiply(input, saved.span, into: &output, at: at, count: count)
  }

  package func backward(
    _ pass: LayerPass, parameters: Span<Float>, input: Span<Float>, saved: Span<Float>,
    outputGradient: Span<Float>, inputGradient: inout [Float],
    parameterGradient: inout [Float], scratch: inout Scratch
  ) {
    guard pass.needsInputGradient else { return }
    Kernels.multiply(
      outputGradient, saved, into: &inputGradient, at: pass.first * pass.input.count,
      count: pass.count * pass.input.count)
  }
}
