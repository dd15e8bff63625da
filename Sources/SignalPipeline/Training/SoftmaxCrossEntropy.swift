internal import Glibc

/// The loss of logits against class labels, and its gradient.
///
///     loss = −log softmax(z)[label] = log Σ_k exp(z_k) − z_label
///
/// The maximum is subtracted first and the sum is taken in double precision, so that no finite
/// logits overflow. A logit that is not finite gives a loss that is not finite.
package enum SoftmaxCrossEntropy {
  /// What a number of examples add up to.
  package struct Score: Hashable, Sendable {
    /// The sum of the losses [nats].
    package var loss = 0.0

    /// How many examples have their greatest logit at their label (the first of equals).
    package var correct = 0

    /// How many examples were scored.
    package var count = 0

    /// Creates the score of no examples.
    package init() {}

    /// The mean loss of an example [nats].
    package var meanLoss: Double { loss / Double(count) }

    /// The share of examples that are correct.
    package var accuracy: Double { Double(correct) / Double(count) }

    /// Adds another score.
    package static func += (left: inout Score, right: Score) {
      left.loss += right.loss
      left.correct += right.correct
      left.count += right.count
    }
  }

  /// Scores logits.
  ///
  /// - Parameters:
  ///   - logits: `(N, classes)` row-major; more may follow.
  ///   - labels: The `N` classes, each in `0..<classes`.
  ///   - classes: The number of classes.
  /// - Returns: The score of the `N` examples.
  package static func score(logits: [Float], labels: [Int], classes: Int) -> Score {
    var score = Score()
    for (example, label) in labels.enumerated() {
      let row = logits[example * classes..<(example + 1) * classes]
      let (top, logSum) = summary(of: row)
      score.loss += logSum - Double(row[row.startIndex + label])
      if top == label { score.correct += 1 }
    }
    score.count = labels.count
    return score
  }

  /// Scores logits and writes the gradient of the batch's mean loss.
  ///
  ///     ∂/∂z[n, k] = (softmax(z[n])[k] − (k = label[n])) / batchCount
  ///
  /// - Parameters:
  ///   - logits: `(N, classes)` row-major; more may follow.
  ///   - labels: The `N` classes, each in `0..<classes`.
  ///   - classes: The number of classes.
  ///   - batchCount: The number of examples that the mean is over; at least `N`, and more when
  ///     the `N` are a part of a batch.
  ///   - gradient: Has its first `N·classes` values overwritten.
  /// - Returns: The score of the `N` examples.
  package static func score(
    logits: [Float], labels: [Int], classes: Int, batchCount: Int, gradient: inout [Float]
  ) -> Score {
    var score = Score()
    let scale = 1 / Double(batchCount)
    for (example, label) in labels.enumerated() {
      let first = example * classes
      let row = logits[first..<first + classes]
      let (top, logSum) = summary(of: row)
      for k in 0..<classes {
        let probability = exp(Double(logits[first + k]) - logSum)
        gradient[first + k] = Float((probability - (k == label ? 1 : 0)) * scale)
      }
      score.loss += logSum - Double(logits[first + label])
      if top == label { score.correct += 1 }
    }
    score.count = labels.count
    return score
  }

  /// The place of the greatest logit and `log Σ exp`.
  private static func summary(of row: ArraySlice<Float>) -> (top: Int, logSum: Double) {
    var top = row.startIndex
    for index in row.indices where row[index] > row[top] { top = index }
    return (top - row.startIndex, Probability.logSum(of: row))
  }
}
