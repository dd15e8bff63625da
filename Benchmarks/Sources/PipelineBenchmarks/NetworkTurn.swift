import FoundationEssentials
import Glibc
import OpenBLASPeer
import SignalPipeline

/// One turn of psdpipe beside the programs of `Peers/network.py`: a process that warms up, works
/// for some seconds and answers with one line of JSON.
enum NetworkTurn {
  private static let usage = """
    usage: PipelineBenchmarks describe NETWORK
           PipelineBenchmarks training|inference NETWORK BATCH THREADS SECONDS
           PipelineBenchmarks products THREADS SECONDS
    NETWORK is the name of a preset or a JSON file.
    """

  /// Runs what the arguments ask for and prints its line, or what is wrong with them.
  static func answer(_ arguments: [String]) {
    do {
      if let line = try line(arguments) { return print(line) }
      print(usage)
    } catch {
      print("PipelineBenchmarks: \(arguments.joined(separator: " ")): \(error)")
    }
    exit(64)
  }

  /// Returns the line, or `nil` if the arguments make no sense.
  private static func line(_ arguments: [String]) throws -> String? {
    let numbers = arguments.dropFirst(arguments.first == "products" ? 1 : 2).map { Double($0) ?? 0 }
    guard numbers.allSatisfy({ $0 > 0 && $0 < 1e6 }) else { return nil }
    openblas_set_num_threads(1)
    switch (arguments.first, arguments.count) {
    case ("describe", 2):
      return try text(BenchmarkNetwork(arguments[1]).account)
    case ("training", 5):
      return try text(
        training(
          BenchmarkNetwork(arguments[1]), batch: Int(numbers[0]), threads: Int(numbers[1]),
          for: numbers[2]))
    case ("inference", 5):
      return try text(
        inference(
          BenchmarkNetwork(arguments[1]), batch: Int(numbers[0]), threads: Int(numbers[1]),
          for: numbers[2]))
    case ("products", 3):
      return try text(products(threads: Int(numbers[0]), for: numbers[1]))
    default: return nil
    }
  }

  /// Trains with Adam at a constant rate and takes the times from step to step within epochs, as
  /// the trainer reports them: features of the batch, forward and backward passes, the sum of
  /// the gradients and the update are inside, validation is not.
  private static func training(
    _ subject: BenchmarkNetwork, batch: Int, threads: Int, for seconds: Double
  ) throws -> TurnTimes.Answer {
    let examples = 8 * batch
    let dataset = subject.dataset(examples: examples + 4)
    let split = Split(
      training: Array(0..<examples), validation: Array(examples..<examples + 4), test: [])
    var configuration = TrainingConfiguration.default
    configuration.epochs = 1_000_000
    configuration.earlyStoppingPatience = nil
    configuration.batchSize = batch
    configuration.optimizer = .adam(Adam(learningRate: 1e-3))
    configuration.schedule = .constant
    var trainer = try Trainer(
      subject.network, features: subject.features, configuration: configuration)
    var times = TurnTimes(seconds: seconds)
    try trainer.train(on: dataset, split: split, workers: threads) { event in
      guard case .step(let report) = event else { return true }
      times.mark(isStart: report.step == 1)
      return !times.isComplete
    }
    return try times.answer(parameters: subject.network.parameterCount)
  }

  /// Computes logits as classification and evaluation do: parts of few examples, each on one
  /// thread, in memory that is kept.
  private static func inference(
    _ subject: BenchmarkNetwork, batch: Int, threads: Int, for seconds: Double
  ) throws -> TurnTimes.Answer {
    struct Lane: Sendable {
      var inputs: [Batch] = []
      var workspace: Network.Workspace
    }
    let network = subject.network
    let parts = Batching.parts(of: 0..<batch, atMost: network.inferenceBatch)
    var generator = SeededGenerator(seed: 1)
    let parameters = network.initialParameters(using: &generator)
    var lanes = (0..<min(threads, parts.count)).map { _ in
      Lane(workspace: network.makeWorkspace(count: parts[0].count))
    }
    for (index, part) in parts.enumerated() {
      lanes[index % lanes.count].inputs.append(subject.input(examples: part.count))
    }
    var times = TurnTimes(seconds: seconds)
    times.mark(isStart: true)
    while !times.isComplete {
      Parallel.forEach(&lanes, workers: lanes.count) { lane, _ in
        for input in lane.inputs {
          network.forward(
            input, parameters: parameters, mode: .inference, workspace: &lane.workspace)
        }
      }
      times.mark()
    }
    return try times.answer(parameters: network.parameterCount)
  }

  /// The rate of OpenBLAS's dense products.
  private struct Rate: Encodable {
    /// 10⁹ operations a second.
    var gflops: Double
  }

  private static func products(threads: Int, for seconds: Double) throws -> Rate {
    let products = DenseProducts(threads: threads)
    var times = TurnTimes(seconds: seconds)
    times.mark(isStart: true)
    while !times.isComplete {
      products.run()
      times.mark()
    }
    return Rate(gflops: products.flops / 1e9 / times.median)
  }

  private static func text(_ answer: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return String(decoding: try encoder.encode(answer), as: UTF8.self)
  }
}
