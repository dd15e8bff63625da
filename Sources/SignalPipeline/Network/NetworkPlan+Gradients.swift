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

  /// Lets examples that go alone share the memory of the activations that are gone with them: no
  /// step outside the run reads them, nor any backward.
  private mutating func shareActivations() {
    sharedCounts = [Int?](repeating: nil, count: shapes.count)
    for run in runs where steps[run.lowerBound].goesAlone {
      for index in run.dropLast() where steps[index].findsExamples {
        let target = steps[index].target
        let readers = steps.indices.filter { steps[$0].reads(target) }
        guard readers.allSatisfy({ run.contains($0) && steps[$0].findsExamples }) else { continue }
        sharedCounts[target] = shapes[target].count
        if readers == [index + 1] { choosePieces(of: index, for: index + 1) }
      }
    }
  }

  /// Lets a step take its source in pieces, each while it is still in the cache.
  private mutating func choosePieces(of index: Int, for next: Int) {
    guard case .layer(let maker) = steps[index].operation, maker.makesPieces,
      case .layer(let taker) = steps[next].operation
    else { return }
    let shape = shapes[steps[index].target]
    let pieces = taker.pieces(of: shape, positions: Self.aloneCount / shape.channels)
    guard let longest = pieces.map(\.input.count).max() else { return }
    steps[next].pieces = pieces
    steps[index].comesInPieces = true
    sharedCounts[steps[index].target] = longest * shape.channels
  }

  /// Lets gradients of few values pass as pairs, from a layer that makes them to one that takes
  /// them, where nothing else reads the activation between.
  private mutating func choosePairs() {
    for index in steps.indices.dropFirst() {
      let source = steps[index].source
      guard steps.count(where: { $0.reads(source) }) == 1, steps[index - 1].target == source,
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
    func take(_ count: Int, shared: Bool = false, _ plan: inout NetworkPlan) -> Int {
      let free = holders.indices.first { buffer in
        holders[buffer] == 0 && plan.gradientBuffers[buffer].isShared == shared
      }
      let buffer = free ?? holders.count
      if free == nil {
        holders.append(0)
        plan.gradientBuffers.append(GradientBuffer(isShared: shared))
      }
      holders[buffer] = 1
      plan.gradientBuffers[buffer].count = max(plan.gradientBuffers[buffer].count, count)
      return buffer
    }
    chooseRuns()
    shareActivations()
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
          let downstream = take(
            step.pass.inputForm.count(for: step.pass.input),
            shared: step.goesAlone && step.pass.inputForm != .dense, &self)
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

extension NetworkPlan.Step {
  /// Whether it reads an activation.
  fileprivate func reads(_ activation: Int) -> Bool {
    if case .add(activation) = operation { return true }
    return source == activation
  }

  /// Whether it finds its examples in memory that they share.
  fileprivate var findsExamples: Bool {
    guard case .layer(let layer) = operation else { return false }
    return !layer.readsInputBackward
  }
}
