internal import Glibc

/// The loss of logits against class labels, and its gradient.
///
///     q[k] = w[y]·(1 − ε)·(k = y) + w[k]·ε / K
///     loss = −Σ_k q[k]·log softmax(z)[k] = Σ_k q[k]·(log Σ_j exp(z_j) − z_k)
///
/// `y` is the label, `K` the number of classes, `ε` the label smoothing and `w` the weights of
/// the classes. The mean over a batch divides by `Σ_n w[y_n]`. All this is PyTorch's
/// `cross_entropy`; without smoothing and weights it is `−log softmax(z)[y]` and the plain mean.
///
/// The maximum is subtracted first and the sum is taken in double precision, so that no finite
/// logits overflow. A logit that is not finite gives a loss that is not finite.
///
/// Source: Szegedy et al., "Rethinking the inception architecture", 2016 (label smoothing).
package struct SoftmaxCrossEntropy: Sendable {
  /// What a number of examples add up to.
  package struct Score: Hashable, Sendable {
    /// The sum of the losses [nats].
    package var loss = 0.0

    /// The sum of the weights of the examples' classes.
    package var weight = 0.0

    /// How many examples have their greatest logit at their label (the first of equals).
    package var correct = 0

    /// How many examples were scored.
    package var count = 0

    /// Creates the score of no examples.
    package init() {}

    /// The mean loss of an example [nats].
    package var meanLoss: Double { loss / weight }

    /// The share of examples that are correct.
    package var accuracy: Double { Double(correct) / Double(count) }

    /// Adds another score.
    package static func += (left: inout Score, right: Score) {
      left.loss += right.loss
      left.weight += right.weight
      left.correct += right.correct
      left.count += right.count
    }
  }

  private let classes: Int
  private let weights: [Double]
  /// `q`, a row a label.
  private let targets: [Double]
  /// The sum of each row of `q`.
  private let totals: [Double]

  /// Creates the loss.
  ///
  /// - Parameters:
  ///   - classes: The number of classes.
  ///   - labelSmoothing: The share `ε` of the target that all classes have in common, in `[0, 1)`.
  ///   - classWeights: A weight a class, above 0; `nil` for 1 each.
  package init(classes: Int, labelSmoothing: Double = 0, classWeights: [Double]? = nil) {
    let weights = classWeights ?? [Double](repeating: 1, count: classes)
    precondition(weights.count == classes, "a weight a class")
    self.classes = classes
    self.weights = weights
    targets = (0..<classes * classes).map { index in
      let (label, k) = index.quotientAndRemainder(dividingBy: classes)
      let common = weights[k] * labelSmoothing / Double(classes)
      return k == label ? weights[label] * (1 - labelSmoothing) + common : common
    }
    let targets = targets
    totals = (0..<classes).map { label in
      targets[label * classes..<(label + 1) * classes].reduce(0, +)
    }
  }

  /// What the mean over examples divides by: the sum of their classes' weights.
  package func weight(of labels: some Sequence<Int>) -> Double {
    labels.reduce(0) { $0 + weights[$1] }
  }

  /// Scores logits.
  ///
  /// - Parameters:
  ///   - logits: `(N, classes)` row-major; more may follow.
  ///   - labels: The `N` classes, each in `0..<classes`.
  /// - Returns: The score of the `N` examples.
  package func score(logits: [Float], labels: [Int]) -> Score {
    var score = Score()
    for (example, label) in labels.enumerated() {
      _ = add(example, label, of: logits, to: &score)
    }
    return score
  }

  /// Scores logits and writes the gradient of the batch's mean loss.
  ///
  ///     ∂/∂z[n, k] = (softmax(z[n])[k]·Σ_j q[n, j] − q[n, k]) / batchWeight
  ///
  /// - Parameters:
  ///   - logits: `(N, classes)` row-major; more may follow.
  ///   - labels: The `N` classes, each in `0..<classes`.
  ///   - batchWeight: What the mean divides by, ``weight(of:)`` of the whole batch, of which
  ///     the `N` examples may be a part.
  ///   - gradient: Has its first `N·classes` values overwritten.
  /// - Returns: The score of the `N` examples.
  package func score(
    logits: [Float], labels: [Int], batchWeight: Double, gradient: inout [Float]
  ) -> Score {
    var score = Score()
    let scale = 1 / batchWeight
    for (example, label) in labels.enumerated() {
      let logSum = add(example, label, of: logits, to: &score)
      let first = example * classes
      for k in 0..<classes {
        let probability = exp(Double(logits[first + k]) - logSum)
        let slope = probability * totals[label] - targets[label * classes + k]
        gradient[first + k] = Float(slope * scale)
      }
    }
    return score
  }

  /// Adds an example to a score; returns its `log Σ exp`.
  private func add(
    _ example: Int, _ label: Int, of logits: [Float], to score: inout Score
  ) -> Double {
    let row = logits[example * classes..<(example + 1) * classes]
    var top = row.startIndex
    for index in row.indices where row[index] > row[top] { top = index }
    let logSum = Probability.logSum(of: row)
    for k in 0..<classes where targets[label * classes + k] != 0 {
      score.loss += targets[label * classes + k] * (logSum - Double(row[row.startIndex + k]))
    }
    score.weight += weights[label]
    score.count += 1
    if top - row.startIndex == label { score.correct += 1 }
    return logSum
  }
}
