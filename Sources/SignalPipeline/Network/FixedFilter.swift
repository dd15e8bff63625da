/// A filter that is not learned and that every channel passes by itself.
///
///     y[n, c, t] = Σ_j taps[j] · x̃[n, c, t·stride + j]
///
/// where `x̃` is the input with `left` positions before it and `right` ones behind.
struct FixedFilter: Hashable {
  /// What lies beyond the ends of the input.
  enum Edges: Hashable {
    /// Zeros.
    case zeros
    /// The other end.
    case circular
    /// The input mirrored at its first and its last position, neither of which is repeated.
    case reflected
  }

  var taps: [Float]
  var stride: Int
  var left: Int
  var right: Int
  var edges: Edges

  private var margins: Conv1d.Margins {
    Conv1d.Margins(left: left, right: right, isCircular: edges == .circular)
  }

  /// The floats of scratch memory for the padded input or its gradient.
  func paddedCount(_ input: Shape) -> Int { (left + input.length + right) * input.channels }

  /// Filters the examples of a pass.
  func forward(
    _ pass: LayerPass, input: Span<Float>, output: inout [Float], padded: inout [Float]
  ) {
    for example in pass.examples {
      pad(pass.input, input, from: pass.inputBegin(example), into: &padded)
      Kernels.filter(
        padded.span, from: 0, into: &output, at: pass.outputBegin(example),
        positions: pass.output.length, channels: pass.input.channels, taps: taps,
        stride: stride)
    }
  }

  /// Sets one example's input gradient from its output gradient, which begins at `from`.
  func backward(
    _ pass: LayerPass, example: Int, outputGradient: Span<Float>, from: Int,
    inputGradient: inout [Float], padded: inout [Float]
  ) {
    Kernels.clear(&padded, count: paddedCount(pass.input))
    Kernels.filterGradient(
      outputGradient, from: from, into: &padded, at: 0, positions: pass.output.length,
      channels: pass.input.channels, taps: taps, stride: stride)
    fold(pass.input, padded.span, into: &inputGradient, at: example * pass.input.count)
  }

  private func pad(
    _ shape: Shape, _ input: Span<Float>, from: Int, into padded: inout [Float]
  ) {
    let (rows, channels) = (shape.length, shape.channels)
    Kernels.pad(
      input, from: from, into: &padded, at: 0, rows: rows, channels: channels,
      padding: margins)
    guard edges == .reflected else { return }
    for (place, row) in mirrored(rows) {
      Kernels.copy(
        input, from: from + row * channels, into: &padded, at: place * channels,
        count: channels)
    }
  }

  /// The transpose of padding: what came from a value goes back to it.
  private func fold(
    _ shape: Shape, _ padded: Span<Float>, into inputGradient: inout [Float], at: Int
  ) {
    let (rows, channels) = (shape.length, shape.channels)
    Kernels.fold(
      padded, into: &inputGradient, at: at, rows: rows, channels: channels, padding: margins)
    guard edges == .reflected else { return }
    for (place, row) in mirrored(rows) {
      for channel in 0..<channels {
        inputGradient[at + row * channels + channel] += padded[place * channels + channel]
      }
    }
  }

  /// The padded rows beyond the ends, and the rows of the input that they mirror.
  private func mirrored(_ rows: Int) -> [(place: Int, row: Int)] {
    (0..<left).map { ($0, left - $0) }
      + (0..<right).map { (left + rows + $0, rows - 2 - $0) }
  }
}
