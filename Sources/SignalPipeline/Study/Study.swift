/// Trains every network in every way, tells what each makes of signals elsewhere in the band, and
/// goes on after any end.
///
/// The same configuration gives the same bytes on any number of threads, but for the times.
package struct Study: ~Copyable {
  /// How far the study has come.
  package struct Progress: Sendable {
    /// The training under way.
    package var run: StudyRun
    /// Which it is of all, from 1.
    package var number: Int
    /// The number of all.
    package var count: Int
    /// What it is about, such as `epoch 3 of 10`.
    package var step: String
    /// The work of this call that is done [FLOP].
    package var done: Double
    /// The work that is left for this call [FLOP], at most.
    package var left: Double
  }

  /// What is trained, on what and how long.
  package let configuration: StudyConfiguration

  /// How long a training goes on at least from one checkpoint to the next [s].
  package var checkpointInterval = 20.0

  private let folder: StudyFolder
  private let lock: FolderLock
  private let runs: [StudyRun]
  private var cache: [StudyData: Dataset] = [:]

  /// Takes a folder, new, empty or of the same study.
  ///
  /// - Throws: ``ConfigurationError`` for a configuration that makes no sense, ``FileError`` for a
  ///   folder that is of something else or can't be written, or a disk with too little room.
  package init(_ configuration: StudyConfiguration, in path: String) throws {
    try configuration.validate()
    let runs = configuration.runs
    try configuration.checkRoom(for: runs, at: path)
    let folder = StudyFolder(path: path)
    lock = try folder.take(for: configuration)
    self.folder = folder
    self.configuration = configuration
    self.runs = runs
  }

  /// The number of trainings.
  package var count: Int { runs.count }

  /// The number of trainings that are finished.
  package var finishedCount: Int { runs.count { folder.isFinished($0) } }

  /// Trains and tests what is not finished, then tells what all came to.
  ///
  /// - Parameters:
  ///   - command: The command line that makes the findings again, for those who read them.
  ///   - workers: The largest number of threads.
  ///   - clock: Tells the time since some moment [s].
  ///   - report: Called often; what it throws ends the study, to go on another time.
  ///   - finished: Called with each training that is finished.
  /// - Returns: The findings, which stand in the folder, too.
  /// - Throws: ``TrainingError`` for a loss that is not finite, ``FileError`` for what can't be
  ///   written, what `report` threw.
  package mutating func run(
    command: String, workers: Int, clock: @escaping () -> Double,
    report: (Progress) throws -> Void, finished: (StudyResult) -> Void = { _ in }
  ) throws -> StudyFindings {
    let open = runs.enumerated().filter { !folder.isFinished($0.element) }
    var left = try open.reduce(0.0) { $0 + (try configuration.work(of: $1.element)) }
    let count = runs.count
    var done = 0.0
    for (index, run) in open {
      let own = try configuration.work(of: run)
      left -= own
      var spent = 0.0
      func tell(_ step: String, _ work: Double) throws {
        spent = max(spent, work)
        try report(
          Progress(
            run: run, number: index + 1, count: count, step: step, done: done + spent,
            left: left + max(0, own - spent)))
      }
      try finished(perform(run, workers: workers, clock: clock, tell: tell))
      // What early stopping saves is not counted as done.
      done += spent
    }
    cache = [:]
    let findings = StudyFindings(configuration, results: try runs.map { try folder.result(of: $0) })
    let times = try runs.map { (run: $0, time: try folder.time(of: $0)) }
    try StudyOutput(findings, times: times, command: command).write(into: folder)
    return findings
  }

  /// Trains and tests one network.
  private mutating func perform(
    _ run: StudyRun, workers: Int, clock: @escaping () -> Double,
    tell: (String, Double) throws -> Void
  ) throws -> StudyResult {
    let data = try dataset(configuration.data(of: run), for: run, workers, tell)
    let split = try Split(
      of: data, shares: Split.Shares(validation: configuration.validationShare, test: 0),
      seed: run.seed)
    let trainer = try train(
      run, on: data, split: split, workers: workers, clock: clock, tell: tell)
    let (trained, best) = (trainer.trainer, trainer.trainer.state.best)
    let inRange = try dataset(configuration.inRangeTest(of: run), for: run, workers, tell)
    let anywhere = try dataset(configuration.anywhereTest(of: run), for: run, workers, tell)
    try tell("testing", 0)
    let near = try evaluation(of: trained, on: inRange, workers: workers)
    let far = try evaluation(of: trained, on: anywhere, workers: workers)
    guard let offsets = far.curve(.offset) else {
      preconditionFailure("every example of the generator has an offset")
    }
    try tell("shifting", 0)
    let shifts = try ShiftSensitivity(
      of: trained.network, parameters: trained.state.bestParameters,
      features: FeatureTransform(trained.features), on: inRange,
      examples: Array(0..<configuration.shiftedExamples),
      shifts: configuration.shiftDistances(bins: trained.features.bins), workers: workers)
    let result = StudyResult(
      run: run,
      parameters: trained.network.trainedCount,
      flops: trained.network.flops, trainingExamples: split.training.count,
      epochs: trained.state.epoch, bestEpoch: best?.epoch ?? 0,
      isConverged: trainer.outcome == .stoppedEarly,
      validationAccuracy: best?.validationAccuracy ?? 0, inRange: near.accuracy,
      anywhere: far.accuracy, offsets: offsets, shifts: shifts)
    try folder.write(result, after: trainer.time)
    try tell("tested", try configuration.work(of: run, epochs: trained.state.epoch))
    return result
  }

  private func evaluation(
    of trainer: Trainer, on data: Dataset, workers: Int
  ) throws -> Evaluation {
    try Evaluation(
      logits: trainer.network.logits(
        of: data, examples: Array(0..<data.count), features: FeatureTransform(trainer.features),
        parameters: trainer.state.bestParameters, workers: workers),
      labels: data.labels, classes: data.classes, conditions: data.conditions,
      offsetCells: configuration.offsetCells)
  }

  /// Trains a network, from its checkpoint on if there is one.
  private func train(
    _ run: StudyRun, on data: Dataset, split: Split, workers: Int, clock: @escaping () -> Double,
    tell: (String, Double) throws -> Void
  ) throws -> (trainer: Trainer, outcome: TrainingOutcome, time: StudyTime) {
    let network = try Network(configuration.network(of: run))
    let saved = try folder.checkpoint(of: run)
    let before = saved == nil ? StudyTime() : try folder.time(of: run)
    var trainer =
      try saved.map { try Trainer(resuming: $0) }
      ?? Trainer(
        network, features: configuration.features(of: run),
        configuration: configuration.training(of: run))
    let start = clock()
    let begun = trainer.state.epoch
    var examples = 0
    var kept = (epoch: begun, time: start)
    var refusal: (any Error)?
    func time() -> StudyTime {
      StudyTime(seconds: before.seconds + clock() - start, examples: before.examples + examples)
    }
    let outcome = try trainer.train(
      on: data, split: split, workers: workers,
      report: { event in
        guard case .step(let step) = event else { return true }
        examples += step.examples
        do {
          try tell(
            "epoch \(step.epoch) of \(step.epochs)",
            3 * Double(network.flops) * Double(examples))
          return true
        } catch {
          refusal = error
          return false
        }
      },
      save: { [folder, checkpointInterval] checkpoint in
        guard clock() - kept.time >= checkpointInterval else { return }
        try folder.write(checkpoint, after: time(), of: run)
        kept = (checkpoint.state.epoch, clock())
      })
    guard let refusal else { return (trainer, outcome, time()) }
    if trainer.state.epoch > kept.epoch {
      try folder.write(trainer.checkpoint, after: time(), of: run)
    }
    throw refusal
  }

  /// The dataset, from memory if the last runs had it.
  private mutating func dataset(
    _ wanted: StudyData, for run: StudyRun, _ workers: Int, _ tell: (String, Double) throws -> Void
  ) throws -> Dataset {
    if let there = cache[wanted] { return there }
    let inUse: Set = [
      configuration.data(of: run), configuration.inRangeTest(of: run),
      configuration.anywhereTest(of: run),
    ]
    cache = cache.filter { inUse.contains($0.key) }
    let made = try wanted.make(configuration.signals, workers: workers) { count in
      try tell("example \(count) of \(wanted.count)", 0)
    }
    cache[wanted] = made
    return made
  }
}
