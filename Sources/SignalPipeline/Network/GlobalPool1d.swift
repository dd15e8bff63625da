/// Reduces each channel to its mean, its maximum, or both.
///
///     mean[n, c] = (1/L) · Σ_t x[n, c, t]        maximum[n, c] = max_t x[n, c, t]
///
/// - Input: `(N, C, L)`, any `L`.
/// - Output: `(N, C, 1)`, with ``Reduction/both`` `(N, 2·C, 1)`: all means, then all maxima. A
///   circular shift of the input leaves the maxima as they are and the means but for rounding.
/// - Parameters: none.
public struct GlobalPool1d: Hashable, Sendable {
  /// What is kept of a channel.
  public enum Reduction: String, Hashable, Codable, Sendable, CaseIterable {
    /// The mean.
    case average
    /// The largest value; its gradient goes to the first of equals.
    case maximum
    /// The means of all channels, then the maxima of all channels.
    case both
  }

  /// What is kept of a channel.
  public var reduction: Reduction

  /// Creates a global pool.
  public init(_ reduction: Reduction) { self.reduction = reduction }
}

extension GlobalPool1d: Layer {
  public static let name = "globalPool1d"

  public func outputShape(for input: Shape) throws(LayerError) -> Shape {
    let channels = reduction == .both ? 2 * input.channels : input.channels
    return try LayerError.checkShape(channels: channels, length: 1)
  }

  public func receptiveField(_ field: ReceptiveField, input: Shape) -> ReceptiveField {
    field.whole
  }
}

extension GlobalPool1d: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable { case reduction }

  public init(from decoder: any Decoder) throws {
    try decoder.checkKeys(CodingKeys.self)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    reduction = try container.decode(Reduction.self, forKey: .reduction)
  }
}

extension GlobalPool1d: LayerComputation {
  package func buffers(for input: Shape, count: Int) -> LayerBuffers {
    LayerBuffers(saved: 2 * count * input.channels)
  }

  package var readsInputBackward: Bool { false }

  package func pairCapacity(for input: Shape) -> Int? { reduction == .maximum ? 1 : nil }

  package func pieces(of input: Shape, positions: Int) -> [LayerPass.Piece] {
    guard reduction == .maximum, positions > 0 else { return [] }
    return stride(from: 0, to: input.length, by: positions).map { begin in
      LayerPass.Piece(input: begin..<min(begin + positions, input.length), output: 0..<1)
    }
  }

  /// Where the maxima of an example begin that begins at `at`: behind its means if there are any.
  private func maxima(_ pass: LayerPass, at: Int) -> Int {
    at + (reduction == .both ? pass.input.channels : 0)
  }

  package func forward(
    _ pass: LayerPass, parameters: Span<Float>, input: Span<Float>, output: inout [Float],
    saved: inout [Float], scratch: inout Scratch
  ) {
    let (channels, length) = (pass.input.channels, pass.input.length)
    let rows = pass.piece.input
    for example in pass.examples {
      let from = pass.inputBegin(example, row: rows.lowerBound)
      let at = pass.outputBegin(example)
      if reduction != .average {
        Kernels.largest(
          input, from: from, rows: rows, channels: channels, into: &output,
          at: maxima(pass, at: at), which: &saved,
          at: maxima(pass, at: example * pass.output.channels))
      }
      guard reduction != .maximum else { continue }
      Kernels.columnSums(
        input.extracting(from..<from + pass.input.count), rows: length, channels: channels,
        into: &output, at: at)
      for channel in at..<at + channels { output[channel] /= Float(length) }
    }
  }

  package func backward(
    _ pass: LayerPass, parameters: Span<Float>, input: Span<Float>, saved: Span<Float>,
    outputGradient: Span<Float>, inputGradient: inout [Float],
    parameterGradient: inout [Float], scratch: inout Scratch
  ) {
    guard pass.needsInputGradient else { return }
    let (channels, length) = (pass.input.channels, pass.input.length)
    for example in pass.examples {
      let (from, at) = (example * pass.output.channels, example * pass.input.count)
      if case .pairs = pass.inputForm {
        for channel in 0..<channels {
          let list = ((example - pass.inputOrigin.example) * channels + channel) * 3
          inputGradient[list] = 1
          inputGradient[list + 1] = saved[from + channel]
          inputGradient[list + 2] = outputGradient[from + channel]
        }
        continue
      }
      Kernels.clear(&inputGradient, at: at, count: pass.input.count)
      if reduction != .average {
        Kernels.maxPoolGradient(
          outputGradient, which: saved, from: maxima(pass, at: from), into: &inputGradient,
          at: at, positions: 1, channels: channels, kernelSize: length, stride: 1)
      }
      if reduction != .maximum {
        Kernels.spreadMean(
          outputGradient, from: from, into: &inputGradient, at: at, rows: length,
          channels: channels)
      }
    }
  }
}
