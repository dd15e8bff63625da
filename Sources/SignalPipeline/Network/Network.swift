/// A network whose layers agree with one another, ready to be computed.
///
/// It holds no parameters: they are one flat array, in which every tensor has its range and its
/// order (``NamedParameter/stored(_:)``), and which the caller owns. The input is `(N, C, L)`, the logits are `(N, classes)`.
public struct Network: Sendable {
  /// The layers and the input's shape.
  public let description: NetworkDescription

  let plan: NetworkPlan

  /// The shape `(C, L)` of one example's input.
  public var inputShape: Shape { description.inputShape }

  /// The shape `(classes, 1)` of one example's logits.
  public let outputShape: Shape

  /// The tensors in the flat array, in its order, without gaps.
  public var parameters: [NamedParameter] { plan.parameters }

  /// The length of the flat array.
  public var parameterCount: Int { plan.parameterCount }

  /// The weights whose gradients may be left as factors, in the order of the flat array.
  package var products: [WeightProduct] { plan.products }

  /// One row a layer, in the order of the description; a residual's body follows it.
  public var summary: [LayerSummary] { plan.summary }

  /// Creates a network.
  ///
  /// - Throws: ``NetworkError`` naming the first layer that does not take its input.
  public init(_ description: NetworkDescription) throws(NetworkError) {
    plan = try NetworkPlan(description)
    self.description = description
    outputShape = plan.shapes[plan.shapes.count - 1]
  }

  /// Returns parameters to begin training with, drawn tensor by tensor as PyTorch's defaults.
  public func initialParameters(using generator: inout SeededGenerator) -> [Float] {
    var values: [Float] = []
    values.reserveCapacity(parameterCount)
    for declaration in plan.declarations {
      switch declaration.initialization {
      case .constant(let value):
        values.append(contentsOf: repeatElement(value, count: declaration.count))
      case .uniform(let bound):
        for _ in 0..<declaration.count {
          values.append(Float(generator.uniform(-bound...bound)))
        }
      }
    }
    return values
  }

  /// Returns memory for passes of up to `count` examples, at least 1.
  public func makeWorkspace(count: Int) -> Workspace {
    precondition(count > 0, "a workspace has room for at least one example")
    return Workspace(plan, capacity: count)
  }

  /// Computes the logits of a batch into the front of `workspace.logits`.
  ///
  /// - Parameters:
  ///   - input: Examples of ``inputShape``, at most as many as the workspace has room for.
  ///   - parameters: The flat array, of ``parameterCount``.
  ///   - mode: Whether batch normalisation takes the batch's statistics and dropout drops.
  ///   - keys: What the random numbers of each example follow from; needed to train a network
  ///     that has a ``Dropout``.
  ///   - workspace: One that this network made.
  public func forward(
    _ input: Batch, parameters: [Float], mode: Mode, keys: [UInt64] = [],
    workspace: inout Workspace
  ) {
    check(input, parameters, workspace)
    precondition(
      !plan.isRandom || mode == .inference || keys.count == input.count,
      "a network that drops values trains with a key for each example")
    workspace.trainedCount = mode == .training ? input.count : 0
    if input.count == 0 { return }
    for run in plan.runs {
      for examples in parts(of: run, input.count) {
        for index in run where !plan.steps[index].comesInPieces {
          if plan.steps[index].pieces.isEmpty {
            forward(index, input, examples, parameters, mode, keys, &workspace)
          } else {
            forwardInPieces(index, input, examples, parameters, mode, keys, &workspace)
          }
        }
      }
    }
    let last = workspace.activations[plan.shapes.count - 1]
    Kernels.copy(last.span, into: &workspace.logits, count: input.count * outputShape.count)
  }

  /// The examples that go through a run of steps together.
  func parts(of run: Range<Int>, _ count: Int) -> [Range<Int>] {
    plan.steps[run.lowerBound].goesAlone ? (0..<count).map { $0..<$0 + 1 } : [0..<count]
  }

  /// Computes a step and the one before it, piece by piece.
  private func forwardInPieces(
    _ index: Int, _ input: Batch, _ examples: Range<Int>, _ parameters: [Float], _ mode: Mode,
    _ keys: [UInt64], _ workspace: inout Workspace
  ) {
    for piece in plan.steps[index].pieces {
      forward(
        index - 1, input, examples, parameters, mode, keys, making: piece, &workspace)
      forward(index, input, examples, parameters, mode, keys, taking: piece, &workspace)
    }
  }

  private func forward(
    _ index: Int, _ input: Batch, _ examples: Range<Int>, _ parameters: [Float], _ mode: Mode,
    _ keys: [UInt64], making made: LayerPass.Piece? = nil,
    taking taken: LayerPass.Piece? = nil, _ workspace: inout Workspace
  ) {
    let step = plan.steps[index]
    let source = step.source == 0 ? input.values : workspace.activations[step.source]
    switch step.operation {
    case .add(let skip):
      let earlier = skip == 0 ? input.values : workspace.activations[skip]
      let count = step.pass.output.count
      Kernels.add(
        source.span, earlier.span, into: &workspace.activations[step.target],
        at: examples.lowerBound * count, count: examples.count * count)
    case .layer(let layer):
      var pass = step.pass
      pass.first = examples.lowerBound
      pass.count = examples.count
      if let taken { pass.piece = taken }
      if let made { pass.piece.output = made.input }
      pass.inputOrigin = origin(
        plan.sharedCounts[step.source] != nil, pass, row: taken?.input.lowerBound ?? 0)
      pass.outputOrigin = origin(
        plan.sharedCounts[step.target] != nil, pass, row: made?.input.lowerBound ?? 0)
      pass.mode = mode
      pass.keys = keys
      layer.forward(
        pass, parameters: parameters.span.extracting(step.parameters), input: source.span,
        output: &workspace.activations[step.target], saved: &workspace.saved[index],
        scratch: &workspace.scratch)
    }
  }

  /// What memory begins with: the example at hand where all share it.
  func origin(_ isShared: Bool, _ pass: LayerPass, row: Int = 0) -> LayerPass.Origin {
    LayerPass.Origin(example: isShared ? pass.first : 0, row: row)
  }

  func check(_ input: Batch, _ parameters: [Float], _ workspace: Workspace) {
    precondition(
      input.shape == inputShape && input.values.count == input.count * inputShape.count,
      "the batch is not of the network's input shape")
    precondition(parameters.count == parameterCount, "the parameters are another network's")
    precondition(input.count <= workspace.capacity, "the batch exceeds the workspace")
    precondition(
      workspace.activations.count == plan.shapes.count, "the workspace is another network's")
  }
}
