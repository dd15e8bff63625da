/// How often each true class was taken for each class.
///
/// Every ratio is defined for empty classes too: a quotient with an empty denominator is 0.
public struct ConfusionMatrix: Hashable, Codable, Sendable {
  /// The names of the `K` classes.
  public let classes: [String]

  /// The `K·K` counts, row-major: true class by predicted class.
  public let counts: [Int]

  /// Counts pairs of true and predicted class.
  ///
  /// - Parameters:
  ///   - classes: The names of the classes.
  ///   - labels: The true class of each example, an index into `classes`.
  ///   - predictions: The predicted class of each example, in the order of the labels.
  /// - Throws: ``ConfigurationError`` if the counts differ or an index names no class.
  public init(
    classes: [String], labels: [Int], predictions: [Int]
  ) throws(ConfigurationError) {
    guard labels.count == predictions.count else {
      throw ConfigurationError(
        "predictions", "are \(predictions.count) for \(labels.count) labels")
    }
    var counts = [Int](repeating: 0, count: classes.count * classes.count)
    for (example, (label, prediction)) in zip(labels, predictions).enumerated() {
      guard classes.indices.contains(label), classes.indices.contains(prediction) else {
        throw ConfigurationError(
          "labels",
          "of example \(example) are \(label) (true) and \(prediction) (predicted); "
            + "there are \(classes.count) classes")
      }
      counts[label * classes.count + prediction] += 1
    }
    self.classes = classes
    self.counts = counts
  }

  /// Reads a matrix and checks that it is square and not negative.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    classes = try container.decode([String].self, forKey: .classes)
    counts = try container.decode([Int].self, forKey: .counts)
    // Counts that large would overflow a sum, and no evaluation reaches them.
    guard counts.count == classes.count * classes.count,
      counts.allSatisfy({ (0...1 << 40).contains($0) })
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .counts, in: container,
        debugDescription: "\(classes.count) classes need that many squared counts, none negative")
    }
  }

  /// The number of examples of class `truth` that were taken for class `predicted`.
  public subscript(truth truth: Int, predicted predicted: Int) -> Int {
    counts[truth * classes.count + predicted]
  }

  /// The number of examples.
  public var total: Int { counts.reduce(0, +) }

  /// The number of examples whose class was found.
  public var correct: Int { classes.indices.reduce(0) { $0 + self[truth: $1, predicted: $1] } }

  /// The share of examples whose class was found; 0 without examples.
  public var accuracy: Double { ratio(correct, total) }

  /// The mean recall of the classes that have examples: the accuracy if all had as many.
  public var balancedAccuracy: Double {
    let recalls = scores.filter { $0.support > 0 }.map(\.recall)
    return recalls.isEmpty ? 0 : recalls.reduce(0, +) / Double(recalls.count)
  }

  /// The scores of each class, in the order of ``classes``.
  public var scores: [ClassScore] {
    classes.indices.map { index in
      let hits = self[truth: index, predicted: index]
      let support = classes.indices.reduce(0) { $0 + self[truth: index, predicted: $1] }
      let claims = classes.indices.reduce(0) { $0 + self[truth: $1, predicted: index] }
      return ClassScore(
        name: classes[index], support: support, predicted: claims,
        precision: ratio(hits, claims), recall: ratio(hits, support),
        f1: ratio(2 * hits, support + claims))
    }
  }

  /// The plain means of the scores over the classes that occur, as label or as prediction.
  ///
  /// Its support and its predictions are sums.
  public var macroAverage: ClassScore {
    let occurring = scores.filter { $0.support + $0.predicted > 0 }
    func mean(_ score: (ClassScore) -> Double) -> Double {
      occurring.isEmpty ? 0 : occurring.map(score).reduce(0, +) / Double(occurring.count)
    }
    return ClassScore(
      name: "macro average", support: total, predicted: total,
      precision: mean(\.precision), recall: mean(\.recall), f1: mean(\.f1))
  }

  private func ratio(_ part: Int, _ whole: Int) -> Double {
    whole == 0 ? 0 : Double(part) / Double(whole)
  }
}
