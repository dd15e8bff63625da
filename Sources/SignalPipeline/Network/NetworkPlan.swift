/// The steps and buffers of a network: its layers in the order of their computation.
package struct NetworkPlan: Sendable {
  /// What a step does with its source.
  package enum Operation: Sendable {
    /// Computes a layer.
    case layer(any LayerComputation)
    /// Adds an earlier activation.
    case add(skip: Int)
  }

  /// One step forward, and what its gradient needs on the way back.
  package struct Step: Sendable {
    package var operation: Operation
    /// The activations it reads and writes; 0 is the network's input.
    var source: Int
    var target: Int
    package var pass: LayerPass
    /// The layer's place in the network's parameters.
    var parameters: Range<Int>
    /// Whether its examples are computed one by one, with the steps beside it that are, too.
    var goesAlone = false
    /// The gradient buffers that add up to the target's gradient.
    var upstream: [Int] = []
    /// Where they are summed, if there are several.
    var sum: Int?
    /// Where the source's gradient goes, if anyone needs it.
    var downstream: Int?
  }

  package private(set) var steps: [Step] = []
  private(set) var summary: [LayerSummary] = []
  private(set) var parameters: [NamedParameter] = []
  private(set) var declarations: [ParameterDeclaration] = []
  private(set) var parameterCount = 0

  /// The shapes of all activations, the network's input first.
  private(set) var shapes: [Shape]

  /// Where each activation lies: itself, or the one of which it is a view.
  private(set) var places: [Int] = [0]

  /// The shapes whose values a view lays in one row, in the order of the memory.
  private var turned: [Int: Shape] = [:]

  /// The values of one example in each gradient buffer.
  private(set) var gradientCounts: [Int] = []

  private var exampleCount = 0
  private var field: ReceptiveField

  /// Plans a network.
  package init(_ description: NetworkDescription) throws(NetworkError) {
    let input = description.inputShape
    do {
      shapes = [try LayerError.checkShape(channels: input.channels, length: input.length)]
    } catch {
      throw NetworkError(reason: "its input has \(error.reason)")
    }
    field = ReceptiveField(size: 1, step: 1, limit: input.length)
    guard !description.layers.isEmpty else { throw NetworkError(reason: "it has no layers") }
    let last = try append(description.layers, prefix: "", source: 0, depth: 0)
    guard shapes[last].length == 1 else {
      throw NetworkError(
        inputShape: input,
        reason: "its output is \(shapes[last]); it must have one position, as linear gives")
    }
    planGradients()
  }

  /// Appends a chain of layers and returns the activation it ends in.
  private mutating func append(
    _ layers: [NetworkDescription.Stage], prefix: String, source: Int, depth: Int
  ) throws(NetworkError) -> Int {
    var source = source
    for (index, stage) in layers.enumerated() {
      let place = prefix + String(index)
      do {
        guard steps.count < Limits.layers, depth <= Limits.depth else {
          throw LayerError(
            "a network has at most \(Limits.layers) layers, nested \(Limits.depth) deep")
        }
        if case .flatten(let layer) = stage, isView(layers[(index + 1)...]) {
          source = try appendView(layer, place: place, source: source)
          continue
        }
        guard case .residual(let residual) = stage else {
          guard let layer = stage.computation else { continue }
          source = try append(layer, place: place, source: source)
          continue
        }
        guard !residual.body.isEmpty else { throw LayerError("its body has no layers") }
        let before = summary.count
        let end = try bodyEnd(residual.body, place: place, source: source, depth: depth)
        guard shapes[end] == shapes[source] else {
          throw LayerError("its body makes \(shapes[end]) of \(shapes[source])")
        }
        source = appendSum(place: place, skip: source, source: end, before: before)
      } catch let error as LayerError {
        throw NetworkError(
          layer: place, name: stage.name, inputShape: shapes[source], reason: error.reason)
      } catch let error as NetworkError {
        throw error
      } catch {
        throw NetworkError(layer: place, name: stage.name, reason: "\(error)")
      }
    }
    return source
  }

  private mutating func bodyEnd(
    _ body: [NetworkDescription.Stage], place: String, source: Int, depth: Int
  ) throws(NetworkError) -> Int {
    try append(body, prefix: place + ".", source: source, depth: depth + 1)
  }

  /// Whether the layers after a flattening one let it be a view: the first that is not
  /// elementwise has a weight for each value, and can store them in any order.
  private func isView(_ rest: ArraySlice<NetworkDescription.Stage>) -> Bool {
    let next = rest.first { !($0.computation?.isElementwise ?? false) }
    if case .linear = next { return true }
    return false
  }

  private mutating func appendView(
    _ layer: Flatten, place: String, source: Int
  ) throws(LayerError) -> Int {
    let input = shapes[source]
    let output = try layer.outputShape(for: input)
    field = layer.receptiveField(field, input: input)
    summary.append(
      LayerSummary(
        place: place, name: Flatten.name, outputShape: output, parameters: [], flops: 0,
        receptiveField: field.size))
    shapes.append(output)
    places.append(places[source])
    turned[shapes.count - 1] = input
    return shapes.count - 1
  }

  private mutating func append(
    _ layer: any LayerComputation, place: String, source: Int
  ) throws(LayerError) -> Int {
    let input = shapes[source]
    let output = try layer.outputShape(for: input)
    let buffers = layer.buffers(for: input, count: 1)
    exampleCount += output.count + buffers.saved
    guard exampleCount <= Limits.example else {
      throw LayerError("up to here an example needs more than \(Limits.example) values")
    }
    let declared = layer.parameters(for: input)
    let begin = parameterCount
    for declaration in declared {
      let range = parameterCount..<parameterCount + declaration.count
      parameters.append(
        NamedParameter(
          name: "\(place).\(declaration.name)", shape: declaration.shape, range: range,
          turned: declaration.shape.count == 2 ? turned[source] : nil,
          isTrainable: declaration.isTrainable))
      declarations.append(declaration)
      parameterCount = range.upperBound
      guard parameterCount <= Limits.parameters else {
        throw LayerError("up to here there are more than \(Limits.parameters) parameters")
      }
    }
    field = layer.receptiveField(field, input: input)
    summary.append(
      LayerSummary(
        place: place, name: type(of: layer).name, outputShape: output,
        parameters: Array(parameters.suffix(declared.count)),
        flops: 2 * layer.multiplyAdds(for: input), receptiveField: field.size))
    shapes.append(output)
    places.append(shapes.count - 1)
    if layer.isElementwise { turned[shapes.count - 1] = turned[source] }
    steps.append(
      Step(
        operation: .layer(layer), source: places[source], target: shapes.count - 1,
        pass: LayerPass(input: input, output: output, parameterOffset: begin),
        parameters: begin..<parameterCount))
    return shapes.count - 1
  }

  private mutating func appendSum(
    place: String, skip: Int, source: Int, before: Int
  ) -> Int {
    let shape = shapes[source]
    exampleCount += shape.count
    // The connection stands before its body, as in the description.
    summary.insert(
      LayerSummary(
        place: place, name: Residual.name, outputShape: shape, parameters: [], flops: 0,
        receptiveField: field.size), at: before)
    shapes.append(shape)
    places.append(shapes.count - 1)
    steps.append(
      Step(
        operation: .add(skip: places[skip]), source: places[source], target: shapes.count - 1,
        pass: LayerPass(input: shape, output: shape, parameterOffset: parameterCount),
        parameters: parameterCount..<parameterCount))
    return shapes.count - 1
  }

  /// The steps in runs that are computed one example after another, or for all at once.
  ///
  /// An example of some layers fills a cache by itself: its values are used at once, not when
  /// those of all others have passed.
  private(set) var runs: [Range<Int>] = []

  /// The values of an example beyond which it goes alone: an eighth of a cache of 2 MB.
  private static let aloneCount = 1 << 16

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
  private mutating func planGradients() {
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
