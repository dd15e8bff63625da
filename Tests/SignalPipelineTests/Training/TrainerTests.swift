import SignalPipeline
import Testing

@Suite struct TrainerTests {
  let dataset = TrainingProblem.dataset()

  func split() throws -> Split { try Split(of: dataset, seed: 1) }

  @Test("a separable problem is learnt to 100 %")
  func separable() throws {
    var trainer = try TrainingProblem.trainer(epochs: 40)
    let outcome = try trainer.train(on: dataset, split: split(), workers: 1)
    #expect(outcome == .finished)
    #expect(trainer.state.history.count == 40)
    let best = try #require(trainer.state.best)
    #expect(best.validationAccuracy == 1)
    let logits = try trainer.network.logits(
      of: dataset, examples: split().test, features: FeatureTransform(trainer.features),
      parameters: trainer.state.bestParameters, workers: 1)
    let score = SoftmaxCrossEntropy(classes: 3).score(
      logits: logits, labels: try split().test.map { dataset.labels[$0] })
    #expect(score.accuracy == 1)
  }

  @Test(
    "the state is the same to the last bit with one, two and five workers",
    arguments: TrainingProblem.recipes)
  func workers(recipe: TrainingProblem.Recipe) throws {
    let checkpoints = try [1, 2, 5].map { workers in
      var trainer = try TrainingProblem.trainer(epochs: 3, recipe: recipe)
      try trainer.train(on: dataset, split: split(), workers: workers)
      return try trainer.checkpoint.encoded(path: "memory")
    }
    #expect(checkpoints[0] == checkpoints[1])
    #expect(checkpoints[0] == checkpoints[2])
  }

  @Test(
    "two epochs and two more from the checkpoint's file are four epochs, to the last bit",
    arguments: TrainingProblem.recipes)
  func resuming(recipe: TrainingProblem.Recipe) throws {
    var whole = try TrainingProblem.trainer(epochs: 4, recipe: recipe)
    try whole.train(on: dataset, split: split(), workers: 2)

    var saved: [UInt8] = []
    var first = try TrainingProblem.trainer(epochs: 4, recipe: recipe)
    let outcome = try first.train(
      on: dataset, split: split(), workers: 1, report: { $0 != .checkpoint(epoch: 2) },
      save: { saved = try $0.encoded(path: "memory") })
    #expect(outcome == .stoppedByCaller)
    var second = try Trainer(resuming: Checkpoint(saved, path: "memory"))
    #expect(second.state.epoch == 2)
    #expect(try second.train(on: dataset, split: split(), workers: 1) == .finished)
    #expect(
      try second.checkpoint.encoded(path: "memory") == whole.checkpoint.encoded(path: "memory"))
  }

  @Test("an epoch that the caller stops is forgotten, and run again when training goes on")
  func stopping() throws {
    var whole = try TrainingProblem.trainer(epochs: 2)
    try whole.train(on: dataset, split: split(), workers: 1)
    var stopped = try TrainingProblem.trainer(epochs: 2)
    let outcome = try stopped.train(on: dataset, split: split(), workers: 1) { event in
      guard case .step(let step) = event else { return true }
      return step.epoch < 2 || step.step < 3
    }
    #expect(outcome == .stoppedByCaller)
    #expect(stopped.state.epoch == 1)
    try stopped.train(on: dataset, split: split(), workers: 1)
    #expect(stopped.checkpoint == whole.checkpoint)
  }

  @Test("each step, each epoch and each checkpoint is reported in order")
  func events() throws {
    var trainer = try TrainingProblem.trainer(epochs: 2)
    var events: [TrainingEvent] = []
    try trainer.train(on: dataset, split: split(), workers: 1) { event in
      events.append(event)
      return true
    } save: { _ in
    }
    // 36 training examples in batches of at most 8: five steps.
    #expect(events.count == 2 * (5 + 1 + 1))
    var examples = 0
    var correct = 0
    for (index, event) in events.enumerated() {
      let (epoch, place) = index.quotientAndRemainder(dividingBy: 7)
      switch event {
      case .step(let step):
        #expect(step.epoch == epoch + 1 && step.step == place + 1 && step.steps == 5)
        examples += step.examples
        correct += step.correct
      case .epoch(let report):
        #expect(place == 5 && report == trainer.state.history[epoch])
        #expect(report.trainingAccuracy == Double(correct) / 36)
        correct = 0
      case .checkpoint(let saved):
        #expect(place == 6 && saved == epoch + 1)
      }
    }
    #expect(examples == 2 * 36)
  }

  @Test("training stops when the validation loss has not fallen for as long as the patience")
  func patience() throws {
    // Validation labels that contradict the training's: the better the fit, the greater the loss.
    var dataset = dataset
    let split = try split()
    for example in split.validation { dataset.labels[example] = (dataset.labels[example] + 1) % 3 }
    var configuration = TrainingProblem.configuration(epochs: 200)
    configuration.earlyStoppingPatience = 3
    configuration.schedule = .constant
    var trainer = try Trainer(
      TrainingProblem.network(), features: TrainingProblem.features, configuration: configuration)
    #expect(try trainer.train(on: dataset, split: split, workers: 1) == .stoppedEarly)
    let best = try #require(trainer.state.best)
    #expect(trainer.state.epoch == best.epoch + 3)
    // Another call has nothing to do.
    #expect(try trainer.train(on: dataset, split: split, workers: 1) == .stoppedEarly)
  }

  @Test("logits come in the order that was asked for, whatever the number of threads")
  func logits() throws {
    let trainer = try TrainingProblem.trainer(epochs: 1)
    let transform = try FeatureTransform(trainer.features)
    let examples = Array((0..<60).reversed()) + [7]
    func logits(_ examples: [Int], workers: Int) throws -> [Float] {
      try trainer.network.logits(
        of: dataset, examples: examples, features: transform, parameters: trainer.state.parameters,
        workers: workers)
    }
    let all = try logits(examples, workers: 1)
    #expect(try logits(examples, workers: 3) == all)
    #expect(try logits([], workers: 2).isEmpty)
    for place in [0, 17, 60] {
      let own = try logits([examples[place]], workers: 1)
      for (a, b) in zip(own, all[place * 3..<place * 3 + 3]) {
        // Single precision; another batch size may sum in another order.
        #expect(abs(a - b) <= 1e-5 * max(1, abs(b)))
      }
    }
  }
}
