/// Keeps the largest of each window's values.
///
///     y[n, c, t] = max_{0 ≤ j < K} x̃[n, c, t·stride + j]
///
/// where `x̃` is the input with `padding` times −∞ on each side, so that no padding is ever kept.
/// The gradient goes to the first of equal values; a NaN wins over every number, as in PyTorch.
/// - Input: `(N, C, L)`.
/// - Output: `(N, C, ⌊(L + 2·padding − K)/stride⌋ + 1)`; positions that fill no window are left
///   out.
/// - Parameters: none.
public struct MaxPool1d: Hashable, Sendable {
  /// The windows; their padding is −∞.
  public var window: PoolWindow

  /// Creates a pool.
  public init(kernelSize: Int, stride: Int, padding: Int = 0) {
    window = PoolWindow(kernelSize: kernelSize, stride: stride, padding: padding)
  }
}

extension MaxPool1d: WindowedPool {
  public static let name = "maxPool1d"
}

extension MaxPool1d: Codable {
  public init(from decoder: any Decoder) throws {
    try decoder.checkKeys(PoolWindow.CodingKeys.self)
    window = try PoolWindow(from: decoder)
  }

  public func encode(to encoder: any Encoder) throws { try window.encode(to: encoder) }
}

extension MaxPool1d: LayerComputation {
  /// Of independent values, `2/(K + 1)` are the largest of some window that moves by one.
  ///
  /// Pairs would count their positions from the padding on, so there is none with them.
  package var readsInputBackward: Bool { false }

  package func pieces(of input: Shape, positions: Int) -> [LayerPass.Piece] {
    // What windows of two pieces share is computed twice.
    guard padding == 0, positions >= 4 * kernelSize, input.length >= kernelSize else { return [] }
    let rows = (input.length - kernelSize) / stride + 1
    let count = (positions - kernelSize) / stride + 1
    return Swift.stride(from: 0, to: rows, by: count).map { begin in
      let end = min(begin + count, rows)
      return LayerPass.Piece(
        input: begin * stride..<(end - 1) * stride + kernelSize, output: begin..<end)
    }
  }

  package func pairCapacity(for input: Shape) -> Int? {
    padding == 0 && min(1 / Double(stride), 2 / Double(kernelSize + 1)) < 0.2
      ? (input.length - kernelSize) / stride + 1 : nil
  }

  package func buffers(for input: Shape, count: Int) -> LayerBuffers {
    let padded = input.length + 2 * padding
    let positions = (padded - kernelSize) / stride + 1
    return LayerBuffers(
      saved: count * positions * input.channels,
      first: padding == 0 ? 0 : padded * input.channels)
  }

  package func forward(
    _ pass: LayerPass, parameters: Span<Float>, input: Span<Float>, output: inout [Float],
    saved: inout [Float], scratch: inout Scratch
  ) {
    for example in pass.examples {
      guard padding > 0 else {
        let from = pass.inputBegin(example, row: pass.piece.input.lowerBound)
        pool(pass, example, input, from: from, into: &output, which: &saved)
        continue
      }
      let margin = padding * pass.input.channels
      Kernels.fill(&scratch.first, with: -.infinity, count: pass.input.count + 2 * margin)
      Kernels.copy(
        input, from: pass.inputBegin(example), into: &scratch.first, at: margin,
        count: pass.input.count)
      pool(pass, example, scratch.first.span, from: 0, into: &output, which: &saved)
      leavePadding(pass, &saved, at: example * pass.output.count)
    }
  }

  private func pool(
    _ pass: LayerPass, _ example: Int, _ rows: Span<Float>, from: Int,
    into output: inout [Float], which: inout [Float]
  ) {
    Kernels.maxPool(
      rows, from: from, into: &output,
      at: pass.outputBegin(example, row: pass.piece.output.lowerBound), which: &which,
      at: example * pass.output.count + pass.piece.output.lowerBound * pass.output.channels,
      positions: pass.piece.output.count, channels: pass.output.channels, kernelSize: kernelSize,
      stride: stride)
  }

  /// Moves the places of windows that hold nothing but −∞ from the padding to the input.
  private func leavePadding(_ pass: LayerPass, _ which: inout [Float], at: Int) {
    for position in 0..<min(pass.output.length, (padding + stride - 1) / stride) {
      let begin = at + position * pass.output.channels
      for index in begin..<begin + pass.output.channels {
        which[index] = max(which[index], Float(padding - position * stride))
      }
    }
  }

  package func backward(
    _ pass: LayerPass, parameters: Span<Float>, input: Span<Float>, saved: Span<Float>,
    outputGradient: Span<Float>, inputGradient: inout [Float],
    parameterGradient: inout [Float], scratch: inout Scratch
  ) {
    guard pass.needsInputGradient else { return }
    let length = pass.inputForm.count(for: pass.input)
    for example in pass.examples {
      let from = example * pass.output.count
      let at = (example - pass.inputOrigin.example) * length
      if case .pairs = pass.inputForm {
        Kernels.maxPoolPairs(
          outputGradient, which: saved, from: from, into: &inputGradient, at: at,
          positions: pass.output.length, channels: pass.output.channels, stride: stride)
      } else if padding == 0 {
        Kernels.clear(&inputGradient, at: at, count: length)
        spread(pass, outputGradient, which: saved, from: from, into: &inputGradient, at: at)
      } else {
        let margin = padding * pass.input.channels
        Kernels.clear(&scratch.first, count: length + 2 * margin)
        spread(pass, outputGradient, which: saved, from: from, into: &scratch.first, at: 0)
        Kernels.copy(
          scratch.first.span, from: margin, into: &inputGradient, at: at, count: length)
      }
    }
  }

  private func spread(
    _ pass: LayerPass, _ outputGradient: Span<Float>, which: Span<Float>, from: Int,
    into rows: inout [Float], at: Int
  ) {
    Kernels.maxPoolGradient(
      outputGradient, which: which, from: from, into: &rows, at: at,
      positions: pass.output.length, channels: pass.output.channels, kernelSize: kernelSize,
      stride: stride)
  }
}
