extension Evaluation {
  /// Evaluates a model on a dataset.
  ///
  /// - Parameters:
  ///   - model: What is evaluated, with its temperature and threshold.
  ///   - dataset: Labelled spectra of the model's classes.
  ///   - examples: Indices into the dataset; `nil` takes all.
  ///   - offsetCells: The number of cells of the curve against offset.
  ///   - workers: The largest number of threads; the result never depends on it.
  /// - Throws: ``ConfigurationError`` when the dataset's classes or spectra are not the model's,
  ///   ``TrainingError`` for an example that the dataset does not have.
  public init(
    of model: Model, on dataset: Dataset, examples: [Int]? = nil, offsetCells: Int = 64,
    workers: Int
  ) throws {
    let examples = examples ?? Array(0..<dataset.count)
    try self.init(
      logits: model.logits(of: dataset, examples: examples, workers: workers),
      labels: examples.map { dataset.labels[$0] }, classes: model.classes,
      conditions: dataset.conditions.isEmpty ? [] : examples.map { dataset.conditions[$0] },
      temperature: Double(model.temperature), threshold: Double(model.confidenceThreshold),
      offsetCells: offsetCells)
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

  /// The logits of a dataset's examples, `(examples, classes)` row-major.
  func logits(of dataset: Dataset, examples: [Int], workers: Int) throws -> [Float] {
    guard dataset.classes == classes else {
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
