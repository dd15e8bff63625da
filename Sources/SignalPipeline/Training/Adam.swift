internal import CKernels
internal import Glibc

/// The Adam optimiser over one flat parameter array, with decoupled weight decay (AdamW).
///
///     m ← β₁·m + (1 − β₁)·g        v ← β₂·v + (1 − β₂)·g²
///     θ ← (1 − η·λ)·θ − η / (1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε)
///
/// A decay `λ` of 0 is plain Adam.
///
/// Source: Kingma and Ba, "Adam: a method for stochastic optimization", 2015; Loshchilov and
/// Hutter, "Decoupled weight decay regularization", 2019.
public struct Adam: Hashable, Sendable {
  /// The constants of the optimiser.
  public struct Configuration: Hashable, Codable, Sendable {
    /// The learning rate `η`; a ``LearningRateSchedule`` takes it as its peak.
    public var learningRate: Double
    /// The decay of the gradient's mean, `β₁`.
    public var beta1: Double
    /// The decay of the gradient's mean square, `β₂`.
    public var beta2: Double
    /// What keeps the quotient finite, `ε`.
    public var epsilon: Double
    /// The decoupled weight decay, `λ`.
    public var weightDecay: Double

    /// The constants that the paper recommends, without weight decay.
    public static let `default` = Configuration(learningRate: 1e-3)

    /// Creates a configuration; ``validate()`` tells whether it makes sense.
    public init(
      learningRate: Double, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8,
      weightDecay: Double = 0
    ) {
      self.learningRate = learningRate
      self.beta1 = beta1
      self.beta2 = beta2
      self.epsilon = epsilon
      self.weightDecay = weightDecay
    }

    /// Checks the constants.
    ///
    /// - Throws: ``ConfigurationError`` unless `0 < η`, `0 ≤ β < 1`, `1e-30 ≤ ε`, `0 ≤ λ` and
    ///   `η·λ < 1`, all finite.
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
      guard weightDecay >= 0, weightDecay * learningRate < 1 else {
        throw ConfigurationError(
          "weightDecay",
          "is \(weightDecay); it must be at least 0 and below 1/learningRate = \(1 / learningRate)")
      }
    }
  }

  /// The constants.
  public let configuration: Configuration

  /// How many updates were made, `t`.
  public private(set) var step: Int

  /// The decaying mean of the gradient, `m`, a value a parameter.
  public private(set) var firstMoment: [Float]

  /// The decaying mean of the gradient's square, `v`, a value a parameter.
  public private(set) var secondMoment: [Float]

  /// Creates an optimiser that has seen no gradient.
  public init(_ configuration: Configuration, parameterCount: Int) {
    self.init(
      configuration, step: 0, firstMoment: [Float](repeating: 0, count: parameterCount),
      secondMoment: [Float](repeating: 0, count: parameterCount))
  }

  /// Creates an optimiser that goes on from a saved state.
  public init(
    _ configuration: Configuration, step: Int, firstMoment: [Float], secondMoment: [Float]
  ) {
    precondition(firstMoment.count == secondMoment.count, "two moments a parameter")
    self.configuration = configuration
    self.step = step
    self.firstMoment = firstMoment
    self.secondMoment = secondMoment
  }

  /// Makes one update.
  ///
  /// - Parameters:
  ///   - parameters: The flat parameter array, changed in place within `ranges`.
  ///   - gradient: The loss's gradient, a value a parameter.
  ///   - ranges: The parameters that are trained, disjoint.
  ///   - learningRate: This step's `η`.
  public mutating func update(
    _ parameters: inout [Float], gradient: [Float], ranges: [Range<Int>], learningRate: Double
  ) {
    let count = firstMoment.count
    precondition(parameters.count == count && gradient.count == count, "one value a parameter")
    step += 1
    let constants = adam_step(
      beta1: Float(configuration.beta1), beta2: Float(configuration.beta2),
      rate: Float(learningRate / (1 - pow(configuration.beta1, Double(step)))),
      second_correction: Float((1 - pow(configuration.beta2, Double(step))).squareRoot()),
      epsilon: Float(configuration.epsilon),
      shrink: Float(1 - learningRate * configuration.weightDecay))
    for range in ranges {
      precondition(range.lowerBound >= 0 && range.upperBound <= count, "a range of parameters")
      unsafe adam_update(
        &parameters, &firstMoment, &secondMoment, gradient, range.lowerBound, range.upperBound,
        constants)
    }
  }
}
