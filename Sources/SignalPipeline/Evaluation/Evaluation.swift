/// All that is told about a model's predictions on labelled examples.
///
/// Its JSON is what the `evaluate` command writes; every number in it is finite.
public struct Evaluation: Hashable, Codable, Sendable {
  /// What a confidence threshold accepts and rejects.
  public struct Rejection: Hashable, Codable, Sendable {
    /// The least confidence that is accepted.
    public var threshold: Double

    /// The share of the examples that is rejected.
    public var rejected: Proportion

    /// The share of the accepted examples whose class was found.
    public var acceptedAccuracy: Proportion

    /// The share of each class's examples that is rejected; `nil` in results of versions that did
    /// not tell it.
    public var rejectedByClass: [Proportion]?
  }

  /// The share of the examples whose class was found.
  public let accuracy: Proportion

  /// How often each class was taken for each.
  public let confusion: ConfusionMatrix

  /// The scores of each class.
  public let scores: [ClassScore]

  /// The mean of the scores over the classes that occur.
  public let macroAverage: ClassScore

  /// What logits were divided by.
  public let temperature: Double

  /// How far the probabilities can be believed at that temperature.
  public let reliability: Reliability

  /// How far they could be believed at temperature 1; `nil` in results of versions that did not
  /// tell it.
  public let uncalibrated: Reliability?

  /// What the model's threshold does; `nil` if it has none.
  public let rejection: Rejection?

  /// Accuracy against offset, SNR and bandwidth; empty if no conditions are known.
  public let curves: [AccuracyCurve]

  /// What becomes of classes that the model does not know; `nil` if the dataset has none.
  public internal(set) var unknowns: [UnknownClass]?

  /// What shifts of the frequency change; `nil` if nobody tried.
  public var invariance: Invariance?

  /// Evaluates predictions.
  ///
  /// - Parameters:
  ///   - logits: The logits or log-probabilities, `(N, K)` row-major.
  ///   - labels: The true class of each of the `N` examples.
  ///   - classes: The names of the `K` classes.
  ///   - conditions: The conditions of each example, or none.
  ///   - temperature: What logits are divided by.
  ///   - threshold: The least confidence that is accepted; `nil` accepts all.
  ///   - offsetCells: The number of cells of the curve against offset.
  /// - Throws: ``ConfigurationError`` if the parts do not fit each other, if a logit is not
  ///   finite, if the threshold is not, if the temperature is not positive,
  ///   or the cells are not 1 to 65536.
  public init(
    logits: [Float], labels: [Int], classes: [String], conditions: [ExampleConditions] = [],
    temperature: Double = 1, threshold: Double? = nil, offsetCells: Int = 64
  ) throws(ConfigurationError) {
    guard temperature > 0, temperature.isFinite else {
      throw ConfigurationError("temperature", "is \(temperature); it must be positive and finite")
    }
    guard threshold?.isFinite ?? true else {
      throw ConfigurationError("threshold", "is \(threshold ?? 0); it must be finite")
    }
    guard (1...1 << 16).contains(offsetCells) else {
      throw ConfigurationError("offsetCells", "are \(offsetCells); it takes 1 to \(1 << 16)")
    }
    let scored = try LabelledLogits(logits: logits, classCount: classes.count, labels: labels)
    let predictions = scored.predictions
    let correct = zip(labels, predictions).map { $0 == $1 }
    confusion = try ConfusionMatrix(classes: classes, labels: labels, predictions: predictions)
    accuracy = Proportion(confusion.correct, of: confusion.total)
    scores = confusion.scores
    macroAverage = confusion.macroAverage
    self.temperature = temperature
    reliability = Reliability(of: scored, temperature: temperature)
    uncalibrated = Reliability(of: scored)
    rejection = threshold.map { threshold in
      Self.rejection(scored, correct: correct, temperature: temperature, threshold: threshold)
    }
    var curves: [AccuracyCurve] = []
    for quantity in AccuracyCurve.Quantity.allCases where !conditions.isEmpty {
      let edges = AccuracyCurve.defaultEdges(
        of: quantity, over: conditions, offsetCells: offsetCells)
      guard !edges.isEmpty else { continue }
      curves.append(
        try AccuracyCurve(quantity, edges: edges, conditions: conditions, correct: correct))
    }
    self.curves = curves
  }

  /// The curve against a quantity, or `nil` if no example's is known.
  public func curve(_ quantity: AccuracyCurve.Quantity) -> AccuracyCurve? {
    curves.first { $0.quantity == quantity }
  }

  private static func rejection(
    _ scored: LabelledLogits, correct: [Bool], temperature: Double, threshold: Double
  ) -> Rejection {
    let confidences = Calibration.confidences(of: scored, temperature: temperature)
    let accepted = zip(confidences, correct).filter { $0.0 >= threshold }
    var counts = [Int](repeating: 0, count: scored.classCount)
    var rejected = counts
    for (label, confidence) in zip(scored.labels, confidences) {
      counts[label] += 1
      if confidence < threshold { rejected[label] += 1 }
    }
    return Rejection(
      threshold: threshold,
      rejected: Proportion(scored.count - accepted.count, of: scored.count),
      acceptedAccuracy: Proportion(accepted.count(where: \.1), of: accepted.count),
      rejectedByClass: zip(rejected, counts).map { Proportion($0, of: $1) })
  }
}
