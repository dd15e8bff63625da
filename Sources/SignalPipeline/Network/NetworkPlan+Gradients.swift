extension NetworkPlan {
  /// The values of an example beyond which it goes alone: an eighth of a cache of 2 MB.
  private static let aloneCount = 1 << 16

  /// Lets large layers take the examples one by one, neighbours together.
  private mutating func chooseRuns() {
    for index in steps.indices {
      let pass = steps[index].pass
      guard max(pass.input.count, pass.output.count) >= Self.aloneCount else { continue }
      switch steps[index].operation {
      case .layer(let layer): steps[index].goesAlone = layer.takesExamplesAlone
      case .add: steps[index].goesAlone = true
      }
    }
    for index in steps.indices {
      if let last = runs.last, steps[last.lowerBound].goesAlone == steps[index].goesAlone {
        runs[runs.count - 1] = last.lowerBound..<index + 1
      } else {
        runs.append(index..<index + 1)
      }
    }
  }

  /// Lets gradients of few values pass as pairs, from a layer that makes them to one that takes
  /// them, where nothing else reads the activation between.
  private mutating func choosePairs() {
    for index in steps.indices.dropFirst() {
      let source = steps[index].source
      let readers = steps.count { step in
        if case .add(source) = step.operation { return true }
        return step.source == source
      }
      guard readers == 1, steps[index - 1].target == source,
        case .layer(let layer) = steps[index].operation,
        case .layer(let before) = steps[index - 1].operation, before.takesPairs,
        let capacity = layer.pairCapacity(for: steps[index].pass.input)
      else { continue }
      steps[index].pass.inputForm = .pairs(capacity: capacity)
      steps[index - 1].pass.outputForm = .pairs(capacity: capacity)
    }
  }

  /// Gives the gradients of the activations buffers, few enough to stay within the caches.
  ///
  /// Going backwards, a step takes its target's gradient and leaves its source's. A sum has the
  /// gradient of its target as that of both its sources, so a buffer may serve several
  /// activations; it is free when all have taken it, and the run of steps that examples go
  /// through alone has ended.
  mutating func planGradients() {
    var holders: [Int] = []
    var pending = [[Int]](repeating: [], count: shapes.count)
    func take(_ count: Int, _ plan: inout NetworkPlan) -> Int {
      let free = holders.firstIndex(of: 0) ?? holders.count
      if free == holders.count {
        holders.append(0)
        plan.gradientCounts.append(0)
      }
      holders[free] = 1
      plan.gradientCounts[free] = max(plan.gradientCounts[free], count)
      return free
    }
    chooseRuns()
    choosePairs()
    var released: [Int] = []
    pending[shapes.count - 1] = [take(shapes[shapes.count - 1].count, &self)]
    for index in steps.indices.reversed() {
      let step = steps[index]
      var upstream = pending[step.target]
      steps[index].upstream = upstream
      if upstream.count > 1 {
        let sum = take(step.pass.output.count, &self)
        released += upstream
        steps[index].sum = sum
        upstream = [sum]
      }
      let isFirst = step.source == 0
      steps[index].pass.needsInputGradient = !isFirst
      switch step.operation {
      case .layer:
        if !isFirst {
          let downstream = take(step.pass.inputForm.count(for: step.pass.input), &self)
          steps[index].downstream = downstream
          pending[step.source].append(downstream)
        }
        released += upstream
      case .add(let skip):
        for buffer in upstream {
          pending[step.source].append(buffer)
          holders[buffer] += skip == 0 ? 0 : 1
          if skip != 0 { pending[skip].append(buffer) }
        }
      }
      if step.goesAlone, index > 0, steps[index - 1].goesAlone { continue }
      for buffer in released { holders[buffer] -= 1 }
      released = []
    }
  }
}
