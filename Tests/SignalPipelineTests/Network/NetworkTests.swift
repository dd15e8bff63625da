import Foundation
import SignalPipeline
import Testing

@Suite struct NetworkTests {
  // A float32 sum of a hundred rounded terms errs by some 1e-6 of its norm.
  private let tolerance = 1e-5

  @Test(
    "whole networks give PyTorch's logits, loss gradient and gradients",
    arguments: ["networks", "windowed-networks", "random-networks"])
  func goldens(_ file: String) throws {
    for golden in try NetworkGolden.load(file) {
      let network = try Network(golden.network)
      let hashed = hashedParameters(
        network.parameters.map { ($0.name, $0.range.count) }, seed: golden.seed)
      let parameters = network.parameters.flatMap { $0.stored(Array(hashed[$0.range])) }
      let classes = network.outputShape.channels
      var workspace = network.makeWorkspace(count: golden.count + 2)
      var gradient = [Float](repeating: .nan, count: network.parameterCount)
      let input = golden.input
      // The second run reuses the buffers, the first having left its values in them.
      for _ in 0..<2 {
        network.forward(input, parameters: parameters, mode: .training, workspace: &workspace)
        let logits = Array(workspace.logits.prefix(golden.count * classes))
        #expect(relativeDistance(logits, golden.output) < tolerance)
        let loss = crossEntropyGradient(logits, classes: classes)
        #expect(relativeDistance(loss, golden.logitsGradient ?? []) < tolerance)
        workspace.logitsGradient.replaceSubrange(0..<loss.count, with: loss)
        network.backward(
          input, parameters: parameters, workspace: &workspace, parameterGradient: &gradient)
        let ordered = network.parameters.flatMap { $0.inPyTorchOrder(Array(gradient[$0.range])) }
        #expect(relativeDistance(ordered, golden.parameterGradient) < tolerance)
      }
      guard let inference = golden.inference else { continue }
      network.forward(input, parameters: parameters, mode: .inference, workspace: &workspace)
      let logits = Array(workspace.logits.prefix(golden.count * classes))
      #expect(relativeDistance(logits, inference) < tolerance)
    }
  }

  private func crossEntropyGradient(_ logits: [Float], classes: Int) -> [Float] {
    let count = logits.count / classes
    return (0..<count).flatMap { n in
      let row = logits[n * classes..<(n + 1) * classes].map { exp(Double($0)) }
      let sum = row.reduce(0, +)
      return row.indices.map { c in
        Float((row[c] / sum - (c == n % classes ? 1 : 0)) / Double(count))
      }
    }
  }

  @Test("the named architectures have the documented sizes")
  func architectures() throws {
    let sizes: [(name: String, parameters: Int, megaflops: Double)] = [
      ("aps", 8940, 7.8), ("blurpool", 8940, 7.9), ("default", 7952, 3.9), ("dilated", 7268, 7.1),
      ("founding", 1_038_916, 134.2),
      ("founding-gap", 8516, 132.2), ("founding-gmp", 8516, 132.2),
      ("founding-relu", 1_038_916, 134.2), ("keras-100", 780_036, 3.8),
      ("keras-1024", 16_552_196, 212.5), ("keras-20", 37_636, 0.1),
      ("keras-256", 2_057_988, 10.3), ("keras-50x3", 99_268, 0.2),
      ("keras-64", 127_748, 0.3), ("strided-32", 76_004, 11.5),
      ("strided-32-gap", 60_132, 11.5), ("strided-64", 67_812, 5.7),
      ("strided-64-gap", 60_132, 5.8), ("strided-96", 64_996, 3.7),
      ("strided-96-gap", 60_132, 3.7),
    ]
    #expect(Architecture.allCases.map(\.rawValue).sorted() == sizes.map(\.name))
    for size in sizes {
      let network = try Network(Architecture(named: size.name).description(classes: 4))
      let trainable = network.parameters.filter(\.isTrainable).reduce(0) { $0 + $1.range.count }
      #expect(trainable == size.parameters, "\(size.name)")
      let flops = network.summary.reduce(0) { $0 + $1.flops }
      // The documentation tells one decimal.
      #expect(abs(Double(flops) / 1e6 - size.megaflops) < 0.06, "\(size.name): \(flops)")
      // The pools of the largest leave out the last positions, which fill no window.
      let seen = size.name == "keras-1024" ? 1014 : network.inputShape.length
      #expect(network.summary.last?.receptiveField == seen)
      #expect(network.outputShape == Shape(channels: 4, length: 1))
      #expect(network.parameters.last?.range.upperBound == network.parameterCount)
    }
    let founding = try Network(Architecture.founding.description(classes: 4))
    #expect(
      founding.summary.map(\.outputShape) == [
        Shape(channels: 64, length: 8067), Shape(channels: 64, length: 4026),
        Shape(channels: 257_664, length: 1), Shape(channels: 4, length: 1),
      ])
    #expect(founding.summary.map(\.receptiveField) == [128, 143, 8192, 8192])
    #expect(founding.parameters.allSatisfy { $0.isTrainable })
    let standard = try Network(Architecture.standard.description(classes: 4))
    #expect(standard.summary.filter { $0.name == "relu" }.last?.receptiveField == 528)
    #expect(standard.parameters.contains { $0.name == "6.0.weight" && $0.shape == [20, 20, 3] })
  }

  @Test(
    "every architecture's features fit its network, within a whole model",
    arguments: Architecture.allCases)
  func features(architecture: Architecture) throws {
    let description = architecture.description(classes: 2)
    let spectrum = SpectrumConfiguration(
      bins: architecture.features.bins, overlap: 0, window: .hann)
    var generator = SeededGenerator(seed: 1)
    let model = Model(
      network: description,
      parameters: try Network(description).initialParameters(using: &generator),
      features: architecture.features, spectrum: spectrum, classes: ["a", "b"],
      provenance: Provenance(version: "0", recipe: "untrained", dataset: "none"))
    #expect(try model.makeNetwork().inputShape == architecture.features.shape)
    // The founding question's networks see the spectrum where it was measured.
    #expect(architecture.features.roll == (architecture == .standard ? .canonical : .none))
  }

  @Test("what a global pool's values see is told, and nothing where positions stay apart")
  func pooledField() throws {
    func field(_ architecture: Architecture) throws -> (pool: LayerSummary, positions: Int)? {
      try Network(architecture.description(classes: 4)).pooledField
    }
    #expect(try field(.foundingAveraged)?.positions == 143)
    #expect(try field(.foundingAveraged)?.pool.place == "2")
    #expect(try field(.standard)?.positions == 528)
    #expect(try field(.founding) == nil && field(.keras50x3) == nil)
    let first = NetworkDescription(
      inputShape: Shape(channels: 2, length: 9),
      layers: [.globalPool1d(GlobalPool1d(.maximum)), .linear(Linear(outputs: 2))])
    #expect(try Network(first).pooledField?.positions == 1)
  }

  @Test("an unknown architecture's error lists the names")
  func unknownArchitecture() {
    let error = #expect(throws: ConfigurationError.self) { try Architecture(named: "resnet") }
    #expect(error?.description.contains("default, founding, founding-relu, founding-gap") == true)
  }

  @Test("the same seed gives the same parameters, within PyTorch's bounds")
  func initialParameters() throws {
    let network = try Network(Architecture.standard.description(classes: 4))
    var a = SeededGenerator(seed: 1)
    var b = SeededGenerator(seed: 1)
    let values = network.initialParameters(using: &a)
    #expect(values == network.initialParameters(using: &b))
    #expect(values.count == network.parameterCount)
    for parameter in network.parameters {
      let part = values[parameter.range]
      switch parameter.name {
      case "0.weight", "0.bias":
        // fan-in 16
        #expect(part.allSatisfy { abs($0) <= 0.25 })
      case "1.weight", "1.running_var": #expect(part.allSatisfy { $0 == 1 })
      case "1.bias", "1.running_mean": #expect(part.allSatisfy { $0 == 0 })
      default: break
      }
    }
    let weights = values[network.parameters[0].range].map(Double.init)
    // A uniform law of ±1/4 has the mean square 1/48; 192 draws scatter by 6 % of it.
    let square = weights.reduce(0) { $0 + $1 * $1 } / Double(weights.count)
    #expect(abs(square * 48 - 1) < 0.3)
  }

  @Test("an example's logits do not depend on its company")
  func company() throws {
    let network = try Network(Architecture.standard.description(classes: 4))
    var generator = SeededGenerator(seed: 2)
    let parameters = network.initialParameters(using: &generator)
    var many = Batch(count: 3, shape: network.inputShape)
    many.values = hashedValues(many.values.count, seed: 4)
    var workspace = network.makeWorkspace(count: 3)
    network.forward(many, parameters: parameters, mode: .inference, workspace: &workspace)
    let together = workspace.logits
    for n in 0..<3 {
      var one = Batch(count: 1, shape: network.inputShape)
      one.values = Array(many.values[n * one.shape.count..<(n + 1) * one.shape.count])
      network.forward(one, parameters: parameters, mode: .inference, workspace: &workspace)
      let alone = Array(workspace.logits.prefix(4))
      // The convolutions go example by example; the last product may sum in another order.
      #expect(relativeDistance(alone, Array(together[n * 4..<n * 4 + 4])) < 1e-6)
    }
  }

  /// Networks whose large layers take the examples one by one, with and without a residual.
  static let large = [
    Architecture.founding.description(classes: 3),
    NetworkDescription(
      inputShape: Shape(channels: 2, length: 9000),
      layers: [
        .conv1d(Conv1d(outputChannels: 8, kernelSize: 6, stride: 1, padding: .circular)),
        .residual(
          Residual([
            .conv1d(Conv1d(outputChannels: 8, kernelSize: 3, dilation: 2, padding: .circular)),
            .relu(ReLU()),
          ])), .maxPool1d(MaxPool1d(kernelSize: 12, stride: 3)), .relu(ReLU()),
        .flatten(Flatten()), .relu(ReLU()), .linear(Linear(outputs: 3)),
      ]),
    NetworkDescription(
      inputShape: Shape(channels: 2, length: 36000),
      layers: [
        .conv1d(Conv1d(outputChannels: 8, kernelSize: 6, stride: 2, padding: .circular)),
        .leakyRelu(LeakyReLU()), .dropout(Dropout(probability: 0.25)),
        .averagePool1d(
          AveragePool1d(kernelSize: 5, stride: 1, padding: 2, countsPadding: false)),
        .maxPool1d(MaxPool1d(kernelSize: 3, stride: 1, padding: 1)),
        .blurPool1d(BlurPool1d(kernelSize: 3, stride: 1)),
        .adaptivePolyphaseSampling1d(AdaptivePolyphaseSampling1d(stride: 2)),
        .dropout(Dropout(probability: 0.5)), .flatten(Flatten()), .linear(Linear(outputs: 3)),
      ]),
    NetworkDescription(
      inputShape: Shape(channels: 2, length: 9000),
      layers: [
        .conv1d(Conv1d(outputChannels: 8, kernelSize: 6, padding: .circular)),
        .residual(
          Residual([
            .conv1d(Conv1d(outputChannels: 8, kernelSize: 3, padding: .circular)),
            .maxPool1d(MaxPool1d(kernelSize: 1, stride: 1)),
          ])),
        .residual(Residual([.maxPool1d(MaxPool1d(kernelSize: 3, stride: 1, padding: 1))])),
        .conv1d(Conv1d(outputChannels: 8, kernelSize: 1)),
        .globalPool1d(GlobalPool1d(.maximum)), .linear(Linear(outputs: 3)),
      ]),
  ]

  @Test("a batch's gradient is the sum of its examples'", arguments: large)
  func sums(description: NetworkDescription) throws {
    let network = try Network(description)
    var generator = SeededGenerator(seed: 6)
    let parameters = network.initialParameters(using: &generator)
    var workspace = network.makeWorkspace(count: 3)
    func gradient(_ examples: Range<Int>) -> [Float] {
      var input = Batch(count: examples.count, shape: network.inputShape)
      let values = hashedValues(3 * input.shape.count, seed: 7)
      let range = examples.lowerBound * input.shape.count..<examples.upperBound * input.shape.count
      input.values = Array(values[range])
      network.forward(
        input, parameters: parameters, mode: .training,
        keys: examples.map { UInt64($0) }, workspace: &workspace)
      let slopes = hashedValues(9, seed: 8)
      for index in 0..<examples.count * 3 {
        workspace.logitsGradient[index] = slopes[examples.lowerBound * 3 + index]
      }
      var result = [Float](repeating: .nan, count: network.parameterCount)
      network.backward(
        input, parameters: parameters, workspace: &workspace, parameterGradient: &result)
      return result
    }
    let together = gradient(0..<3)
    var sum = [Float](repeating: 0, count: network.parameterCount)
    for n in 0..<3 {
      for (index, value) in gradient(n..<n + 1).enumerated() { sum[index] += value }
    }
    // Sums of some thousand terms in another order.
    #expect(relativeDistance(together, sum) < 1e-5)
  }

  @Test("a batch of none gives a zero gradient")
  func none() throws {
    let network = try Network(Architecture.foundingAveraged.description(classes: 2))
    let input = Batch(count: 0, shape: network.inputShape)
    var generator = SeededGenerator(seed: 3)
    let parameters = network.initialParameters(using: &generator)
    var workspace = network.makeWorkspace(count: 1)
    var gradient = [Float](repeating: 1, count: network.parameterCount)
    network.forward(input, parameters: parameters, mode: .training, workspace: &workspace)
    network.backward(
      input, parameters: parameters, workspace: &workspace, parameterGradient: &gradient)
    #expect(gradient.allSatisfy { $0 == 0 })
  }
}
