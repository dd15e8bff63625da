import SignalPipeline
import Testing

/// What every layer passes: PyTorch's numbers and finite differences.
@Suite struct LayerTests {
  // A float32 sum of a hundred rounded terms errs by some 1e-6 of its norm.
  private let tolerance = 1e-5

  @Test(
    "every layer's output and gradients are PyTorch's",
    arguments: ["conv1d", "pools", "windows", "activations", "others", "random-layers"])
  func goldens(_ file: String) throws {
    for golden in try NetworkGolden.load(file) {
      let layer = try #require(golden.network.layers.first?.computation)
      let input = golden.input.values
      var run = try LayerRun(layer, input: golden.network.inputShape, count: golden.count)
      let parameters = hashedParameters(
        run.declarations.map { ($0.name, $0.count) }, seed: golden.seed)
      let shape = run.pass.output
      let label = Comment(rawValue: "\(golden.network)")
      run.forward(input, parameters)
      #expect(
        relativeDistance(run.output, channelsLast(golden.output, shape)) < tolerance, label)
      let upstream = hashedValues(run.output.count, seed: golden.seed + 2)
      run.backward(input, parameters, channelsLast(upstream, shape))
      let reference = channelsLast(golden.inputGradient ?? [], golden.network.inputShape)
      #expect(relativeDistance(run.inputGradient, reference) < tolerance, label)
      let gradient = Array(run.parameterGradient.dropFirst(3))
      #expect(relativeDistance(gradient, golden.parameterGradient) < tolerance, label)
      guard let inference = golden.inference else { continue }
      var other = try LayerRun(
        layer, input: golden.network.inputShape, count: golden.count, mode: .inference)
      other.forward(input, parameters)
      #expect(relativeDistance(other.output, channelsLast(inference, shape)) < tolerance, label)
    }
  }

  static let layers: [(NetworkDescription.Stage, Shape)] = [
    (.conv1d(Conv1d(outputChannels: 3, kernelSize: 4, stride: 2, padding: .zeros(2))), wide),
    (
      .conv1d(Conv1d(outputChannels: 2, kernelSize: 3, dilation: 3, padding: .circular)), wide
    ),
    (.conv1d(Conv1d(outputChannels: 2, kernelSize: 8, stride: 4, padding: .circular)), wide),
    (.maxPool1d(MaxPool1d(kernelSize: 4, stride: 2)), wide),
    (.maxPool1d(MaxPool1d(kernelSize: 5, stride: 3, padding: 2)), wide),
    (.averagePool1d(AveragePool1d(kernelSize: 5, stride: 2, padding: 2)), wide),
    (
      .averagePool1d(
        AveragePool1d(kernelSize: 5, stride: 3, padding: 2, countsPadding: false)), wide
    ),
    (.blurPool1d(BlurPool1d(kernelSize: 4, stride: 3)), wide),
    (.blurPool1d(BlurPool1d(kernelSize: 5, stride: 2, padding: .reflect)), wide),
    (.adaptivePolyphaseSampling1d(AdaptivePolyphaseSampling1d(stride: 3)), wide),
    (.globalPool1d(GlobalPool1d(.average)), wide),
    (.globalPool1d(GlobalPool1d(.maximum)), wide),
    (.globalPool1d(GlobalPool1d(.both)), wide),
    (.flatten(Flatten()), wide),
    (.linear(Linear(outputs: 3)), Shape(channels: 7, length: 1)),
    (.relu(ReLU()), wide),
    (.leakyRelu(LeakyReLU(slope: 0.2)), wide),
    (.dropout(Dropout(probability: 0.4)), wide),
    (.batchNorm1d(BatchNorm1d()), wide),
  ]
  private static let wide = Shape(channels: 3, length: 12)

  @Test("every layer's gradients are its central differences", arguments: layers)
  func differences(_ stage: NetworkDescription.Stage, _ shape: Shape) throws {
    let count = 2
    var run = try LayerRun(try #require(stage.computation), input: shape, count: count)
    // Distinct inputs a sixteenth apart, none zero, so that no step crosses a kink.
    var generator = SeededGenerator(seed: 5)
    var places = Array(0..<count * shape.count)
    generator.shuffle(&places)
    let input = places.map { (Float($0) - Float(places.count) / 2 + 0.5) / 16 }
    let parameters = hashedParameters(run.declarations.map { ($0.name, $0.count) }, seed: 9)
    run.forward(input, parameters)
    let upstream = hashedValues(run.output.count, seed: 3)
    run.backward(input, parameters, upstream)
    let inputGradient = run.inputGradient
    let parameterGradient = Array(run.parameterGradient.dropFirst(3))
    #expect(inputGradient.allSatisfy(\.isFinite) && parameterGradient.allSatisfy(\.isFinite))

    let step: Float = 1.0 / 64
    func loss(_ input: [Float], _ parameters: [Float]) -> Double {
      run.forward(input, parameters)
      return zip(run.output, upstream).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }
    // Outputs of some units rounded to 24 bits, divided by two steps, err by 1e-4; batch
    // normalisation's third derivative adds as much.
    let tolerance = 2e-3
    for index in input.indices {
      var (up, down) = (input, input)
      up[index] += step
      down[index] -= step
      let slope = (loss(up, parameters) - loss(down, parameters)) / Double(2 * step)
      #expect(abs(slope - Double(inputGradient[index])) < tolerance, "input \(index)")
    }
    var trainable: [Bool] = []
    for declaration in run.declarations {
      trainable += [Bool](repeating: declaration.isTrainable, count: declaration.count)
    }
    for index in parameters.indices where trainable[index] {
      var (up, down) = (parameters, parameters)
      up[index] += step
      down[index] -= step
      let slope = (loss(input, up) - loss(input, down)) / Double(2 * step)
      #expect(abs(slope - Double(parameterGradient[index])) < tolerance, "parameter \(index)")
    }
  }
}
