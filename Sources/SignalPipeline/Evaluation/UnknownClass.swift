/// What a model makes of examples of a class that it does not know.
public struct UnknownClass: Hashable, Codable, Sendable {
  /// The class's name.
  public let name: String

  /// The examples whose confidence falls short of the model's threshold: those that are rightly
  /// called unknown.
  public let rejected: Proportion

  /// How many of the others were taken for each class that the model knows, in its order.
  public let takenFor: [Int]

  /// How well the confidence tells these examples from those of known classes, in [0,1]: the
  /// probability that one of theirs is the higher, ½ for none to tell.
  public let areaUnderCurve: Double

  /// Counts examples of a class.
  ///
  /// - Parameters:
  ///   - name: The class's name.
  ///   - scores: The logits of its examples; what they are labelled does not matter.
  ///   - known: The confidences of the examples of known classes.
  ///   - temperature: What logits are divided by.
  ///   - threshold: The least confidence that is accepted.
  package init(
    _ name: String, scores: LabelledLogits, known: [Double], temperature: Double,
    threshold: Double
  ) {
    let confidences = Calibration.confidences(of: scores, temperature: temperature)
    var takenFor = [Int](repeating: 0, count: scores.classCount)
    for (prediction, confidence) in zip(scores.predictions, confidences)
    where confidence >= threshold {
      takenFor[prediction] += 1
    }
    self.init(
      name, rejected: Proportion(scores.count - takenFor.reduce(0, +), of: scores.count),
      takenFor: takenFor,
      areaUnderCurve: AreaUnderCurve.of(positives: known, negatives: confidences))
  }

  private init(
    _ name: String, rejected: Proportion, takenFor: [Int], areaUnderCurve: Double
  ) {
    self.name = name
    self.rejected = rejected
    self.takenFor = takenFor
    self.areaUnderCurve = areaUnderCurve
  }

  /// Several classes as one: the area is the mean of theirs, weighted by examples, since it is a
  /// share of pairs.
  ///
  /// - Parameter classes: Classes that one evaluation told, at least one.
  /// - Returns: The class of all their examples.
  package static func all(of classes: [UnknownClass]) -> UnknownClass {
    precondition(!classes.isEmpty, "no class to join")
    let count = classes.reduce(0) { $0 + $1.rejected.count }
    let pairs = classes.reduce(0) { $0 + $1.areaUnderCurve * Double($1.rejected.count) }
    return UnknownClass(
      "all of these",
      rejected: Proportion(classes.reduce(0) { $0 + $1.rejected.successes }, of: count),
      takenFor: classes[0].takenFor.indices.map { place in
        classes.reduce(0) { $0 + $1.takenFor[place] }
      }, areaUnderCurve: count == 0 ? 0.5 : pairs / Double(count))
  }
}
