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
    /// The weights whose gradient may be left as factors, as an index of the plan's ``products``.
    var product: Int?
    /// Whether its examples are computed one by one, with the steps beside it that are, too.
    package var goesAlone = false
    /// The pieces in which it takes its source, each as soon as the step before has made it.
    var pieces: [LayerPass.Piece] = []
    /// Whether the next step takes its target in pieces.
    var comesInPieces = false
    /// The gradient buffers that add up to the target's gradient.
    var upstream: [Int] = []
    /// Where they are summed, if there are several.
    var sum: Int?
    /// Where the source's gradient goes, if anyone needs it.
    var downstream: Int?
  }

  /// Memory for gradients by activations.
  struct GradientBuffer: Sendable {
    /// The values of one example.
    var count = 0
    /// Whether there is room for one example alone, which all share.
    var isShared: Bool
  }

  package var steps: [Step] = []
  private(set) var summary: [LayerSummary] = []
  private(set) var parameters: [NamedParameter] = []
  private(set) var declarations: [ParameterDeclaration] = []
  private(set) var parameterCount = 0

  /// The weights whose gradients may be left as factors, in the order of the parameters.
  private(set) var products: [Network.WeightProduct] = []

  /// Whether a layer draws numbers while training.
  private(set) var isRandom = false

  /// The shapes of all activations, the network's input first.
  private(set) var shapes: [Shape]

  /// Where each activation lies: itself, or the one of which it is a view.
  private(set) var places: [Int] = [0]

  /// The shapes whose values a view lays in one row, in the order of the memory.
  private var turned: [Int: Shape] = [:]

  /// The floats of an activation's memory where all examples share it, else `nil`.
  var sharedCounts: [Int?] = []

  /// The buffers of gradients.
  var gradientBuffers: [GradientBuffer] = []

  /// The steps in runs that are computed one example after another, or for all at once.
  ///
  /// An example of some layers fills a cache by itself: its values are used at once, not when
  /// those of all others have passed.
  var runs: [Range<Int>] = []

  private var exampleCount = 0
  private var field: ReceptiveField

  /// Plans a network.
  package init(_ description: NetworkDescription) throws(NetworkError) {
    let input = description.inputShape
    do {
      shapes = [try LayerError.checkShape(channels: input.channels, length: input.length)]
    } catch {
      throw NetworkError(reason: "inputShape: \(error.reason)")
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
    guard max(buffers.first, buffers.second) <= Limits.example else {
      throw LayerError("to train it takes more than \(Limits.example) values for itself")
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
    var pass = LayerPass(input: input, output: output, parameterOffset: begin)
    pass.place = steps.count
    isRandom = isRandom || layer.isRandom
    steps.append(
      Step(
        operation: .layer(layer), source: places[source], target: shapes.count - 1,
        pass: pass, parameters: begin..<parameterCount))
    if let (outputs, inputs) = layer.factoredWeights(for: input) {
      steps[steps.count - 1].product = products.count
      products.append(
        Network.WeightProduct(begin: begin, outputs: outputs, inputs: inputs))
    }
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
}
