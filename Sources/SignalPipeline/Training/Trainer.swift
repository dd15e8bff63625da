/// Fits a network's parameters to the training examples of a dataset.
///
/// The trainer holds the state after the last finished epoch. Whatever ends a training (all
/// epochs run, the caller, early stopping, an error), ``state`` stays valid: its best parameters
/// can be used and the training can go on from it, bit for bit as if it had not been interrupted.
public struct Trainer: Sendable {
  /// What is trained.
  public let network: Network

  /// How spectra become the network's input.
  public let features: FeatureConfiguration

  /// How the network is trained.
  public let configuration: TrainingConfiguration

  /// What has been reached after the last finished epoch.
  public private(set) var state: TrainingState

  private let transform: FeatureTransform

  /// Creates a trainer before its first epoch.
  ///
  /// - Parameters:
  ///   - network: What is trained.
  ///   - features: How spectra become the network's input.
  ///   - configuration: How the network is trained.
  ///   - parameters: Where training starts; `nil` draws them from the configuration's seed.
  /// - Throws: ``ConfigurationError`` for a configuration that makes no sense or an augmentation
  ///   that the features do not take, ``TrainingError``
  ///   of kind `mismatch` when network, features and parameters don't fit each other.
  public init(
    _ network: Network, features: FeatureConfiguration, configuration: TrainingConfiguration,
    parameters: [Float]? = nil
  ) throws {
    try configuration.validate()
    try configuration.augmentation?.check(features)
    transform = try FeatureTransform(features)
    var generator = SeededGenerator(seed: configuration.seed, stream: 1)
    let parameters = parameters ?? network.initialParameters(using: &generator)
    try network.checkFit(features, parameters: parameters)
    self.network = network
    self.features = features
    self.configuration = configuration
    state = TrainingState(parameters: parameters, optimizer: configuration.optimizer)
  }

  /// Creates a trainer that goes on from a checkpoint.
  ///
  /// - Throws: As ``init(_:features:configuration:parameters:)``, also when the configuration has
  ///   been given another optimiser; ``NetworkError`` when the checkpoint's network can't be built.
  public init(resuming checkpoint: Checkpoint) throws {
    try self.init(
      Network(checkpoint.network), features: checkpoint.features,
      configuration: checkpoint.configuration, parameters: checkpoint.state.parameters)
    state = checkpoint.state
    guard state.optimizer.goesOn(with: configuration.optimizer) else {
      throw TrainingError.mismatch(
        "the checkpoint's optimizer state is not that of the configuration's optimizer")
    }
    // The caller may have changed the constants since.
    state.optimizer = Optimizer(
      configuration.optimizer, step: state.optimizer.step,
      firstMoment: state.optimizer.firstMoment, secondMoment: state.optimizer.secondMoment)
  }

  /// The checkpoint of the last finished epoch.
  public var checkpoint: Checkpoint {
    Checkpoint(
      network: network.description, features: features, configuration: configuration,
      state: state)
  }

  /// Trains until all epochs are run, the patience is exhausted or the caller stops it.
  ///
  /// - Parameters:
  ///   - dataset: The examples.
  ///   - split: Which of them are for training and for validation.
  ///   - workers: The largest number of threads; the result never depends on it.
  ///   - report: Called with each event; returns whether to go on. A part of an epoch is
  ///     forgotten when training stops.
  ///   - save: Called with a checkpoint after each epoch.
  /// - Returns: What ended the training.
  /// - Throws: ``TrainingError`` when dataset, split and state don't fit, or when a loss is not
  ///   finite; ``FileError`` when a spectrum can't be read; what `save` threw.
  @discardableResult
  public mutating func train(
    on dataset: Dataset, split: Split, workers: Int,
    report: (TrainingEvent) -> Bool = { _ in true },
    save: ((Checkpoint) throws -> Void)? = nil
  ) throws -> TrainingOutcome {
    try checkFit(of: dataset, split)
    let batching = Batching(
      split.training, batchSize: configuration.batchSize, seed: configuration.seed)
    var step = TrainingStep(
      network: network, features: transform, batching: batching,
      microBatchSize: microBatchSize, loss: try loss(for: dataset, split),
      augmenter: configuration.augmentation.map { augmentation in
        SpectrumAugmenter(
          augmentation, spectrum: dataset.spectrum, window: dataset.window,
          channels: dataset.channels, used: features.channels)
      })
    while state.epoch < configuration.epochs {
      if state.isExhausted(patience: configuration.earlyStoppingPatience) { return .stoppedEarly }
      var next = state
      guard
        let training = try runEpoch(
          &next, step: &step, batching: batching, dataset: dataset, workers: workers,
          report: report)
      else { return .stoppedByCaller }
      try validate(
        &next, training: training, on: dataset, examples: split.validation, workers: workers,
        steps: batching.batchesPerEpoch)
      state = next
      var goesOn = report(.epoch(next.history[next.history.count - 1]))
      if let save {
        try save(checkpoint)
        goesOn = report(.checkpoint(epoch: state.epoch)) && goesOn
      }
      if !goesOn { return .stoppedByCaller }
    }
    return .finished
  }

  /// The examples of a micro-batch, twice as many as configured for a large network without batch
  /// norm.
  ///
  /// Each micro-batch costs a pass over all weights and a gradient of them, which take longer than
  /// the examples where the parameters are many.
  private var microBatchSize: Int {
    let isLarge = network.parameterCount > 1 << 22
    return configuration.microBatchSize
      * (isLarge && network.parameters.allSatisfy(\.isTrainable) ? 2 : 1)
  }

  /// Runs the steps of one epoch on `next`; returns `nil` when the caller stops it.
  private func runEpoch(
    _ next: inout TrainingState, step: inout TrainingStep, batching: Batching, dataset: Dataset,
    workers: Int, report: (TrainingEvent) -> Bool
  ) throws -> SoftmaxCrossEntropy.Score? {
    var update = ParameterUpdate(
      network, momentum: configuration.batchNormMomentum, clipNorm: configuration.clipNorm)
    let order = batching.order(epoch: state.epoch)
    let batches = batching.batches
    var total = SoftmaxCrossEntropy.Score()
    for (index, batch) in batches.enumerated() {
      let score = try step.run(
        order[batch], epoch: state.epoch, dataset: dataset, parameters: next.parameters,
        workers: workers)
      guard score.meanLoss.isFinite else {
        throw TrainingError.divergedInTraining(
          epoch: state.epoch + 1, batch: index + 1, loss: score.meanLoss)
      }
      total += score
      let rate = configuration.learningRate(
        step: state.epoch * batches.count + index, stepsPerEpoch: batches.count)
      update.apply(
        step.gradients, to: &next.parameters, by: &next.optimizer, learningRate: rate,
        workers: workers)
      let progress = StepReport(
        epoch: state.epoch + 1, epochs: configuration.epochs, step: index + 1,
        steps: batches.count, examples: batch.count, loss: score.meanLoss,
        correct: score.correct, learningRate: rate)
      if !report(.step(progress)) { return nil }
    }
    return total
  }

  /// Scores the validation examples and closes the epoch.
  private func validate(
    _ next: inout TrainingState, training: SoftmaxCrossEntropy.Score, on dataset: Dataset,
    examples: [Int], workers: Int, steps: Int
  ) throws {
    next.epoch += 1
    let logits = try network.logits(
      of: dataset, examples: examples, features: transform, parameters: next.parameters,
      workers: workers)
    let validation = SoftmaxCrossEntropy(classes: network.outputShape.channels).score(
      logits: logits, labels: examples.map { dataset.labels[$0] })
    guard validation.meanLoss.isFinite else {
      throw TrainingError.divergedInValidation(epoch: next.epoch, loss: validation.meanLoss)
    }
    let isBest = next.best.map { validation.meanLoss < $0.validationLoss } ?? true
    if isBest { next.bestParameters = next.parameters }
    next.history.append(
      EpochReport(
        epoch: next.epoch,
        learningRate: configuration.learningRate(
          step: next.epoch * steps - 1, stepsPerEpoch: steps),
        trainingLoss: training.meanLoss, trainingAccuracy: training.accuracy,
        validationLoss: validation.meanLoss, validationAccuracy: validation.accuracy,
        isBest: isBest))
  }

  /// The loss that the training examples have.
  private func loss(
    for dataset: Dataset, _ split: Split
  ) throws(TrainingError) -> SoftmaxCrossEntropy {
    SoftmaxCrossEntropy(
      classes: dataset.classes.count, labelSmoothing: configuration.labelSmoothing,
      classWeights: try configuration.classWeights?.values(
        labels: split.training.map { dataset.labels[$0] }, classes: dataset.classes))
  }

  private mutating func checkFit(of dataset: Dataset, _ split: Split) throws {
    try TrainingError.check(dataset, fits: features)
    if dataset.window == nil, configuration.augmentation?.drawsNoise ?? false {
      throw TrainingError.mismatch(
        "the dataset does not tell its window, the samples of a spectrum; augmentation by noise "
          + "or masks needs it to know how noise varies")
    }
    let classes = network.outputShape.channels
    guard dataset.classes.count == classes else {
      throw TrainingError.mismatch(
        "the dataset has \(dataset.classes.count) classes, the network tells \(classes) apart")
    }
    guard !split.training.isEmpty, !split.validation.isEmpty else {
      throw TrainingError.mismatch(
        "the split has \(split.training.count) examples for training and "
          + "\(split.validation.count) for validation; both need at least one")
    }
    for examples in [split.training, split.validation] {
      try TrainingError.check(examples, areIn: dataset)
      if let example = examples.first(where: { !(0..<classes).contains(dataset.labels[$0]) }) {
        throw TrainingError.mismatch(
          "example \(example) has class \(dataset.labels[example]); there are \(classes)")
      }
    }
    for (part, examples) in [("training", split.training), ("validation", split.validation)] {
      let there = Set(examples.lazy.map { dataset.labels[$0] })
      if let label = (0..<classes).first(where: { !there.contains($0) }) {
        throw TrainingError.mismatch(
          "class \(dataset.classes[label]) has no \(part) example; each class needs one")
      }
    }
    let labels = split.fingerprint(in: dataset)
    let fingerprint = try split.fingerprint(labels, withSpectraOf: dataset)
    // Checkpoints of earlier versions know the labels alone.
    guard [nil, fingerprint, labels].contains(state.dataFingerprint) else {
      throw TrainingError.mismatch(
        "the training began with other examples, classes or another split")
    }
    state.dataFingerprint = fingerprint
  }
}
