import SignalPipeline
import Testing

@Suite struct TenStepsTests {
  struct Golden: Decodable {
    struct Run: Decodable {
      var initial: [String: [Float]]
      var losses: [Double]
      var validation: [Double]
      var epsilon: Double
      var running: [String: [Float]]
    }
    var bins: Int
    var density: [Float]
    var labels: [Int]
    var runs: [String: Run]
  }

  static let networks = [
    "founding": """
    {"inputShape":{"channels":1,"length":48},"layers":[
    {"layer":"conv1d","outputChannels":4,"kernelSize":8,"padding":1},
    {"layer":"maxPool1d","kernelSize":8,"stride":2},{"layer":"flatten"},
    {"layer":"linear","outputs":3}]}
    """,
    "batchNorm": """
    {"inputShape":{"channels":1,"length":48},"layers":[
    {"layer":"conv1d","outputChannels":5,"kernelSize":4,"stride":4},
    {"layer":"batchNorm1d"},{"layer":"relu"},{"layer":"flatten"},
    {"layer":"linear","outputs":3}]}
    """,
  ]

  /// The recipes of `recipes.json`; a step is an epoch.
  static let recipes: [String: TrainingConfiguration] = {
    func recipe(
      _ optimizer: Optimizer.Method, _ schedule: LearningRateSchedule,
      _ change: (inout TrainingConfiguration) -> Void = { _ in }
    ) -> TrainingConfiguration {
      var configuration = TrainingConfiguration(
        epochs: 10, batchSize: 12, microBatchSize: 12, optimizer: optimizer, schedule: schedule)
      change(&configuration)
      return configuration
    }
    return [
      "sgd": recipe(.sgd(SGD(learningRate: 0.05, weightDecay: 0.01)), .constant),
      "nesterov": recipe(
        .sgd(SGD(learningRate: 0.1, momentum: 0.8, nesterov: true)), .cosine()
      ) {
        $0.clipNorm = 0.3
        $0.classWeights = .given([1, 2, 0.5])
      },
      "adam": recipe(
        .adam(Adam(learningRate: 0.01, weightDecay: 0.01, decouplesDecay: false)),
        .step(epochs: 3, factor: 0.5)
      ) { $0.labelSmoothing = 0.1 },
      "adamW": recipe(.adam(Adam(learningRate: 0.01, weightDecay: 0.01)), .cosine()) {
        $0.warmUp = 0.3
        $0.clipNorm = 0.5
        $0.labelSmoothing = 0.2
        $0.classWeights = .given([1, 2, 0.5])
      },
    ]
  }()

  /// Trains on the first 12 examples, each epoch one step of one batch, as the golden did.
  private func train(
    _ name: String, microBatchSize: Int, recipe: TrainingConfiguration? = nil
  ) throws -> (Golden.Run, Trainer) {
    let golden = try trainingGolden("ten-steps", as: Golden.self)
    let run = try #require(golden.runs[name])
    let dataset = Dataset(
      spectrum: SpectrumConfiguration(bins: golden.bins, overlap: 0, window: .hann),
      classes: ["a", "b", "c"], density: golden.density, labels: golden.labels)
    let network = try Network(describing: #require(Self.networks[name]))
    var parameters = [Float](repeating: .nan, count: network.parameterCount)
    for parameter in network.parameters {
      let initial = try #require(run.initial[parameter.name])
      parameters.replaceSubrange(parameter.range, with: parameter.stored(initial))
    }
    var configuration =
      recipe
      ?? TrainingConfiguration(
        epochs: 10, batchSize: 12, microBatchSize: microBatchSize,
        optimizer: .adam(
          Adam(learningRate: 0.01, epsilon: run.epsilon, weightDecay: 0.01)),
        schedule: .constant)
    configuration.microBatchSize = microBatchSize
    var trainer = try Trainer(
      network,
      features: FeatureConfiguration(
        bins: golden.bins, roll: .none, binsPerFeature: 1, normalization: .linearMinMax),
      configuration: configuration, parameters: parameters)
    try trainer.train(
      on: dataset, split: Split(training: Array(0..<12), validation: Array(12..<18), test: []),
      workers: 2)
    return (run, trainer)
  }

  @Test(
    "ten steps of the founding network in small follow PyTorch, cut into micro-batches or not",
    arguments: [3, 5, 12])
  func founding(microBatchSize: Int) throws {
    let (golden, trainer) = try train("founding", microBatchSize: microBatchSize)
    for (report, (loss, validation)) in zip(
      trainer.state.history, zip(golden.losses, golden.validation))
    {
      // Single precision against double; Adam turns roundings of tiny gradients into steps.
      #expect(abs(report.trainingLoss - loss) < 1e-4)
      #expect(abs(report.validationLoss - validation) < 1e-4)
    }
  }

  struct RecipeGolden: Decodable {
    var losses: [Double]
    var validation: [Double]
  }

  @Test(
    "ten steps with other recipes follow PyTorch, cut into micro-batches or not",
    arguments: recipes.keys.sorted(), [3, 5, 12])
  func recipe(name: String, microBatchSize: Int) throws {
    let golden = try #require(trainingGolden("recipes", as: [String: RecipeGolden].self)[name])
    let (_, trainer) = try train(
      "founding", microBatchSize: microBatchSize, recipe: Self.recipes[name])
    #expect(trainer.state.history.count == golden.losses.count)
    for (report, (loss, validation)) in zip(
      trainer.state.history, zip(golden.losses, golden.validation))
    {
      // As above.
      #expect(abs(report.trainingLoss - loss) < 1e-4)
      #expect(abs(report.validationLoss - validation) < 1e-4)
    }
  }

  @Test("ten steps with batch norm follow PyTorch, with the running statistics")
  func batchNorm() throws {
    let (golden, trainer) = try train("batchNorm", microBatchSize: 12)
    for (report, (loss, validation)) in zip(
      trainer.state.history, zip(golden.losses, golden.validation))
    {
      // As above.
      #expect(abs(report.trainingLoss - loss) < 1e-4)
      #expect(abs(report.validationLoss - validation) < 1e-4)
    }
    let statistics = trainer.network.parameters.filter { !$0.isTrainable }
    #expect(Set(statistics.map(\.name)) == Set(golden.running.keys))
    for parameter in statistics {
      let expected = try #require(golden.running[parameter.name])
      for (a, b) in zip(trainer.state.parameters[parameter.range], expected) {
        // As above.
        #expect(abs(a - b) < 1e-4)
      }
    }
  }
}
