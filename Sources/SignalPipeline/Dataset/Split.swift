/// Which examples of a dataset serve which purpose; every class is in each part.
public struct Split: Hashable, Codable, Sendable {
  /// The share of each part; what is left over is for training.
  public struct Shares: Hashable, Codable, Sendable {
    /// The share of the examples that tell which epoch is best.
    public var validation: Double

    /// The share of the examples that nothing is decided by.
    public var test: Double

    /// 20 % for validation, 20 % for the test, 60 % for training.
    public static let `default` = Shares(validation: 0.2, test: 0.2)

    /// Creates shares; ``validate()`` tells whether they make sense.
    public init(validation: Double, test: Double) {
      self.validation = validation
      self.test = test
    }

    /// Checks the shares.
    ///
    /// - Throws: ``ConfigurationError`` unless both are at least 0 and their sum is below 1.
    public func validate() throws(ConfigurationError) {
      guard validation >= 0, test >= 0, validation + test < 1 else {
        throw ConfigurationError(
          "shares",
          "are \(validation) for validation and \(test) for the test; both must be at least 0 "
            + "and leave some for training")
      }
    }
  }

  /// The examples that parameters are fitted to, ascending.
  public var training: [Int]

  /// The examples that tell which epoch is best, ascending.
  public var validation: [Int]

  /// The examples that nothing is decided by, ascending.
  public var test: [Int]

  /// Creates a split from its parts.
  public init(training: [Int], validation: [Int], test: [Int]) {
    self.training = training
    self.validation = validation
    self.test = test
  }

  /// Splits every class alike, at random.
  ///
  /// Of a dataset that was joined from others each is split by itself, as it would be without the
  /// rest.
  ///
  /// - Parameters:
  ///   - dataset: What is split.
  ///   - shares: The share of each part, rounded within each class, but one example at least
  ///     where the share is above 0.
  ///   - seed: The same seed gives the same split.
  /// - Throws: ``ConfigurationError`` when the shares make no sense, a class has no example, or one
  ///   has too few in a dataset to be in each part.
  public init(
    of dataset: Dataset, shares: Shares = .default, seed: UInt64
  ) throws(ConfigurationError) {
    try shares.validate()
    self.init(training: [], validation: [], test: [])
    var isThere = [Bool](repeating: false, count: dataset.classes.count)
    for part in dataset.parts {
      var members = [[Int]](repeating: [], count: dataset.classes.count)
      for example in part.rows {
        let label = dataset.labels[example]
        guard members.indices.contains(label) else {
          throw ConfigurationError(
            "labels",
            "have class \(label) at example \(example); there are \(members.count) classes")
        }
        members[label].append(example)
      }
      for (place, label) in part.classes.enumerated() where !members[label].isEmpty {
        isThere[label] = true
        // A stream a class: a class's split does not depend on the other classes.
        var generator = SeededGenerator(seed: seed, stream: UInt64(place))
        generator.shuffle(&members[label])
        try append(members[label], of: dataset.classes[label], in: part.folder, shares)
      }
    }
    if let label = isThere.firstIndex(of: false) {
      throw ConfigurationError(
        "classes",
        "need an example in each part of the split: there is none of "
          + "`\(dataset.classes[label])`; add some, or make the dataset without the class")
    }
    training.sort()
    validation.sort()
    test.sort()
  }

  /// Deals the examples of a class to the parts.
  private mutating func append(
    _ examples: [Int], of name: String, in folder: String?, _ shares: Shares
  ) throws(ConfigurationError) {
    let forValidation = Self.count(shares.validation, of: examples.count)
    let forTest = Self.count(shares.test, of: examples.count)
    guard forValidation + forTest < examples.count else {
      throw ConfigurationError(
        "classes",
        "need an example in each part of the split: of the \(examples.count) of `\(name)`"
          + "\(folder.map { " in \($0)" } ?? "") \(forValidation) are for validation, \(forTest) for "
          + "the test and none is left for training; add examples of the class")
    }
    validation += examples[..<forValidation]
    test += examples[forValidation..<forValidation + forTest]
    training += examples[(forValidation + forTest)...]
  }

  private static func count(_ share: Double, of examples: Int) -> Int {
    share > 0 ? max(1, Int((share * Double(examples)).rounded())) : 0
  }
}
