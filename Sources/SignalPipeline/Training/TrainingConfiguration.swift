/// How a network is trained.
public struct TrainingConfiguration: Hashable, Codable, Sendable {
  /// How often every training example is seen.
  public var epochs: Int

  /// The largest number of examples that one update of the parameters is computed from.
  public var batchSize: Int

  /// The largest number of examples that go through the network together on one thread, and
  /// over which a batch norm takes its statistics.
  public var microBatchSize: Int

  /// The optimiser's constants; its learning rate is the schedule's peak.
  public var optimizer: Adam.Configuration

  /// The course of the learning rate.
  public var schedule: LearningRateSchedule

  /// What initial parameters, order of the examples, rolls and dropped values follow from.
  public var seed: UInt64

  /// After how many epochs without a lower validation loss training stops; `nil` for never.
  public var earlyStoppingPatience: Int?

  /// The weight of a new batch in the running statistics of batch norm.
  public var batchNormMomentum: Float

  /// 20 epochs of batches of 32, AdamW (decay 1e-4), one cycle with a peak of 4e-3,
  /// stopped after 10 epochs without a lower validation loss.
  public static let `default` = TrainingConfiguration(
    epochs: 20, batchSize: 32, microBatchSize: 8,
    optimizer: Adam.Configuration(learningRate: 4e-3, weightDecay: 1e-4), schedule: .oneCycle(),
    earlyStoppingPatience: 10)

  /// Creates a configuration; ``validate()`` tells whether it makes sense.
  public init(
    epochs: Int, batchSize: Int, microBatchSize: Int, optimizer: Adam.Configuration,
    schedule: LearningRateSchedule, seed: UInt64 = 0, earlyStoppingPatience: Int? = nil,
    batchNormMomentum: Float = 0.1
  ) {
    self.epochs = epochs
    self.batchSize = batchSize
    self.microBatchSize = microBatchSize
    self.optimizer = optimizer
    self.schedule = schedule
    self.seed = seed
    self.earlyStoppingPatience = earlyStoppingPatience
    self.batchNormMomentum = batchNormMomentum
  }

  /// Checks that a training can be run this way.
  ///
  /// - Throws: ``ConfigurationError`` about the first field that is out of range.
  public func validate() throws(ConfigurationError) {
    // The bounds keep counts of steps and random streams far from overflow.
    guard (1...1_000_000).contains(epochs) else {
      throw ConfigurationError("epochs", "is \(epochs); it must be from 1 to 1000000")
    }
    guard (1...1 << 20).contains(batchSize) else {
      throw ConfigurationError("batchSize", "is \(batchSize); it must be from 1 to \(1 << 20)")
    }
    guard (1...1 << 20).contains(microBatchSize) else {
      throw ConfigurationError(
        "microBatchSize", "is \(microBatchSize); it must be from 1 to \(1 << 20)")
    }
    if let patience = earlyStoppingPatience, patience < 1 {
      throw ConfigurationError("earlyStoppingPatience", "is \(patience); it must be at least 1")
    }
    guard (0...1).contains(batchNormMomentum) else {
      throw ConfigurationError(
        "batchNormMomentum", "is \(batchNormMomentum); it must be from 0 to 1")
    }
    try optimizer.validate()
    try schedule.validate()
  }
}
