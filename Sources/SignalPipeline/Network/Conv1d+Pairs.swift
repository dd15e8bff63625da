extension Conv1d {
  /// The backward pass for a gradient of few values, `length` floats a list.
  ///
  /// Each pair takes part with its window alone: `dW[o] += value·window`, and
  /// `dX̃[window] += value·W[o]`.
  func backward(
    _ pass: LayerPass, _ views: ConvolutionViews, parameters: Span<Float>, saved: Span<Float>,
    lists: Span<Float>, length: Int, inputGradient: inout [Float],
    parameterGradient: inout [Float], scratch: inout Scratch
  ) {
    let row = views.stride * views.channels
    let window = views.kernelSize * views.channels
    func segments(_ body: (_ begin: Int, _ weight: Int) -> Void) {
      for segment in 0..<views.segments {
        body(segment * views.dilation * views.channels, segment * views.depth)
      }
    }
    // Sums over the windows, [o][k·C + c], and the biases' behind them.
    Kernels.clear(&scratch.first, count: views.weightCount)
    for kernel in 0..<views.kernels {
      var bias = 0.0
      for example in pass.examples {
        let list = ((example - pass.outputOrigin.example) * views.kernels + kernel) * length
        bias += Kernels.sum(ofPairs: lists, from: list)
        segments { begin, weight in
          Kernels.addWindows(
            lists, from: list, of: saved, begin: views.paddedOffset(example) + begin, row: row,
            into: &scratch.first, at: kernel * window + weight, width: views.depth)
        }
      }
      scratch.second[views.weightCount + kernel] = Float(bias)
    }
    turn(scratch.first, rows: views.kernels, columns: window, into: &scratch.second)
    Kernels.unpackWeights(
      scratch.second.span, views, into: &parameterGradient, at: pass.parameterOffset,
      adding: pass.first > 0)
    guard pass.needsInputGradient else { return }
    for kernel in 0..<views.kernels {
      Kernels.transpose(
        parameters, from: kernel * window, into: &scratch.second, at: kernel * window,
        rows: views.channels, columns: views.kernelSize)
    }
    for example in pass.examples {
      Kernels.clear(&scratch.first, count: views.gradientCount)
      for kernel in 0..<views.kernels {
        segments { begin, weight in
          spread(
            lists, from: ((example - pass.outputOrigin.example) * views.kernels + kernel) * length,
            by: kernel * window + weight, into: begin, row: row, width: views.depth,
            &scratch.first, scratch.second)
        }
      }
      Kernels.fold(
        scratch.first.span, into: &inputGradient, at: example * pass.input.count,
        rows: views.inputs, channels: views.channels, padding: views.margins)
    }
  }

  // A span of one half of the scratch memory would lock the other.

  private func turn(_ sums: [Float], rows: Int, columns: Int, into weights: inout [Float]) {
    Kernels.transpose(
      sums.span, from: 0, into: &weights, at: 0, rows: rows, columns: columns)
  }

  private func spread(
    _ lists: Span<Float>, from: Int, by weight: Int, into begin: Int, row: Int, width: Int,
    _ gradient: inout [Float], _ weights: [Float]
  ) {
    Kernels.spreadWindows(
      lists, from: from, by: weights.span, at: weight, into: &gradient, begin: begin, row: row,
      width: width)
  }
}
