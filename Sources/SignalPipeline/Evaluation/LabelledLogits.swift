/// The logits of labelled examples, checked once: what every evaluation starts from.
///
/// Log-probabilities serve as well as logits, since both differ by a constant an example.
public struct LabelledLogits: Sendable {
  /// The `N·K` logits, `(N, K)` row-major, all finite.
  public let logits: [Float]

  /// The number of classes, `K`.
  public let classCount: Int

  /// The true class of each of the `N` examples, in `0..<K`.
  public let labels: [Int]

  /// Checks logits against labels.
  ///
  /// - Parameters:
  ///   - logits: The logits or log-probabilities, `(N, K)` row-major.
  ///   - classCount: The number of classes, `K`.
  ///   - labels: The true class of each example.
  /// - Throws: ``ConfigurationError`` if there is no class, if the counts do not fit, if a label
  ///   names no class, or if a logit is not finite.
  public init(
    logits: [Float], classCount: Int, labels: [Int]
  ) throws(ConfigurationError) {
    guard classCount >= 1 else { throw ConfigurationError("classes", "are none") }
    guard logits.count == labels.count * classCount else {
      throw ConfigurationError(
        "logits",
        "are \(logits.count); \(labels.count) labels of \(classCount) classes need "
          + "\(labels.count * classCount)")
    }
    if let example = labels.firstIndex(where: { !(0..<classCount).contains($0) }) {
      throw ConfigurationError(
        "labels", "of example \(example) is \(labels[example]); there are \(classCount) classes")
    }
    if let index = logits.firstIndex(where: { !$0.isFinite }) {
      throw ConfigurationError(
        "logits", "of example \(index / classCount) hold \(logits[index]); all must be finite")
    }
    self.logits = logits
    self.classCount = classCount
    self.labels = labels
  }

  /// The number of examples, `N`.
  public var count: Int { labels.count }

  /// The class of the largest logit of each example, the first of equals.
  public var predictions: [Int] {
    labels.indices.map { example in
      var best = example * classCount
      for index in best..<(example + 1) * classCount where logits[index] > logits[best] {
        best = index
      }
      return best - example * classCount
    }
  }

  /// Calls `body` with each example's log-probabilities `log softmax(logits / temperature)`.
  ///
  /// The array is reused from example to example.
  func forEachLogProbability(
    temperature: Double, _ body: (_ example: Int, _ row: [Double]) -> Void
  ) {
    var row = [Double](repeating: 0, count: classCount)
    for example in labels.indices {
      let own = logits[example * classCount..<(example + 1) * classCount]
      let sum = Probability.logSum(of: own, temperature: temperature)
      for (index, logit) in own.enumerated() { row[index] = Double(logit) / temperature - sum }
      body(example, row)
    }
  }
}
