/// How a network is trained.
public struct TrainingConfiguration: Hashable, Sendable {
  /// How often every training example is seen.
  public var epochs: Int

  /// The largest number of examples that one update of the parameters is computed from.
  public var batchSize: Int

  /// The largest number of examples that go through the network together on one thread, and
  /// over which a batch norm takes its statistics; twice as many go through a network without any
  /// that has more than 4,194,304 parameters.
  public var microBatchSize: Int

  /// The optimiser and its constants; its learning rate is the schedule's peak.
  public var optimizer: Optimizer.Method

  /// The course of the learning rate after the warm-up.
  public var schedule: LearningRateSchedule

  /// The share of all steps over which the learning rate first rises linearly; 0 for none.
  public var warmUp = 0.0

  /// The greatest L2 norm of the gradient over all trained parameters, to which a longer one is
  /// scaled down before the update; `nil` for no limit.
  public var clipNorm: Double?

  /// The share of the training loss's target that all classes have in common.
  public var labelSmoothing = 0.0

  /// How much an example counts in the training loss, by its class; `nil` for 1 each.
  public var classWeights: ClassWeights?

  /// How the training examples are varied, beside their roll; `nil` for not at all.
  public var augmentation: Augmentation?

  /// What initial parameters, order of the examples, rolls, augmentations and dropped values
  /// follow from.
  public var seed: UInt64

  /// After how many epochs without a lower validation loss training stops; `nil` for never.
  public var earlyStoppingPatience: Int?

  /// The weight of a new batch in the running statistics of batch norm.
  public var batchNormMomentum: Float

  /// 20 epochs of batches of 32, AdamW (decay 1e-4), one cycle with a peak of 4e-3,
  /// stopped after 10 epochs without a lower validation loss.
  public static let `default` = TrainingConfiguration(
    epochs: 20, batchSize: 32, microBatchSize: 8,
    optimizer: .adam(Adam(learningRate: 4e-3, weightDecay: 1e-4)), schedule: .oneCycle(),
    earlyStoppingPatience: 10)

  /// Creates a configuration; ``validate()`` tells whether it makes sense.
  public init(
    epochs: Int, batchSize: Int, microBatchSize: Int, optimizer: Optimizer.Method,
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
    guard (0..<1).contains(warmUp) else {
      throw ConfigurationError("warmUp", "is \(warmUp); it must be at least 0 and below 1")
    }
    if let clipNorm, !(clipNorm > 0 && clipNorm.isFinite) {
      throw ConfigurationError("clipNorm", "is \(clipNorm); it must be finite and above 0")
    }
    guard (0..<1).contains(labelSmoothing) else {
      throw ConfigurationError(
        "labelSmoothing", "is \(labelSmoothing); it must be at least 0 and below 1")
    }
    try classWeights?.validate()
    try augmentation?.validate()
    try optimizer.validate()
    try schedule.validate()
  }

  /// The learning rate of a step.
  ///
  /// - Parameters:
  ///   - step: The step of the whole training, from 0.
  ///   - stepsPerEpoch: The number of steps of an epoch.
  /// - Returns: The learning rate, at most the optimiser's.
  public func learningRate(step: Int, stepsPerEpoch: Int) -> Double {
    schedule.learningRate(
      step: step, of: stepsPerEpoch * epochs, stepsPerEpoch: stepsPerEpoch,
      peak: optimizer.learningRate, warmUp: warmUp)
  }
}

extension TrainingConfiguration: Codable {
  /// Decodes a configuration; without the keys `warmUp`, `clipNorm`, `labelSmoothing`,
  /// `classWeights` and `augmentation` there is nothing of them.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      epochs: try values.decode(Int.self, forKey: .epochs),
      batchSize: try values.decode(Int.self, forKey: .batchSize),
      microBatchSize: try values.decode(Int.self, forKey: .microBatchSize),
      optimizer: try values.decode(Optimizer.Method.self, forKey: .optimizer),
      schedule: try values.decode(LearningRateSchedule.self, forKey: .schedule),
      seed: try values.decode(UInt64.self, forKey: .seed),
      earlyStoppingPatience: try values.decodeIfPresent(Int.self, forKey: .earlyStoppingPatience),
      batchNormMomentum: try values.decode(Float.self, forKey: .batchNormMomentum))
    warmUp = try values.decodeIfPresent(Double.self, forKey: .warmUp) ?? 0
    clipNorm = try values.decodeIfPresent(Double.self, forKey: .clipNorm)
    labelSmoothing = try values.decodeIfPresent(Double.self, forKey: .labelSmoothing) ?? 0
    classWeights = try values.decodeIfPresent(ClassWeights.self, forKey: .classWeights)
    augmentation = try values.decodeIfPresent(Augmentation.self, forKey: .augmentation)
  }
}
