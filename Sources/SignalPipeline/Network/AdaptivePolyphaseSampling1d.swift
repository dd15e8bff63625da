/// Keeps every `stride`-th position, beginning where most of an example's energy is.
///
///     y[n, c, t] = x[n, c, t·stride + i[n]]
///     i[n] = argmax_{0 ≤ i < stride} Σ_c Σ_t x[n, c, t·stride + i]²
///
/// A fixed beginning would keep other values when the input is shifted by one position; the
/// component of largest norm is the same for every circular shift. So a circular shift of the
/// input, by any number of positions, is one of the output, and a global pool behind it sees no
/// difference. Where two components have the same norm the first is kept, and this fails.
///
/// The gradient goes to the component that was kept; a norm that is no number wins, so that a
/// NaN is not lost.
/// - Input: `(N, C, L)`, `L` a multiple of the stride.
/// - Output: `(N, C, L/stride)`.
/// - Parameters: none.
///
/// Source: A. Chaman and I. Dokmanić, "Truly shift-invariant convolutional neural networks",
/// CVPR 2021.
public struct AdaptivePolyphaseSampling1d: Hashable, Sendable {
  /// The number of components, and how far two neighbouring values of one lie apart [positions].
  public var stride: Int

  /// Creates the layer.
  public init(stride: Int) { self.stride = stride }
}

extension AdaptivePolyphaseSampling1d: Layer {
  public static let name = "adaptivePolyphaseSampling1d"

  public func outputShape(for input: Shape) throws(LayerError) -> Shape {
    try LayerError.checkPositive(stride, "stride")
    try LayerError.checkCircle(input, stride: stride)
    return Shape(channels: input.channels, length: input.length / stride)
  }

  /// The squares of the norms.
  public func multiplyAdds(for input: Shape) -> Int { input.count }

  /// Any of `stride` neighbours may be the value that is kept; the choice among them, which sees
  /// the whole input, is not counted.
  public func receptiveField(_ field: ReceptiveField, input: Shape) -> ReceptiveField {
    field.windowed(span: stride, stride: stride)
  }
}

extension AdaptivePolyphaseSampling1d: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable { case stride }

  public init(from decoder: any Decoder) throws {
    try decoder.checkKeys(CodingKeys.self)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    stride = try container.integer(.stride)
  }
}

extension AdaptivePolyphaseSampling1d: LayerComputation {
  /// Saved is the component of each example.
  package func buffers(for input: Shape, count: Int) -> LayerBuffers {
    LayerBuffers(saved: count)
  }

  package var readsInputBackward: Bool { false }

  package func forward(
    _ pass: LayerPass, parameters: Span<Float>, input: Span<Float>, output: inout [Float],
    saved: inout [Float], scratch: inout Scratch
  ) {
    for example in pass.examples {
      let component = strongest(pass, input, example)
      saved[example] = Float(component)
      Kernels.filter(
        input, from: pass.inputBegin(example) + component * pass.input.channels,
        into: &output, at: pass.outputBegin(example), positions: pass.output.length,
        channels: pass.output.channels, taps: [1], stride: stride)
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
      Kernels.clear(&inputGradient, at: at, count: pass.input.count)
      Kernels.filterGradient(
        outputGradient, from: example * pass.output.count, into: &inputGradient,
        at: at + Int(saved[example]) * pass.input.channels, positions: pass.output.length,
        channels: pass.output.channels, taps: [1], stride: stride)
    }
  }

  /// The component of largest norm.
  private func strongest(_ pass: LayerPass, _ input: Span<Float>, _ example: Int) -> Int {
    var best = (component: 0, energy: -1.0)
    for component in 0..<stride {
      let energy = Kernels.energy(
        input, from: pass.inputBegin(example) + component * pass.input.channels,
        rows: pass.output.length, channels: pass.input.channels, step: stride)
      if energy.isNaN { return component }
      if energy > best.energy { best = (component, energy) }
    }
    return best.component
  }
}
