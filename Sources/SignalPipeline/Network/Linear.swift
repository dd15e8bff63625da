/// Maps each example by a matrix and a bias.
///
///     y[n, o] = b[o] + Σ_i w[o, i] · x[n, i]
///
/// - Input: `(N, I, 1)`.
/// - Output: `(N, O, 1)`.
/// - Parameters: `weight` `(O, I)`, `bias` `(O)`, both uniform in `±1/√I` at first.
public struct Linear: Hashable, Sendable {
  /// The number of outputs, `O`.
  public var outputs: Int

  /// Creates the layer.
  public init(outputs: Int) { self.outputs = outputs }
}

extension Linear: Layer {
  public static let name = "linear"

  public func outputShape(for input: Shape) throws(LayerError) -> Shape {
    try LayerError.checkPositive(outputs, "outputs")
    guard input.length == 1 else {
      throw LayerError(
        "it takes one position, the input has \(input.length); flatten or pool before it")
    }
    guard outputs * input.channels <= Limits.parameters else {
      throw LayerError(
        "\(outputs) × \(input.channels) weights are more than \(Limits.parameters)")
    }
    return try LayerError.checkShape(channels: outputs, length: 1)
  }

  public func parameters(for input: Shape) -> [ParameterDeclaration] {
    [
      .uniform("weight", shape: [outputs, input.channels], fanIn: input.channels),
      .uniform("bias", shape: [outputs], fanIn: input.channels),
    ]
  }

  public func multiplyAdds(for input: Shape) -> Int { outputs * input.channels }
}

extension Linear: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable { case outputs }

  public init(from decoder: any Decoder) throws {
    try decoder.checkKeys(CodingKeys.self)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    outputs = try container.integer(.outputs)
  }
}

extension Linear: LayerComputation {
  /// Its weights are many: it reads them once for all examples.
  package var takesExamplesAlone: Bool { false }

  /// A gradient that is larger than the factors of a few hundred examples.
  package func factoredWeights(for input: Shape) -> (outputs: Int, inputs: Int)? {
    let inputs = input.channels
    let isLarge = outputs * inputs / (outputs + inputs) >= 64 && outputs * inputs >= 1 << 16
    return isLarge ? (outputs, inputs) : nil
  }

  package func forward(
    _ pass: LayerPass, parameters: Span<Float>, input: Span<Float>, output: inout [Float],
    saved: inout [Float], scratch: inout Scratch
  ) {
    let weights = outputs * pass.input.channels
    Kernels.linear(
      input, weights: parameters.extracting(..<weights),
      bias: parameters.extracting(weights..<weights + outputs), into: &output,
      examples: pass.count, inputs: pass.input.channels)
  }

  package func backward(
    _ pass: LayerPass, parameters: Span<Float>, input: Span<Float>, saved: Span<Float>,
    outputGradient: Span<Float>, inputGradient: inout [Float],
    parameterGradient: inout [Float], scratch: inout Scratch
  ) {
    let inputs = pass.input.channels
    let examples = ProductMatrix(offset: 0, row: inputs)
    Kernels.columnSums(
      outputGradient, rows: pass.count, channels: outputs, into: &parameterGradient,
      at: pass.parameterOffset + (pass.leavesFactors ? 0 : outputs * inputs))
    if !pass.leavesFactors {
      Kernels.multiply(
        outputGradient, ProductFactor(offset: 0, row: 1, column: outputs, depth: pass.count),
        by: input, examples, into: &parameterGradient,
        ProductMatrix(offset: pass.parameterOffset, row: inputs), rows: outputs,
        columns: inputs, adding: false)
    }
    guard pass.needsInputGradient else { return }
    Kernels.multiply(
      outputGradient, ProductFactor(offset: 0, row: outputs, depth: outputs), by: parameters,
      ProductMatrix(offset: 0, row: inputs), into: &inputGradient, examples,
      rows: pass.count, columns: inputs, adding: false)
  }
}
