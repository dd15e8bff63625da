import SignalPipeline
import Testing

/// Networks of random layers and shapes, small and large, beside their layers one after another.
///
/// What a network saves on the way must not show: examples that go alone, pieces, shared memory,
/// gradients as pairs and views.
@Suite struct RandomNetworkTests {
  @Test("a network of random layers gives what its layers give", arguments: 0..<24)
  func chain(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed), stream: 77)
    let description = Self.description(&generator, isLarge: seed % 3 > 0)
    let network = try Network(description)
    let count = 1 + generator.index(below: 3)
    var input = Batch(count: count, shape: network.inputShape)
    input.values = hashedValues(input.values.count, seed: seed)
    let parameters = network.initialParameters(using: &generator)
    func inOrder(_ stored: [Float]) -> [Float] {
      network.parameters.flatMap { $0.inPyTorchOrder(Array(stored[$0.range])) }
    }

    var workspace = network.makeWorkspace(count: 3)
    var gradient = [Float](repeating: .nan, count: network.parameterCount)
    let slopes = hashedValues(count * network.outputShape.count, seed: seed + 1)
    // The second pass finds the memory that the first one left.
    for _ in 0..<2 {
      network.forward(input, parameters: parameters, mode: .training, workspace: &workspace)
      workspace.logitsGradient.replaceSubrange(0..<slopes.count, with: slopes)
      network.backward(
        input, parameters: parameters, workspace: &workspace, parameterGradient: &gradient)
    }

    var chain = try LayerChain(description.layers, network.inputShape, count: count)
    var left = inOrder(parameters)[...]
    let output = chain.forward(input.values, &left)
    #expect(relativeDistance(Array(workspace.logits.prefix(slopes.count)), output) < 1e-5)
    var expected: [Float] = []
    _ = chain.backward(slopes, &expected)
    #expect(relativeDistance(inOrder(gradient), expected) < 1e-4, "\(description.layers)")
  }

  /// Draws a network; large ones have activations of more than 2¹⁶ values.
  private static func description(
    _ generator: inout SeededGenerator, isLarge: Bool
  ) -> NetworkDescription {
    let input = Shape(
      channels: 1 + generator.index(below: 3),
      length: isLarge ? 3000 + generator.index(below: 3000) : 20 + generator.index(below: 100))
    var shape = input
    var layers: [NetworkDescription.Stage] = []
    let depth = 3 + generator.index(below: 6)
    while layers.count < depth {
      let stage =
        layers.isEmpty && isLarge
        ? .conv1d(
          Conv1d(
            outputChannels: 20 + generator.index(below: 14),
            kernelSize: 1 + generator.index(below: 9),
            padding: .zeros(generator.index(below: 4)))) : Self.stage(&generator, shape)
      guard let next = Self.shape(after: stage, shape), next.count < 1 << 18 else { continue }
      layers.append(stage)
      shape = next
    }
    let pools = GlobalPool1d.Reduction.allCases
    if shape.count < 2000 {
      layers.append(.flatten(Flatten()))
    } else {
      layers.append(.globalPool1d(GlobalPool1d(pools[generator.index(below: pools.count)])))
    }
    layers += [.leakyRelu(LeakyReLU()), .linear(Linear(outputs: 3))]
    return NetworkDescription(inputShape: input, layers: layers)
  }

  private static func stage(
    _ generator: inout SeededGenerator, _ shape: Shape
  ) -> NetworkDescription.Stage {
    func below(_ bound: Int) -> Int { generator.index(below: bound) }
    let kernel = 1 + below(12)
    switch below(11) {
    case 0, 1:
      return .conv1d(
        Conv1d(
          outputChannels: 1 + below(24), kernelSize: kernel, stride: 1 + below(4),
          dilation: 1 + below(3), padding: .zeros(below(5))))
    case 2:
      return .conv1d(
        Conv1d(
          outputChannels: 1 + below(24), kernelSize: kernel, stride: 1 + below(3),
          dilation: 1 + below(3), padding: .circular))
    case 3, 4:
      return .maxPool1d(
        MaxPool1d(
          kernelSize: 2 * kernel, stride: 1 + below(2 * kernel + 3),
          padding: below(2) * below(kernel)))
    case 5:
      return .averagePool1d(
        AveragePool1d(kernelSize: kernel, stride: 1 + below(3), padding: 0))
    case 6: return .blurPool1d(BlurPool1d(kernelSize: 3, stride: 1 + below(3)))
    case 7:
      return .adaptivePolyphaseSampling1d(AdaptivePolyphaseSampling1d(stride: 1 + below(3)))
    case 8: return .batchNorm1d(BatchNorm1d())
    case 9: return .relu(ReLU())
    default:
      var body = [NetworkDescription.Stage.relu(ReLU())]
      if below(2) == 0 {
        body.append(
          .conv1d(
            Conv1d(outputChannels: shape.channels, kernelSize: 3, padding: .circular)))
      }
      if below(2) == 0 { body.append(.residual(Residual([.batchNorm1d(BatchNorm1d())]))) }
      return .residual(Residual(body))
    }
  }

  private static func shape(after stage: NetworkDescription.Stage, _ shape: Shape) -> Shape? {
    guard case .residual(let residual) = stage else {
      return try? stage.computation?.outputShape(for: shape)
    }
    let end = residual.body.reduce(Shape?.some(shape)) { shape, stage in
      shape.flatMap { Self.shape(after: stage, $0) }
    }
    return end == shape ? shape : nil
  }
}

/// Layers one after another, each with memory of its own.
private struct LayerChain {
  private enum Part {
    case layer(LayerRun, input: [Float], parameters: [Float])
    case sum(LayerChain)
  }

  private var parts: [Part] = []
  private var shape: Shape

  init(_ stages: [NetworkDescription.Stage], _ shape: Shape, count: Int) throws {
    self.shape = shape
    for stage in stages {
      if case .residual(let residual) = stage {
        parts.append(.sum(try LayerChain(residual.body, self.shape, count: count)))
        continue
      }
      let run = try LayerRun(try #require(stage.computation), input: self.shape, count: count)
      parts.append(.layer(run, input: [], parameters: []))
      self.shape = run.pass.output
    }
  }

  /// Takes the parameters that it needs off the front.
  mutating func forward(_ input: [Float], _ parameters: inout ArraySlice<Float>) -> [Float] {
    var values = input
    for index in parts.indices {
      switch parts[index] {
      case .layer(var run, _, _):
        let own = Array(parameters.prefix(run.parameterCount))
        parameters = parameters.dropFirst(own.count)
        run.forward(values, own)
        parts[index] = .layer(run, input: values, parameters: own)
        values = run.output
      case .sum(var body):
        let made = body.forward(values, &parameters)
        parts[index] = .sum(body)
        values = zip(values, made).map { $0 + $1 }
      }
    }
    return values
  }

  /// Puts the gradient by its parameters before `gradient`, and returns that by its input.
  mutating func backward(_ upstream: [Float], _ gradient: inout [Float]) -> [Float] {
    var slopes = upstream
    for index in parts.indices.reversed() {
      switch parts[index] {
      case .layer(var run, let input, let parameters):
        run.backward(input, parameters, slopes)
        gradient = run.parameterGradient[3...] + gradient
        slopes = run.inputGradient
      case .sum(var body):
        let more = body.backward(slopes, &gradient)
        slopes = zip(slopes, more).map { $0 + $1 }
      }
    }
    return slopes
  }
}
