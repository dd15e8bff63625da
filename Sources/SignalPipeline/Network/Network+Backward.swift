extension Network {
  /// Computes the gradient of a loss by the parameters, from `workspace.logitsGradient`.
  ///
  /// The workspace must come from ``forward(_:parameters:mode:keys:workspace:)`` in training mode
  /// with the same input and parameters.
  ///
  /// - Parameters:
  ///   - input: The input of the forward pass.
  ///   - parameters: The parameters of the forward pass.
  ///   - workspace: The workspace of the forward pass.
  ///   - parameterGradient: Overwritten; of ``parameterCount``. For running statistics it
  ///     receives the batch's own: the mean, and the unbiased variance.
  public func backward(
    _ input: Batch, parameters: [Float], workspace: inout Workspace,
    parameterGradient: inout [Float]
  ) {
    precondition(parameterGradient.count == parameterCount, "a gradient has every parameter")
    if input.count == 0 {
      Kernels.clear(&parameterGradient, count: parameterCount)
      return
    }
    var factors: [Factors]?
    backward(input, parameters, &workspace, &parameterGradient, &factors)
  }

  /// Computes the gradient as ``backward(_:parameters:workspace:parameterGradient:)`` does, large
  /// weight matrices as factors.
  ///
  /// - Parameters:
  ///   - input: The input of the forward pass, of at least one example.
  ///   - parameters: The parameters of the forward pass.
  ///   - workspace: The workspace of the forward pass.
  ///   - gradient: Overwritten; one that this network made.
  package func backward(
    _ input: Batch, parameters: [Float], workspace: inout Workspace, gradient: inout Gradient
  ) {
    precondition(input.count > 0, "factors have examples")
    var factors: [Factors]? = gradient.factors
    gradient.factors = []
    backward(input, parameters, &workspace, &gradient.values, &factors)
    gradient.factors = factors ?? []
  }

  /// Computes the gradient, with `factors` without the weights that are products.
  private func backward(
    _ input: Batch, _ parameters: [Float], _ workspace: inout Workspace,
    _ parameterGradient: inout [Float], _ factors: inout [Factors]?
  ) {
    check(input, parameters, workspace)
    precondition(
      input.count == workspace.trainedCount, "a backward pass follows a forward one to train")
    workspace.makeGradients(plan)
    if let last = plan.steps.last?.upstream.first {
      let logitsGradient = workspace.logitsGradient
      Kernels.copy(
        logitsGradient.span, into: &workspace.gradients[last],
        count: input.count * outputShape.count)
    }
    for run in plan.runs.reversed() {
      for examples in parts(of: run, input.count) {
        for index in run.reversed() {
          backward(
            index, input, examples, parameters, &workspace, &parameterGradient, &factors)
        }
      }
    }
  }

  private func backward(
    _ index: Int, _ input: Batch, _ examples: Range<Int>, _ parameters: [Float],
    _ workspace: inout Workspace, _ parameterGradient: inout [Float],
    _ factors: inout [Factors]?
  ) {
    let step = plan.steps[index]
    if let sum = step.sum { addUp(step, into: sum, examples, &workspace) }
    guard case .layer(let layer) = step.operation else { return }
    var pass = step.pass
    pass.first = examples.lowerBound
    pass.count = examples.count
    pass.mode = .training
    let source = step.source == 0 ? input.values : workspace.activations[step.source]
    let own = parameters.span.extracting(step.parameters)
    let saved = workspace.saved[index]
    let upstreamBuffer = step.sum ?? step.upstream[0]
    let upstream = workspace.gradients[upstreamBuffer]
    pass.outputOrigin = origin(plan.gradientBuffers[upstreamBuffer].isShared, pass)
    if factors != nil {
      pass.parameterOffset = gradientPlace(of: pass.parameterOffset)
      if let place = step.product {
        pass.leavesFactors = true
        factors?[place].take(
          outputGradient: upstream.span, input: source.span, count: pass.count,
          of: plan.products[place])
      }
    }
    if let downstream = step.downstream {
      pass.inputOrigin = origin(plan.gradientBuffers[downstream].isShared, pass)
      layer.backward(
        pass, parameters: own, input: source.span, saved: saved.span,
        outputGradient: upstream.span, inputGradient: &workspace.gradients[downstream],
        parameterGradient: &parameterGradient, scratch: &workspace.scratch)
    } else {
      var none: [Float] = []
      layer.backward(
        pass, parameters: own, input: source.span, saved: saved.span,
        outputGradient: upstream.span, inputGradient: &none,
        parameterGradient: &parameterGradient, scratch: &workspace.scratch)
    }
  }

  /// Sums the gradients that reach a step's target by several ways.
  private func addUp(
    _ step: NetworkPlan.Step, into sum: Int, _ examples: Range<Int>,
    _ workspace: inout Workspace
  ) {
    let at = examples.lowerBound * step.pass.output.count
    let count = examples.count * step.pass.output.count
    let first = workspace.gradients[step.upstream[0]]
    let second = workspace.gradients[step.upstream[1]]
    Kernels.add(first.span, second.span, into: &workspace.gradients[sum], at: at, count: count)
    for more in step.upstream.dropFirst(2) {
      let next = workspace.gradients[more]
      Kernels.accumulate(next.span, into: &workspace.gradients[sum], at: at, count: count)
    }
  }
}
