/// What a model says of one window, or of a whole input.
public struct Prediction: Hashable, Sendable {
  /// The kinds of answer.
  public enum Answer: Hashable, Sendable {
    /// Nothing stands above the noise floor.
    case noise
    /// The most probable class falls short of the model's confidence threshold.
    case unknown
    /// The class at this index of the model's names.
    case signal(Int)
  }

  /// The answer.
  public var answer: Answer

  /// The calibrated log-probability of each class, in the model's order; empty for noise and
  /// where the model was not asked.
  public var logProbabilities: [Float]

  /// Creates the answer for the log-probabilities of one window or of one input.
  ///
  /// - Parameters:
  ///   - logProbabilities: One a class, not empty.
  ///   - threshold: The probability below which the answer is ``Answer/unknown``.
  public init(logProbabilities: [Float], threshold: Float) {
    precondition(!logProbabilities.isEmpty, "a model has at least one class")
    var best = 0
    for index in logProbabilities.indices where logProbabilities[index] > logProbabilities[best] {
      best = index
    }
    self.logProbabilities = logProbabilities
    answer = Probability.of(logProbabilities[best]) >= threshold ? .signal(best) : .unknown
  }

  /// The answer where nothing stands above the noise floor.
  public static let noise = Prediction(.noise)

  /// The answer where the model cannot be asked.
  public static let unknown = Prediction(.unknown)

  private init(_ answer: Answer) {
    self.answer = answer
    logProbabilities = []
  }

  /// The probabilities of the classes, in the model's order; empty for noise.
  public var probabilities: [Float] { logProbabilities.map(Probability.of) }

  /// The probability of the most probable class, or `nil` for noise.
  public var confidence: Float? { logProbabilities.max().map(Probability.of) }

  /// The answer as one word: a class name, `unknown` or `noise`.
  public func label(classes: [String]) -> String {
    switch answer {
    case .noise: "noise"
    case .unknown: "unknown"
    case .signal(let index): classes[index]
    }
  }
}
