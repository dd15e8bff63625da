internal import Glibc

/// What turns logits into probabilities that can be believed, and those into a decision.
///
///     p = softmax(logits / temperature),   accept the most probable class if max p ≥ threshold
///
/// Both are fitted on validation examples that no training saw.
///
/// Source: Guo, Pleiss, Sun and Weinberger, "On calibration of modern neural networks", ICML 2017.
public struct Calibration: Hashable, Codable, Sendable {
  /// What logits are divided by, within ``temperatures``.
  public let temperature: Double

  /// The least confidence that is accepted, in [0,1].
  public let threshold: Double

  /// The share of the validation examples that was allowed below the threshold.
  public let falseRejectionRate: Double

  /// How far the validation examples' probabilities can be believed at this temperature.
  public let reliability: Reliability

  /// The temperatures that a fit may yield.
  public static let temperatures: ClosedRange<Double> = 0.05...20

  /// Fits temperature and threshold.
  ///
  /// - Parameters:
  ///   - scores: The logits and labels of validation examples.
  ///   - falseRejectionRate: The share of them that may fall below the threshold, in `[0, 1)`.
  /// - Throws: ``ConfigurationError`` without examples or for a rate out of range.
  public init(
    fitting scores: LabelledLogits, falseRejectionRate: Double = 0.01
  ) throws(ConfigurationError) {
    guard scores.count > 0 else {
      throw ConfigurationError("examples", "are none; a calibration needs at least one")
    }
    guard falseRejectionRate >= 0, falseRejectionRate < 1 else {
      throw ConfigurationError(
        "falseRejectionRate", "is \(falseRejectionRate); it must be at least 0 and below 1")
    }
    temperature = Self.temperature(fitting: scores)
    threshold = Self.threshold(
      of: Self.confidences(of: scores, temperature: temperature),
      falseRejectionRate: falseRejectionRate)
    self.falseRejectionRate = falseRejectionRate
    reliability = Reliability(of: scores, temperature: temperature)
  }

  /// The temperature that minimises the negative log-likelihood of the labels.
  ///
  /// The likelihood is taken with targets `t` of `1 − ε` for the label and `ε/(K−1)` for each
  /// other class, `ε = 1/(N+2)`, since with plain labels a faultless classifier would have
  /// no minimum and be called certain after any number of examples. In `β = 1/temperature`
  /// the function is convex, so its slope has one zero, which is bisected:
  ///
  ///     slope(β) = Σ_n Σ_k (p_nk(β) − t_nk) · logit_nk
  ///
  /// Source of the targets: J. Platt, "Probabilistic outputs for support vector machines",
  /// Advances in Large Margin Classifiers, 1999.
  ///
  /// - Returns: A temperature in ``temperatures``; 1 if no temperature makes a difference.
  public static func temperature(fitting scores: LabelledLogits) -> Double {
    let classes = scores.classCount
    let smoothing = 1 / (Double(scores.count) + 2)
    let other = classes > 1 ? smoothing / Double(classes - 1) : 0
    let own = classes > 1 ? 1 - smoothing : 1
    func slope(_ temperature: Double) -> Double {
      var sum = 0.0
      scores.forEachLogProbability(temperature: temperature) { example, row in
        for index in 0..<classes {
          let target = index == scores.labels[example] ? own : other
          sum += (exp(row[index]) - target) * Double(scores.logits[example * classes + index])
        }
      }
      return sum
    }
    let coldest = slope(temperatures.lowerBound)
    let hottest = slope(temperatures.upperBound)
    if coldest == 0 && hottest == 0 { return 1 }
    if coldest <= 0 { return temperatures.lowerBound }
    if hottest >= 0 { return temperatures.upperBound }
    var cold = log(temperatures.lowerBound)
    var hot = log(temperatures.upperBound)
    // 6 natural orders of magnitude, halved 40 times, leave a relative error of 1e-11.
    for _ in 0..<40 {
      let middle = (cold + hot) / 2
      if slope(exp(middle)) > 0 { cold = middle } else { hot = middle }
    }
    return exp((cold + hot) / 2)
  }

  /// The largest threshold below which at most a share of the confidences falls.
  ///
  /// - Parameters:
  ///   - confidences: The confidence of each validation example.
  ///   - falseRejectionRate: The share that may fall below, in `[0, 1)`.
  /// - Returns: One of the confidences; 0 without any.
  public static func threshold(of confidences: [Double], falseRejectionRate: Double) -> Double {
    guard !confidences.isEmpty else { return 0 }
    let rejected = Int((falseRejectionRate * Double(confidences.count)).rounded(.down))
    return confidences.sorted()[min(max(rejected, 0), confidences.count - 1)]
  }

  /// The probability of each example's most probable class at a positive temperature.
  public static func confidences(of scores: LabelledLogits, temperature: Double) -> [Double] {
    var confidences: [Double] = []
    confidences.reserveCapacity(scores.count)
    scores.forEachLogProbability(temperature: temperature) { _, row in
      confidences.append(exp(row.max() ?? 0))
    }
    return confidences
  }
}
