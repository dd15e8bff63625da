/// Flattens negative values without cutting them off.
///
///     y = x for x > 0, else slope · x
///
/// The gradient at 0 is the slope; a NaN stays one.
/// - Input and output: `(N, C, L)`.
/// - Parameters: none.
///
/// Source: Maas, Hannun and Ng, "Rectifier nonlinearities improve neural network acoustic
/// models", 2013.
public struct LeakyReLU: Hashable, Sendable {
  /// What negative values are multiplied by, 0 to 1.
  public var slope: Double

  /// Creates the layer; PyTorch's slope is 0.01.
  public init(slope: Double = 0.01) { self.slope = slope }
}

extension LeakyReLU: Layer {
  public static let name = "leakyRelu"

  public func outputShape(for input: Shape) throws(LayerError) -> Shape {
    guard (0...1).contains(slope) else {
      throw LayerError("slope is \(slope); it must be 0 to 1")
    }
    return input
  }
}

extension LeakyReLU: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable { case slope }

  public init(from decoder: any Decoder) throws {
    try decoder.checkKeys(CodingKeys.self)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    slope = try container.decodeIfPresent(Double.self, forKey: .slope) ?? LeakyReLU().slope
  }
}

extension LeakyReLU: LayerComputation {
  package var isElementwise: Bool { true }

  package func forward(
    _ pass: LayerPass, parameters: Span<Float>, input: Span<Float>, output: inout [Float],
    saved: inout [Float], scratch: inout Scratch
  ) {
    Kernels.leakyReLU(
      input, into: &output, at: pass.first * pass.input.count,
      count: pass.count * pass.input.count, slope: Float(slope))
  }

  package func backward(
    _ pass: LayerPass, parameters: Span<Float>, input: Span<Float>, saved: Span<Float>,
    outputGradient: Span<Float>, inputGradient: inout [Float],
    parameterGradient: inout [Float], scratch: inout Scratch
  ) {
    guard pass.needsInputGradient else { return }
    Kernels.leakyReLUGradient(
      input, outputGradient, into: &inputGradient, at: pass.first * pass.input.count,
      count: pass.count * pass.input.count, slope: Float(slope))
  }
}
