extension Network {
  /// How many examples go through the network together at inference.
  ///
  /// One where all weights stay in a core's cache, beside what becomes of one example; several
  /// where the weights are the most of what is read. It never depends on the threads.
  public var inferenceBatch: Int { parameterCount <= 1 << 16 ? 1 : 16 }

  /// Computes the logits of a dataset's examples in inference mode.
  ///
  /// The features are made as at inference: no random rolls.
  ///
  /// - Parameters:
  ///   - dataset: What the examples are taken from.
  ///   - examples: Indices into the dataset, in the order of the result.
  ///   - features: What turns spectra into the network's input.
  ///   - parameters: The network's parameters.
  ///   - workers: The largest number of threads.
  /// - Returns: `(examples, classes)` row-major.
  /// - Throws: ``TrainingError`` of kind `mismatch` when the parts don't fit each other;
  ///   ``FileError`` when a spectrum can't be read.
  public func logits(
    of dataset: Dataset, examples: [Int], features: FeatureTransform, parameters: [Float],
    workers: Int
  ) throws -> [Float] {
    try checkFit(features.configuration, parameters: parameters)
    try TrainingError.check(dataset, fits: features.configuration)
    try TrainingError.check(examples, areIn: dataset)
    let parts = Batching.parts(of: 0..<examples.count, atMost: inferenceBatch)
    let width = outputShape.count
    let rows = try Parallel.map(parts.count, workers: workers) {
      (
        input: Batch(count: inferenceBatch, shape: inputShape),
        workspace: makeWorkspace(count: inferenceBatch)
      )
    } _: { state, index -> [Float] in
      let part = examples[parts[index]]
      if state.input.count != part.count {
        state.input = Batch(count: part.count, shape: inputShape)
      }
      try features.fill(&state.input, with: part, of: dataset) { _ in nil }
      forward(
        state.input, parameters: parameters, mode: .inference, workspace: &state.workspace)
      return Array(state.workspace.logits[..<(part.count * width)])
    }
    return Array(rows.joined())
  }

  /// Checks that features and parameters are what the network takes.
  ///
  /// - Throws: ``TrainingError`` of kind `mismatch`.
  func checkFit(
    _ features: FeatureConfiguration, parameters: [Float]
  ) throws(TrainingError) {
    guard features.shape == inputShape else {
      throw .mismatch("the features have shape \(features.shape), the network takes \(inputShape)")
    }
    guard parameters.count == parameterCount else {
      throw .mismatch("\(parameters.count) parameters; the network has \(parameterCount)")
    }
  }
}

extension TrainingError {
  static func check(
    _ dataset: Dataset, fits features: FeatureConfiguration
  ) throws(TrainingError) {
    guard dataset.spectrum.bins == features.bins else {
      throw .mismatch(
        "the dataset's spectra have \(dataset.spectrum.bins) bins, the features are made from "
          + "\(features.bins)")
    }
    do {
      try SpectrumChannel.check(dataset.channels, hold: features.channels)
    } catch {
      throw .mismatch("\(error)")
    }
  }

  static func check(_ examples: [Int], areIn dataset: Dataset) throws(TrainingError) {
    if let example = examples.first(where: { !(0..<dataset.count).contains($0) }) {
      throw .mismatch("example \(example) is asked for; the dataset has \(dataset.count)")
    }
  }
}
