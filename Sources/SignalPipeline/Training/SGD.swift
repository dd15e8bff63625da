/// The constants of stochastic gradient descent with momentum.
///
///     g ← g + λ·θ        u ← μ·u + g
///     θ ← θ − η·u, or with Nesterov's momentum θ ← θ − η·(g + μ·u)
///
/// The velocity `u` begins at 0. A momentum `μ` of 0 is plain gradient descent.
///
/// Source: Sutskever et al., "On the importance of initialization and momentum in deep
/// learning", 2013, in PyTorch's form, whose velocity does not hold the learning rate.
public struct SGD: Hashable, Codable, Sendable {
  /// The learning rate `η`; a ``LearningRateSchedule`` takes it as its peak.
  public var learningRate: Double
  /// The share of the velocity that stays from step to step, `μ`.
  public var momentum: Double
  /// Whether the step looks ahead along the velocity.
  public var nesterov: Bool
  /// The weight decay, `λ`.
  public var weightDecay: Double

  /// The momentum that is tried first, and no weight decay.
  public static let `default` = SGD(learningRate: 0.01)

  /// Creates the constants; ``validate()`` tells whether they make sense.
  public init(
    learningRate: Double, momentum: Double = 0.9, nesterov: Bool = false, weightDecay: Double = 0
  ) {
    self.learningRate = learningRate
    self.momentum = momentum
    self.nesterov = nesterov
    self.weightDecay = weightDecay
  }

  /// Checks the constants.
  ///
  /// - Throws: ``ConfigurationError`` unless `0 < η`, `0 ≤ μ < 1` and `0 ≤ λ`, all finite, and
  ///   `0 < μ` for Nesterov's momentum.
  public func validate() throws(ConfigurationError) {
    guard learningRate > 0, learningRate.isFinite else {
      throw ConfigurationError("learningRate", "is \(learningRate); it must be above 0")
    }
    guard (0..<1).contains(momentum) else {
      throw ConfigurationError("momentum", "is \(momentum); it must be at least 0 and below 1")
    }
    guard !nesterov || momentum > 0 else {
      throw ConfigurationError(
        "momentum", "is \(momentum); it must be above 0 for Nesterov's momentum")
    }
    guard weightDecay >= 0, weightDecay.isFinite else {
      throw ConfigurationError("weightDecay", "is \(weightDecay); it must be at least 0")
    }
  }
}
