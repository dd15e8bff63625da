/// What a model says of a dataset's examples: what an evaluation and its report are made of.
///
/// The dataset's classes begin with the model's; what follows them the model does not know, and
/// their examples are told apart from the others.
package struct ScoredDataset: Sendable {
  /// What was asked.
  package let model: Model

  /// What it was asked about.
  package let dataset: Dataset

  /// The rows of the examples of known classes, in the order of ``scores``.
  package let examples: [Int]

  /// The logits of the examples of known classes.
  package let scores: LabelledLogits

  /// The logits of the examples of each class that is not known; their labels are all 0.
  package let unknown: [(name: String, scores: LabelledLogits)]

  /// Asks a model.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - dataset: Labelled spectra.
  ///   - examples: Indices into the dataset; `nil` takes all.
  ///   - workers: The largest number of threads; the result never depends on it.
  /// - Throws: ``ConfigurationError`` when the dataset's classes do not begin with the model's or
  ///   its spectra are others, ``TrainingError`` for an example that the dataset does not have.
  package init(
    of model: Model, on dataset: Dataset, examples: [Int]? = nil, workers: Int
  ) throws {
    let asked = examples ?? Array(0..<dataset.count)
    let logits = try model.logits(of: dataset, examples: asked, workers: workers)
    let width = model.classes.count
    var places = [[Int]](repeating: [], count: dataset.classes.count)
    for (place, example) in asked.enumerated() { places[dataset.labels[example]].append(place) }
    func scores(_ places: [Int], labels: [Int]) throws -> LabelledLogits {
      try LabelledLogits(
        logits: places.flatMap { logits[$0 * width..<($0 + 1) * width] }, classCount: width,
        labels: labels)
    }
    let known = asked.indices.filter { dataset.labels[asked[$0]] < width }
    self.model = model
    self.dataset = dataset
    self.examples = known.map { asked[$0] }
    self.scores = try scores(known, labels: known.map { dataset.labels[asked[$0]] })
    unknown = try (width..<max(width, dataset.classes.count)).map { label in
      let own = places[label]
      return (
        dataset.classes[label], try scores(own, labels: [Int](repeating: 0, count: own.count))
      )
    }
  }

  /// The conditions of the examples of known classes; none if none are known.
  package var conditions: [ExampleConditions] {
    dataset.conditions.isEmpty ? [] : examples.map { dataset.conditions[$0] }
  }
}
