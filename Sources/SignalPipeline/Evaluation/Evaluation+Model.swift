extension Evaluation {
  /// Evaluates a model on a dataset.
  ///
  /// - Parameters:
  ///   - model: What is evaluated, with its temperature and threshold.
  ///   - dataset: Labelled spectra. Its classes are the model's in their order; what follows them
  ///     the model does not know, and those examples tell only what becomes of ``unknowns``.
  ///   - examples: Indices into the dataset; `nil` takes all.
  ///   - offsetCells: The number of cells of the curve against offset.
  ///   - workers: The largest number of threads; the result never depends on it.
  /// - Throws: ``ConfigurationError`` when the dataset's classes or spectra are not the model's,
  ///   ``TrainingError`` for an example that the dataset does not have.
  public init(
    of model: Model, on dataset: Dataset, examples: [Int]? = nil, offsetCells: Int = 64,
    workers: Int
  ) throws {
    try self.init(
      ScoredDataset(of: model, on: dataset, examples: examples, workers: workers),
      offsetCells: offsetCells)
  }

  /// Evaluates what a model said.
  ///
  /// - Throws: ``ConfigurationError`` for cells that are not 1 to 65536.
  package init(_ scored: ScoredDataset, offsetCells: Int = 64) throws(ConfigurationError) {
    let model = scored.model
    try self.init(
      logits: scored.scores.logits, labels: scored.scores.labels, classes: model.classes,
      conditions: scored.conditions, temperature: Double(model.temperature),
      threshold: Double(model.confidenceThreshold), offsetCells: offsetCells)
    guard !scored.unknown.isEmpty else { return }
    let known = Calibration.confidences(of: scored.scores, temperature: temperature)
    unknowns = scored.unknown.map { unknown in
      UnknownClass(
        unknown.name, scores: unknown.scores, known: known, temperature: temperature,
        threshold: Double(model.confidenceThreshold))
    }
  }
}

extension Model {
  /// Returns the model with temperature and confidence threshold fitted to examples.
  ///
  /// - Parameters:
  ///   - dataset: Labelled spectra of the model's classes.
  ///   - examples: Indices into the dataset of examples that no training saw.
  ///   - falseRejectionRate: The share of them that may fall below the threshold.
  ///   - workers: The largest number of threads; the result never depends on it.
  /// - Returns: The model with its decision fitted; the parameters are the same.
  /// - Throws: ``ConfigurationError`` when the dataset's classes or spectra are not the model's,
  ///   ``TrainingError`` for an example that the dataset does not have.
  public func calibrated(
    on dataset: Dataset, examples: [Int], falseRejectionRate: Double, workers: Int
  ) throws -> Model {
    let scores = try LabelledLogits(
      logits: logits(of: dataset, examples: examples, workers: workers),
      classCount: classes.count, labels: examples.map { dataset.labels[$0] })
    let calibration = try Calibration(fitting: scores, falseRejectionRate: falseRejectionRate)
    var model = self
    model.temperature = Float(calibration.temperature)
    model.confidenceThreshold = Float(calibration.threshold)
    return model
  }

  /// The logits of a dataset's examples, `(examples, classes)` row-major; the dataset may have
  /// more classes after the model's.
  func logits(of dataset: Dataset, examples: [Int], workers: Int) throws -> [Float] {
    guard dataset.classes.starts(with: classes) else {
      throw ConfigurationError(
        "classes",
        "of the dataset are \(dataset.classes.joined(separator: ", ")); the model knows "
          + classes.joined(separator: ", "))
    }
    guard dataset.spectrum == spectrum else {
      throw ConfigurationError(
        "spectrum", "of the dataset is \(dataset.spectrum); the model takes \(spectrum)")
    }
    try SpectrumChannel.check(dataset.channels, hold: features.channels)
    return try makeNetwork().logits(
      of: dataset, examples: examples, features: FeatureTransform(features),
      parameters: parameters, workers: workers)
  }
}
