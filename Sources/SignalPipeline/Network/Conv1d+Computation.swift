extension Conv1d: LayerComputation {
  package func buffers(for input: Shape, count: Int) -> LayerBuffers {
    let views = ConvolutionViews(self, input: input)
    return LayerBuffers(
      saved: count * views.paddedCount + views.weightCount, first: views.paddedCount,
      second: views.weightCount)
  }

  package func forward(
    _ pass: LayerPass, parameters: Span<Float>, input: Span<Float>, output: inout [Float],
    saved: inout [Float], scratch: inout Scratch
  ) {
    let views = ConvolutionViews(self, input: pass.input)
    let packed = pass.count * views.paddedCount
    Kernels.packWeights(parameters, views, into: &saved, at: packed)
    let bias = parameters.extracting(views.weightCount..<views.weightCount + views.kernels)
    for example in 0..<pass.count {
      Kernels.pad(
        input, from: example * pass.input.count, into: &saved, at: example * views.paddedCount,
        rows: views.inputs, channels: views.channels, padding: views.margins)
      // Just before the products, so that they find it in a cache.
      Kernels.fillRows(
        &output, at: example * pass.output.count, rows: views.outputs, with: bias)
      for residue in 0..<views.residues {
        for tap in 0..<views.taps {
          BLAS.multiply(
            saved.span, views.windows(example, residue: residue, tap: tap), by: saved.span,
            views.weights(tap, offset: packed), into: &output,
            views.outputs(example, residue: residue), accumulating: true)
        }
      }
    }
  }

  package func backward(
    _ pass: LayerPass, parameters: Span<Float>, input: Span<Float>, saved: Span<Float>,
    outputGradient: Span<Float>, inputGradient: inout [Float],
    parameterGradient: inout [Float], scratch: inout Scratch
  ) {
    let views = ConvolutionViews(self, input: pass.input)
    Kernels.columnSums(
      outputGradient, rows: pass.count * views.outputs, channels: views.kernels,
      into: &parameterGradient, at: pass.parameterOffset + views.weightCount)
    Kernels.clear(&scratch.second, count: views.weightCount)
    for example in 0..<pass.count {
      for residue in 0..<views.residues {
        for tap in 0..<views.taps {
          BLAS.multiply(
            saved, views.windows(example, residue: residue, tap: tap).transposed,
            by: outputGradient, views.outputs(example, residue: residue), into: &scratch.second,
            views.weights(tap, offset: 0), accumulating: true)
        }
      }
    }
    Kernels.unpackWeights(
      scratch.second.span, views, into: &parameterGradient, at: pass.parameterOffset)
    guard pass.needsInputGradient else { return }
    let packed = pass.count * views.paddedCount
    for example in 0..<pass.count {
      Kernels.clear(&scratch.first, count: views.paddedCount)
      for residue in 0..<views.residues {
        for tap in 0..<views.taps {
          BLAS.multiply(
            outputGradient, views.outputs(example, residue: residue), by: saved,
            views.weights(tap, offset: packed).transposed, into: &scratch.first,
            views.windows(0, residue: residue, tap: tap), accumulating: true)
        }
      }
      Kernels.fold(
        scratch.first.span, into: &inputGradient, at: example * pass.input.count,
        rows: views.inputs, channels: views.channels, padding: views.margins)
    }
  }
}
