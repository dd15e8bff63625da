import SignalPipeline

/// A network's training and inference, beside dense products of as many operations.
struct NetworkBenchmark {
  /// Which network.
  var architecture: Architecture

  /// How many examples one run trains on.
  var examples: Int

  /// Returns lines for training on one and two threads and for inference, and the limits' rates.
  ///
  /// A share is the time that OpenBLAS's products of 512 × 512 matrices would need for the
  /// operations of a dense forward pass (three times as many for training), over the time needed.
  func lines() throws -> [String] {
    let network = try Network(architecture.description(classes: 4))
    let flops = Double(network.summary.reduce(0) { $0 + $1.flops })
    let inference = Inference(network)
    let repeats = 20
    let products = [1, 2].map { DenseProducts(threads: $0) }
    let training = try Training(network, architecture.features, examples: examples)
    let times = try Stopwatch(rounds: 9).times(of: [
      .init(name: "training, 1 thread") { try training.run(workers: 1) },
      .init(name: "training, 2 threads") { try training.run(workers: 2) },
      .init(name: "inference") { for _ in 0..<repeats { inference.run() } },
      .init(name: "products, 1 thread", run: products[0].run),
      .init(name: "products, 2 threads", run: products[1].run),
    ])
    func share(_ work: Double, _ time: Stopwatch.Times, threads: Int) -> String {
      let rate = products[threads - 1].flops / times[2 + threads].median
      return NumberText.percent(work * flops / rate / time.median, decimals: 0) + " of products"
    }
    let trained = Double(examples)
    let name = architecture.rawValue
    return [
      Table.rate(
        "\(name): training, 1 thread", trained, "examples/s", in: times[0],
        note: share(3 * trained, times[0], threads: 1)),
      Table.rate(
        "\(name): training, 2 threads", trained, "examples/s", in: times[1],
        note: share(3 * trained, times[1], threads: 2)),
      Table.duration(
        "\(name): inference, one example", of: Double(repeats), in: times[2],
        note: share(Double(repeats), times[2], threads: 1)),
      Table.rate("products, 1 thread", products[0].flops / 1e9, "GFLOP/s", in: times[3]),
      Table.rate("products, 2 threads", products[1].flops / 1e9, "GFLOP/s", in: times[4]),
    ]
  }

  /// One epoch of the default recipe on spectra of noise, features and updates included.
  private struct Training {
    private let trainer: Trainer
    private let dataset: Dataset
    private let split: Split

    init(_ network: Network, _ features: FeatureConfiguration, examples: Int) throws {
      let validation = 4
      var generator = SeededGenerator(seed: 1)
      let spectrum = SpectrumConfiguration.default
      let count = examples + validation
      dataset = Dataset(
        spectrum: spectrum, classes: ["a", "b", "c", "d"],
        density: (0..<count * spectrum.bins).map { _ in Float(generator.uniform(0.5...1.5)) },
        labels: (0..<count).map { $0 % 4 })
      split = Split(
        training: Array(0..<examples), validation: Array(examples..<count), test: [])
      var configuration = TrainingConfiguration.default
      configuration.epochs = 1
      trainer = try Trainer(network, features: features, configuration: configuration)
    }

    func run(workers: Int) throws {
      var trainer = trainer
      try trainer.train(on: dataset, split: split, workers: workers)
    }
  }

  /// Forward passes of one example.
  private final class Inference {
    private let network: Network
    private let parameters: [Float]
    private let input: Batch
    private var workspace: Network.Workspace

    init(_ network: Network) {
      var generator = SeededGenerator(seed: 1)
      self.network = network
      parameters = network.initialParameters(using: &generator)
      var input = Batch(count: 1, shape: network.inputShape)
      for index in input.values.indices { input.values[index] = Float(generator.uniform()) }
      self.input = input
      workspace = network.makeWorkspace(count: 1)
    }

    func run() {
      network.forward(input, parameters: parameters, mode: .inference, workspace: &workspace)
    }
  }
}
