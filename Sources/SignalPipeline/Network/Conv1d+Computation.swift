extension Conv1d: LayerComputation {
  package var takesPairs: Bool { true }

  package var readsInputBackward: Bool { false }

  package var makesPieces: Bool { true }

  package func buffers(for input: Shape, count: Int) -> LayerBuffers {
    let views = ConvolutionViews(self, input: input)
    return LayerBuffers(
      saved: count * views.paddedCount + views.weightCount,
      first: max(views.gradientCount, views.weightCount),
      second: max(
        views.weightCount + views.kernels, views.upstreamCount + views.reversedCount))
  }

  package func forward(
    _ pass: LayerPass, parameters: Span<Float>, input: Span<Float>, output: inout [Float],
    saved: inout [Float], scratch: inout Scratch
  ) {
    let views = ConvolutionViews(self, input: pass.input)
    let isFirst = pass.piece.output.lowerBound == 0
    if isFirst, pass.first == 0 { Kernels.packWeights(parameters, views, into: &saved, at: 0) }
    let bias = parameters.extracting(views.weightCount..<views.weightCount + views.kernels)
    for example in pass.examples {
      if isFirst {
        Kernels.pad(
          input, from: pass.inputBegin(example), into: &saved, at: views.paddedOffset(example),
          rows: views.inputs, channels: views.channels, padding: views.margins)
      }
      Kernels.multiply(
        saved.span, views.windows(example, from: pass.piece.output.lowerBound), by: saved.span,
        views.weights(), into: &output,
        views.outputs(at: pass.outputBegin(example, row: pass.piece.output.lowerBound)),
        rows: pass.piece.output.count, columns: views.kernels, addingToEach: bias)
    }
  }

  package func backward(
    _ pass: LayerPass, parameters: Span<Float>, input: Span<Float>, saved: Span<Float>,
    outputGradient: Span<Float>, inputGradient: inout [Float],
    parameterGradient: inout [Float], scratch: inout Scratch
  ) {
    let views = ConvolutionViews(self, input: pass.input)
    if case .pairs(let capacity) = pass.outputForm {
      backward(
        pass, views, parameters: parameters, saved: saved, lists: outputGradient,
        length: 1 + 2 * capacity, inputGradient: &inputGradient,
        parameterGradient: &parameterGradient, scratch: &scratch)
      return
    }
    Kernels.columnSums(
      outputGradient.extracting(droppingFirst: pass.first * pass.output.count),
      rows: pass.count * views.outputs, channels: views.kernels, into: &scratch.second,
      at: views.weightCount)
    for example in pass.examples {
      for segment in 0..<views.segments {
        Kernels.multiply(
          saved, views.windowsTransposed(example, segment: segment), by: outputGradient,
          views.outputs(at: example * pass.output.count), into: &scratch.second,
          views.weights(segment: segment), rows: views.depth, columns: views.kernels,
          adding: example > pass.first)
      }
    }
    Kernels.unpackWeights(
      scratch.second.span, views, into: &parameterGradient, at: pass.parameterOffset,
      adding: pass.first > 0)
    guard pass.needsInputGradient else { return }
    views.reverse(saved, into: &scratch.second, at: views.upstreamCount)
    for example in pass.examples {
      views.inputGradient(
        outputGradient, from: example * pass.output.count, into: &inputGradient,
        at: example * pass.input.count, padded: &scratch.first, upstream: &scratch.second)
    }
  }
}
