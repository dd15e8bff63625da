/// How far a network's answers move when spectra are shifted round the circle of frequencies.
///
/// A shift by `s` bins makes `P[(k + s) mod bins]` of the powers `P[k]`, before the canonical roll,
/// the means and the normalisation: the same signals and the same noise elsewhere in the band.
package struct ShiftSensitivity: Hashable, Codable, Sendable {
  /// The share of the shifted spectra whose likeliest class is the one without a shift.
  package let consistent: Proportion

  /// The largest change of a logit, over all classes, examples and shifts.
  package let greatestChange: Double

  /// Measures it.
  ///
  /// - Parameters:
  ///   - network: What answers.
  ///   - parameters: The network's parameters.
  ///   - features: What turns spectra into the network's input, as at inference.
  ///   - dataset: What the spectra are taken from.
  ///   - examples: Indices into the dataset.
  ///   - shifts: How far each of them is shifted in turn [bins].
  ///   - workers: The largest number of threads; the result never depends on it.
  /// - Throws: ``TrainingError`` of kind `mismatch` when the parts don't fit each other;
  ///   ``FileError`` when a spectrum can't be read; ``ConfigurationError`` for a logit that is not
  ///   finite.
  package init(
    of network: Network, parameters: [Float], features: FeatureTransform, on dataset: Dataset,
    examples: [Int], shifts: [Int], workers: Int
  ) throws {
    func logits(shiftedBy shift: Int) throws -> LabelledLogits {
      let shifted = try dataset.shifted(examples, by: shift)
      return try LabelledLogits(
        logits: network.logits(
          of: shifted, examples: Array(shifted.labels.indices), features: features,
          parameters: parameters, workers: workers),
        classCount: network.outputShape.channels, labels: shifted.labels)
    }
    let still = try logits(shiftedBy: 0)
    let answers = still.predictions
    var same = 0
    var greatest: Float = 0
    for shift in shifts {
      let moved = try logits(shiftedBy: shift)
      same += zip(answers, moved.predictions).count { $0 == $1 }
      greatest = zip(still.logits, moved.logits).reduce(greatest) { max($0, abs($1.0 - $1.1)) }
    }
    consistent = Proportion(same, of: shifts.count * examples.count)
    greatestChange = Double(greatest)
  }
}

extension Dataset {
  /// Some examples as they are elsewhere in the band, in memory.
  ///
  /// - Parameters:
  ///   - examples: Indices into the dataset, in the order of the result.
  ///   - shift: How many bins up, round the circle; negative ones go down.
  /// - Returns: The examples without their conditions.
  /// - Throws: ``FileError`` when a spectrum can't be read.
  package func shifted(_ examples: [Int], by shift: Int) throws(FileError) -> Dataset {
    let bins = spectrum.bins
    let start = ((-shift % bins) + bins) % bins
    var density: [Float] = []
    density.reserveCapacity(examples.count * spectra.shape.count)
    var values = [Float](repeating: 0, count: spectra.shape.count)
    for example in examples {
      try spectra.read(example, into: &values)
      for row in stride(from: 0, to: values.count, by: bins) {
        density += values[row + start..<row + bins]
        density += values[row..<row + start]
      }
    }
    return Dataset(
      spectrum: spectrum, window: window, classes: classes, channels: channels, density: density,
      labels: examples.map { labels[$0] })
  }
}
