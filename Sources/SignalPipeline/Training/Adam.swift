/// The Adam optimiser's constants, with decoupled weight decay (AdamW) or Adam's own.
///
///     m ← β₁·m + (1 − β₁)·g        v ← β₂·v + (1 − β₂)·g²
///     θ ← (1 − η·λ)·θ − η / (1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε)
///
/// That is AdamW. Adam leaves the factor `1 − η·λ` out and takes `g + λ·θ` for the gradient `g`.
/// With a decay `λ` of 0 they are the same.
///
/// Source: Kingma and Ba, "Adam: a method for stochastic optimization", 2015; Loshchilov and
/// Hutter, "Decoupled weight decay regularization", 2019.
public struct Adam: Hashable, Sendable {
  /// The learning rate `η`; a ``LearningRateSchedule`` takes it as its peak.
  public var learningRate: Double
  /// The decay of the gradient's mean, `β₁`.
  public var beta1: Double
  /// The decay of the gradient's mean square, `β₂`.
  public var beta2: Double
  /// What keeps the quotient finite, `ε`.
  public var epsilon: Double
  /// The weight decay, `λ`.
  public var weightDecay: Double
  /// Whether the decay shrinks the parameters (AdamW) instead of adding to the gradient (Adam).
  public var decouplesDecay: Bool

  /// The constants that the paper recommends, without weight decay.
  public static let `default` = Adam(learningRate: 1e-3)

  /// Creates the constants; ``validate()`` tells whether they make sense.
  public init(
    learningRate: Double, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8,
    weightDecay: Double = 0, decouplesDecay: Bool = true
  ) {
    self.learningRate = learningRate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.weightDecay = weightDecay
    self.decouplesDecay = decouplesDecay
  }

  /// Checks the constants.
  ///
  /// - Throws: ``ConfigurationError`` unless `0 < η`, `0 ≤ β < 1`, `1e-30 ≤ ε`, `0 ≤ λ` and,
  ///   for a decoupled decay, `η·λ < 1`, all finite.
  public func validate() throws(ConfigurationError) {
    guard learningRate > 0, learningRate.isFinite else {
      throw ConfigurationError("learningRate", "is \(learningRate); it must be above 0")
    }
    for (name, beta) in [("beta1", beta1), ("beta2", beta2)] where !(0..<1).contains(beta) {
      throw ConfigurationError(name, "is \(beta); it must be at least 0 and below 1")
    }
    // Anything smaller would be lost in single precision.
    guard epsilon >= 1e-30, epsilon.isFinite else {
      throw ConfigurationError("epsilon", "is \(epsilon); it must be at least 1e-30")
    }
    guard weightDecay >= 0, weightDecay.isFinite else {
      throw ConfigurationError("weightDecay", "is \(weightDecay); it must be at least 0")
    }
    guard !decouplesDecay || weightDecay * learningRate < 1 else {
      throw ConfigurationError(
        "weightDecay",
        "is \(weightDecay); it must be at least 0 and below 1/learningRate = \(1 / learningRate)")
    }
  }
}

extension Adam: Codable {
  /// Decodes the constants; without the key `decouplesDecay` they are AdamW's.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      learningRate: try values.decode(Double.self, forKey: .learningRate),
      beta1: try values.decode(Double.self, forKey: .beta1),
      beta2: try values.decode(Double.self, forKey: .beta2),
      epsilon: try values.decode(Double.self, forKey: .epsilon),
      weightDecay: try values.decode(Double.self, forKey: .weightDecay),
      decouplesDecay: try values.decodeIfPresent(Bool.self, forKey: .decouplesDecay) ?? true)
  }
}
