/// A dataset of the study, which is made when it is needed and not kept on the disk.
///
/// Everything follows from seed and index: two datasets that differ in their offsets alone hold the
/// same signals, levels and noise elsewhere in the band.
package struct StudyData: Hashable, Sendable {
  /// How spectra are estimated.
  package var spectrum: SpectrumConfiguration

  /// What is told of each bin.
  package var channels: [SpectrumChannel]

  /// Where the signals lie.
  package var offset: SynthesisConfiguration.Offset

  /// The number of examples.
  package var count: Int

  /// What they follow from.
  package var seed: UInt64

  /// The examples that a thread makes before all are taken.
  private static let examplesAThread = 16

  /// What one thread reuses from example to example.
  private struct Station: ~Copyable {
    var generator: SignalGenerator
    var estimator: WelchEstimator
  }

  /// Makes the dataset in memory.
  ///
  /// - Parameters:
  ///   - signals: The law of the signals; seed and offset are replaced.
  ///   - workers: The number of threads; the result never depends on it.
  ///   - progress: Called with the number of examples that are made.
  /// - Returns: The dataset, with the conditions of each example.
  /// - Throws: ``ConfigurationError`` for signals that make no sense, what `progress` threw.
  package func make(
    _ signals: SynthesisConfiguration, workers: Int, progress: (Int) throws -> Void
  ) throws -> Dataset {
    var law = signals
    law.seed = seed
    law.offset = offset
    let own = law
    let (spectrum, channels) = (spectrum, channels)
    var density: [Float] = []
    density.reserveCapacity(count * channels.count * spectrum.bins)
    var labels: [Int] = []
    var conditions: [ExampleConditions] = []
    try Parallel.stream(
      count, workers: workers, ahead: Self.examplesAThread * workers,
      state: {
        Station(
          generator: try SignalGenerator(own),
          estimator: try WelchEstimator(spectrum, channels: channels))
      }
    ) { station, index in
      let example = station.generator.example(index)
      station.estimator.add(example.samples.span)
      guard let values = station.estimator.finish()?.values(of: channels) else {
        throw ConfigurationError(
          "samples", "is \(own.samples); a spectrum of \(spectrum.bins) bins takes more")
      }
      return (values: values, label: example.label, drawn: example.conditions)
    } take: { example, index in
      density += example.values
      labels.append(example.label)
      conditions.append(
        ExampleConditions(
          offset: example.drawn.offset, snr: example.drawn.snr, bandwidth: example.drawn.bandwidth))
      try progress(index + 1)
    }
    return Dataset(
      spectrum: spectrum, window: signals.samples, classes: signals.classes.map(\.rawValue),
      channels: channels, density: density, labels: labels, conditions: conditions)
  }
}
