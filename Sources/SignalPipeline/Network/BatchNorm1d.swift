/// Gives each channel the mean and the spread that it learns.
///
///     y[n, c, l] = weight[c] · (x[n, c, l] − μ[c]) / √(σ²[c] + 1e-5) + bias[c]
///
/// While training, `μ` and the biased `σ²` are those of the examples of one pass over all their
/// positions, so a training step in micro-batches normalises each of them by itself. At
/// inference they are the running statistics.
/// - Input and output: `(N, C, L)`.
/// - Parameters: `weight` (1 at first) and `bias` (0), `(C)`; not trained by gradient are
///   `running_mean` (0) and `running_var` (1), whose place in a gradient holds the pass's mean
///   and unbiased variance.
///
/// Source: Ioffe and Szegedy, "Batch normalization", 2015; Hoffer, Hubara and Soudry, "Train
/// longer, generalize better", 2017, for the small (ghost) batches.
public struct BatchNorm1d: Hashable, Sendable {
  /// What keeps the root from zero.
  static let epsilon: Float = 1e-5

  /// Creates the layer.
  public init() {}
}

extension BatchNorm1d: Layer {
  public static let name = "batchNorm1d"

  public func outputShape(for input: Shape) throws(LayerError) -> Shape { input }

  public func parameters(for input: Shape) -> [ParameterDeclaration] {
    let shape = [input.channels]
    return [
      ParameterDeclaration("weight", shape: shape, initialization: .constant(1)),
      ParameterDeclaration("bias", shape: shape, initialization: .constant(0)),
      ParameterDeclaration(
        "running_mean", shape: shape, isTrainable: false, initialization: .constant(0)),
      ParameterDeclaration(
        "running_var", shape: shape, isTrainable: false, initialization: .constant(1)),
    ]
  }
}

extension BatchNorm1d: Codable {
  public init(from decoder: any Decoder) throws {
    try decoder.checkKeys(NoKeys.self)
  }

  public func encode(to encoder: any Encoder) throws {
    _ = encoder.container(keyedBy: NoKeys.self)
  }
}

extension BatchNorm1d: LayerComputation {
  /// Its statistics are those of all examples.
  package var takesExamplesAlone: Bool { false }

  package func buffers(for input: Shape, count: Int) -> LayerBuffers {
    // Saved are the mean and the biased variance that the forward pass used.
    LayerBuffers(
      saved: 2 * input.channels, first: 4 * input.channels, second: 2 * input.channels)
  }

  package func forward(
    _ pass: LayerPass, parameters: Span<Float>, input: Span<Float>, output: inout [Float],
    saved: inout [Float], scratch: inout Scratch
  ) {
    let channels = pass.input.channels
    let rows = pass.count * pass.input.length
    switch pass.mode {
    case .training: Kernels.moments(input, rows: rows, channels: channels, into: &saved)
    case .inference:
      Kernels.copy(parameters, from: 2 * channels, into: &saved, count: 2 * channels)
    }
    for channel in 0..<channels {
      scratch.first[channel] =
        parameters[channel] / (saved[channels + channel] + Self.epsilon).squareRoot()
    }
    Kernels.normalize(
      input, into: &output, rows: rows, channels: channels, mean: saved.span,
      scale: scratch.first.span, shift: parameters.extracting(channels..<2 * channels))
  }

  package func backward(
    _ pass: LayerPass, parameters: Span<Float>, input: Span<Float>, saved: Span<Float>,
    outputGradient: Span<Float>, inputGradient: inout [Float],
    parameterGradient: inout [Float], scratch: inout Scratch
  ) {
    let channels = pass.input.channels
    let rows = pass.count * pass.input.length
    let offset = pass.parameterOffset
    Kernels.normalizeSums(
      input, outputGradient, rows: rows, channels: channels, mean: saved,
      into: &scratch.second)
    // One value has no unbiased variance; a zero leaves the running one's fall to its momentum.
    let unbiasing = Float(rows) / Float(max(rows - 1, 1))
    for channel in 0..<channels {
      let inverse = 1 / (saved[channels + channel] + Self.epsilon).squareRoot()
      let sum = scratch.second[channel]
      let product = scratch.second[channels + channel]
      parameterGradient[offset + channel] = product * inverse
      parameterGradient[offset + channels + channel] = sum
      parameterGradient[offset + 2 * channels + channel] = saved[channel]
      parameterGradient[offset + 3 * channels + channel] = saved[channels + channel] * unbiasing
      scratch.first[channel] = saved[channel]
      scratch.first[channels + channel] = parameters[channel] * inverse
      scratch.first[2 * channels + channel] = sum / Float(rows)
      scratch.first[3 * channels + channel] = product * inverse * inverse / Float(rows)
    }
    guard pass.needsInputGradient else { return }
    Kernels.normalizeGradient(
      input, outputGradient, into: &inputGradient, rows: rows, channels: channels,
      constants: scratch.first.span)
  }
}
