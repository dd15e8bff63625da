import SignalPipeline
import Testing

@Suite struct TrainerErrorTests {
  let dataset = TrainingProblem.dataset()

  @Test("a loss that is not finite names epoch and batch and keeps the best parameters")
  func divergence() throws {
    let split = try Split(of: dataset, seed: 1)
    var trainer = try TrainingProblem.trainer(epochs: 3)
    try trainer.train(on: dataset, split: split, workers: 1) { event in
      if case .epoch = event { false } else { true }
    }
    var checkpoint = trainer.checkpoint
    // Beyond the floats, so that the first step of the next epoch leaves no finite parameter.
    checkpoint.configuration.optimizer.learningRate = 1e300
    checkpoint.configuration.optimizer.weightDecay = 0
    checkpoint.configuration.schedule = .constant
    var wild = try Trainer(resuming: checkpoint)
    let error = #expect(throws: TrainingError.self) {
      try wild.train(on: dataset, split: split, workers: 1)
    }
    guard case .divergedInTraining(epoch: 2, batch: 2, let loss) = error else {
      Issue.record("another error: \(String(describing: error))")
      return
    }
    #expect(!loss.isFinite)
    #expect(wild.state.bestParameters == trainer.state.bestParameters)
    #expect(wild.state.epoch == 1)
    #expect(error?.description.contains("epoch 2 is") == true)
  }

  @Test("a validation loss that is not finite names the epoch")
  func validationDivergence() throws {
    var configuration = TrainingProblem.configuration(epochs: 1)
    configuration.batchSize = 64
    configuration.optimizer.learningRate = 1e300
    configuration.optimizer.weightDecay = 0
    configuration.schedule = .constant
    var trainer = try Trainer(
      TrainingProblem.network(), features: TrainingProblem.features, configuration: configuration)
    let before = trainer.state.bestParameters
    let error = #expect(throws: TrainingError.self) {
      try trainer.train(on: dataset, split: Split(of: dataset, seed: 1), workers: 1)
    }
    guard case .divergedInValidation(epoch: 1, _) = error else {
      Issue.record("another error: \(String(describing: error))")
      return
    }
    #expect(trainer.state.bestParameters == before)
  }

  @Test("parts that do not fit each other are named")
  func mismatches() throws {
    let network = try TrainingProblem.network()
    let configuration = TrainingProblem.configuration(epochs: 1)
    let split = try Split(of: dataset, seed: 1)
    func message(_ body: () throws -> Void) -> String {
      #expect(throws: TrainingError.self, performing: body)?.description ?? ""
    }
    var wide = TrainingProblem.features
    wide.bins = 128
    #expect(
      message { _ = try Trainer(network, features: wide, configuration: configuration) }
        .contains("(1, 128)"))
    #expect(
      message {
        _ = try Trainer(
          network, features: TrainingProblem.features, configuration: configuration,
          parameters: [1])
      }.contains("1 parameters"))
    wide.binsPerFeature = 2
    #expect(
      message {
        var trainer = try Trainer(network, features: wide, configuration: configuration)
        try trainer.train(on: dataset, split: split, workers: 1)
      }.contains("64 bins"))

    var bursty = TrainingProblem.features
    bursty.channels = [.mean, .maximum]
    var description = network.description
    description.inputShape.channels = 2
    #expect(
      message {
        var trainer = try Trainer(
          Network(description), features: bursty, configuration: configuration)
        try trainer.train(on: dataset, split: split, workers: 1)
      }.contains("spectra are mean; the features are made of mean,max"))

    func training(_ dataset: Dataset, _ split: Split) -> String {
      message {
        var trainer = try TrainingProblem.trainer(epochs: 1)
        try trainer.train(on: dataset, split: split, workers: 1)
      }
    }
    let two = TrainingProblem.dataset(classes: 2)
    #expect(try training(two, Split(of: two, seed: 1)).contains("2 classes"))
    #expect(
      training(dataset, Split(training: [], validation: [1], test: [])).contains("0 examples"))
    #expect(
      training(dataset, Split(training: [0], validation: [60], test: [])).contains("example 60"))
    var stray = dataset
    stray.labels[5] = 3
    #expect(
      training(stray, Split(training: [5], validation: [1], test: [])).contains("example 5"))
  }

  @Test("going on with another split is refused")
  func otherSplit() throws {
    var trainer = try TrainingProblem.trainer(epochs: 2)
    try trainer.train(on: dataset, split: Split(of: dataset, seed: 1), workers: 1) { event in
      if case .epoch = event { false } else { true }
    }
    var resumed = try Trainer(resuming: trainer.checkpoint)
    let error = #expect(throws: TrainingError.self) {
      try resumed.train(on: dataset, split: Split(of: dataset, seed: 2), workers: 1)
    }
    #expect(error?.description.contains("split") == true)
  }

  @Test("going on with other examples of the same labels is refused")
  func otherExamples() throws {
    let split = try Split(of: dataset, seed: 1)
    var trainer = try TrainingProblem.trainer(epochs: 2)
    try trainer.train(on: dataset, split: split, workers: 1) { event in
      if case .epoch = event { false } else { true }
    }
    let turned = Dataset(
      spectrum: dataset.spectrum, classes: dataset.classes,
      density: try (0..<dataset.count).flatMap { try dataset.spectra.values(of: $0).reversed() },
      labels: dataset.labels)
    var resumed = try Trainer(resuming: trainer.checkpoint)
    let error = #expect(throws: TrainingError.self) {
      try resumed.train(on: turned, split: split, workers: 1)
    }
    #expect(error?.description.contains("other examples") == true)
    #expect(throws: Never.self) { try resumed.train(on: dataset, split: split, workers: 1) }
  }

  @Test("a class that is missing from training or validation is named")
  func missingClass() throws {
    let split = try Split(of: dataset, seed: 1)
    func message(_ change: (inout Split) -> Void) -> String {
      var split = split
      change(&split)
      return #expect(throws: TrainingError.self) {
        var trainer = try TrainingProblem.trainer(epochs: 1)
        try trainer.train(on: dataset, split: split, workers: 1)
      }?.description ?? ""
    }
    #expect(
      message { $0.training.removeAll { dataset.labels[$0] == 2 } }
        == "class wide has no training example; each class needs one")
    #expect(
      message { $0.validation.removeAll { dataset.labels[$0] == 0 } }
        == "class narrow has no validation example; each class needs one")
  }

  @Test("what the sink throws ends the training, with the epoch kept")
  func sink() throws {
    struct Full: Error {}
    var trainer = try TrainingProblem.trainer(epochs: 2)
    #expect(throws: Full.self) {
      try trainer.train(
        on: dataset, split: Split(of: dataset, seed: 1), workers: 1, save: { _ in throw Full() }
      )
    }
    #expect(trainer.state.epoch == 1)
  }

  @Test("a configuration out of range names its field")
  func configuration() {
    func field(_ change: (inout TrainingConfiguration) -> Void) -> String? {
      var configuration = TrainingConfiguration.default
      change(&configuration)
      return #expect(throws: ConfigurationError.self) { try configuration.validate() }?.field
    }
    #expect(throws: Never.self) { try TrainingConfiguration.default.validate() }
    #expect(field { $0.epochs = 0 } == "epochs")
    #expect(field { $0.batchSize = 0 } == "batchSize")
    #expect(field { $0.microBatchSize = -1 } == "microBatchSize")
    #expect(field { $0.earlyStoppingPatience = 0 } == "earlyStoppingPatience")
    #expect(field { $0.batchNormMomentum = .nan } == "batchNormMomentum")
    #expect(field { $0.optimizer.learningRate = -1 } == "learningRate")
    #expect(field { $0.schedule = .oneCycle(warmUpShare: 2) } == "warmUpShare")
    #expect(field { $0.warmUp = 1 } == "warmUp")
    #expect(field { $0.clipNorm = 0 } == "clipNorm")
    #expect(field { $0.clipNorm = .nan } == "clipNorm")
    #expect(field { $0.labelSmoothing = 1 } == "labelSmoothing")
    #expect(field { $0.classWeights = .given([1, 0]) } == "classWeights")
    #expect(field { $0.classWeights = .given([1, .infinity]) } == "classWeights")
    #expect(field { $0.classWeights = .given([]) } == "classWeights")
    #expect(field { $0.optimizer = .sgd(SGD(learningRate: 1, momentum: 1)) } == "momentum")
  }

  @Test("class weights that the dataset's classes do not fit are told")
  func classWeights() throws {
    func message(_ weights: ClassWeights, _ split: Split) -> String {
      #expect(throws: TrainingError.self) {
        var configuration = TrainingProblem.configuration(epochs: 1)
        configuration.classWeights = weights
        var trainer = try Trainer(
          TrainingProblem.network(), features: TrainingProblem.features,
          configuration: configuration)
        try trainer.train(on: dataset, split: split, workers: 1)
      }?.description ?? ""
    }
    let split = try Split(of: dataset, seed: 1)
    #expect(message(.given([1, 2]), split).contains("2 class weights; the dataset has 3 classes"))
    let without = Split(
      training: split.training.filter { dataset.labels[$0] != 1 }, validation: split.validation,
      test: [])
    #expect(message(.balanced, without).contains("class medium has no training example"))
  }

  @Test("a checkpoint whose configuration has been given another optimiser is refused")
  func otherOptimizer() throws {
    var checkpoint = try TrainingProblem.trainer(epochs: 1).checkpoint
    checkpoint.configuration.optimizer = .sgd(.default)
    let error = #expect(throws: TrainingError.self) { try Trainer(resuming: checkpoint) }
    #expect(error?.description.contains("optimizer") == true)
    #expect(throws: FileError.self) { try checkpoint.encoded(path: "memory") }
  }
}
