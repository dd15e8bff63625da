/// How far a model's answers stay as they are when a signal stands at another frequency.
public struct Invariance: Hashable, Codable, Sendable {
  /// What circular shifts of the spectra by whole bins change.
  public let spectra: SpectrumShifts

  /// What shifts of the samples by whole bins change; `nil` where no samples are known.
  public let wholeBins: SampleShifts?

  /// What shifts of the samples by less than a bin change; `nil` where no samples are known.
  public let betweenBins: SampleShifts?

  /// An example at a frequency.
  public struct Place: Hashable, Codable, Sendable {
    /// The example, counted from 0 through all datasets.
    public var example: Int

    /// How far it was shifted [bins].
    public var shift: Double
  }

  /// Circular shifts of spectra by whole bins.
  public struct SpectrumShifts: Hashable, Codable, Sendable {
    /// The number of examples.
    public var examples: Int

    /// The number of shifts at which the features were compared byte by byte: all that there are;
    /// 0 for a model that does not roll spectra to a place of their own.
    public var featureShifts: Int

    /// The number of examples whose features differ at any of them.
    public var differing: Int

    /// The first example whose features differ, with the least such shift.
    public var firstDifference: Place?

    /// The number of shifts at which the logits were compared.
    public var logitShifts: Int

    /// The largest difference of any logit.
    public var largestLogitDifference: Double

    /// The share of the examples whose class is the same at all of them.
    public var consistent: Proportion
  }

  /// Shifts of samples, in double-precision phase, from which spectra are estimated anew.
  ///
  /// A change is that of one example at one shift, of whichever class changes most, against the
  /// example as it is.
  public struct SampleShifts: Hashable, Codable, Sendable {
    /// The number of examples that count.
    public var examples: Int

    /// The number of shifts of each.
    public var shifts: Int

    /// The changes of the logits.
    public var logits: Spread

    /// The changes of the probabilities, at the model's temperature.
    public var probabilities: Spread

    /// Each example's largest change of a probability.
    public var worstProbabilities: Spread

    /// How often the class was another.
    public var flips: Int

    /// How often it was another, and its probability or that of the class before 0.9 or above.
    public var confidentFlips: Int

    /// Where a probability changed most.
    public var worst: Place?

    /// What does not count.
    public var nearTies: NearTies
  }

  /// Examples that a model rolls by their highest bin, which the second comes too near to.
  ///
  /// Where the two are within ``margin`` of one another, rounding decides which of them comes to
  /// bin 0. Only shifts by whole bins set them apart; between bins every jump counts.
  public struct NearTies: Hashable, Codable, Sendable {
    /// How close the second highest bin comes, relative to the highest.
    public static let margin: Float = 2e-5

    /// The number of them.
    public var examples: Int

    /// The largest change of any of their logits.
    public var largestLogitDifference: Double
  }

  /// How changes are spread; all 0 where there are none.
  public struct Spread: Hashable, Codable, Sendable {
    /// What half of them exceed.
    public var median: Double

    /// What 1 % of them exceed.
    public var percentile99: Double

    /// What 0.1 % of them exceed.
    public var percentile999: Double

    /// The largest.
    public var largest: Double

    /// Takes the least change that a share of all does not exceed.
    package init(_ changes: [Float]) {
      let sorted = changes.sorted()
      func rank(_ share: Double) -> Double {
        guard !sorted.isEmpty else { return 0 }
        let place = Int((share * Double(sorted.count)).rounded(.up)) - 1
        return Double(sorted[min(max(place, 0), sorted.count - 1)])
      }
      median = rank(0.5)
      percentile99 = rank(0.99)
      percentile999 = rank(0.999)
      largest = rank(1)
    }
  }

  /// Measures a model.
  ///
  /// - Parameters:
  ///   - model: What is measured.
  ///   - dataset: Spectra that the model takes; the labels do not matter.
  ///   - samples: What they were estimated from; `nil` tries the spectra alone.
  ///   - logitShifts: The number of circular shifts at which logits are computed, spread over the
  ///     band; `nil` takes 64 for a model whose features are the same for all, and all for others.
  ///   - workers: The largest number of threads; the result never depends on it.
  ///   - report: Called now and then with the number of shifts done, and of all.
  /// - Throws: ``ConfigurationError`` when the dataset's spectra are not the model's or there are
  ///   not 1 to `bins` shifts; ``FileError`` when a file can't be read, or samples are not finite.
  public init(
    of model: Model, on dataset: Dataset, samples: DatasetSamples? = nil, logitShifts: Int? = nil,
    workers: Int, report: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws {
    guard dataset.spectrum == model.spectrum else {
      throw ConfigurationError(
        "spectrum", "of the dataset is \(dataset.spectrum); the model takes \(model.spectrum)")
    }
    try SpectrumChannel.check(dataset.channels, hold: model.features.channels)
    let spectrumTrial = try SpectrumShiftTrial(model, dataset, logitShifts: logitShifts)
    let sampleTrial = samples.map { SampleShiftTrial(model, $0) }
    let first = spectrumTrial.shifts * dataset.count
    let total = first + (sampleTrial?.shifts ?? 0) * dataset.count
    spectra = try spectrumTrial.run(workers: workers) { report($0, total) }
    let found = try sampleTrial?.run(dataset.count, workers: workers) { report(first + $0, total) }
    wholeBins = found?.wholeBins
    betweenBins = found?.betweenBins
  }

  /// Shifts that are spread over a circle of bins, none twice.
  ///
  /// Their step has no factor in common with the bins, so that they take every residue of a
  /// network's strides.
  package static func spread(_ count: Int, over bins: Int) -> [Int] {
    var step = max(1, bins / count)
    while greatestCommonDivisor(step, bins) > 1 { step += 1 }
    return (1...count).map { $0 * step % bins }
  }

  private static func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
    b == 0 ? a : greatestCommonDivisor(b, a % b)
  }
}
