/// How much an example counts in the training loss, by its class.
public enum ClassWeights: Hashable, Codable, Sendable {
  /// Every class counts the same in sum: `N / (classes · N_class)`, over the training examples.
  case balanced
  /// A weight a class, in the order of the dataset's classes.
  case given([Double])

  /// The weights for a dataset's training examples.
  ///
  /// - Parameters:
  ///   - labels: The class of each training example.
  ///   - classes: The names of the classes.
  /// - Returns: A weight a class.
  /// - Throws: ``TrainingError`` of kind `mismatch` for another number of weights than classes,
  ///   and for balanced weights where a class has no example.
  func values(labels: [Int], classes: [String]) throws(TrainingError) -> [Double] {
    switch self {
    case .given(let weights):
      guard weights.count == classes.count else {
        throw .mismatch(
          "there are \(weights.count) class weights; the dataset has \(classes.count) classes "
            + "(\(classes.joined(separator: ", ")))")
      }
      return weights
    case .balanced:
      var counts = [Int](repeating: 0, count: classes.count)
      for label in labels { counts[label] += 1 }
      if let missing = counts.firstIndex(of: 0) {
        throw .mismatch(
          "class \(classes[missing]) has no training example, so that no weight balances it")
      }
      return counts.map { Double(labels.count) / Double(classes.count * $0) }
    }
  }

  /// Checks the weights.
  ///
  /// - Throws: ``ConfigurationError`` unless all are finite and above 0.
  public func validate() throws(ConfigurationError) {
    guard case .given(let weights) = self else { return }
    if let weight = weights.first(where: { !($0 > 0 && $0.isFinite) }) {
      throw ConfigurationError(
        "classWeights", "has a weight of \(weight); each must be finite and above 0")
    }
    guard !weights.isEmpty else {
      throw ConfigurationError("classWeights", "is empty; it must have a weight a class")
    }
  }
}
