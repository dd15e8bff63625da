/// A number that a bin's powers in all segments become; features are made of one or of several.
///
/// Lists of channels hold each at most once, in the order of the cases.
public enum SpectrumChannel: String, Hashable, Codable, Sendable, CaseIterable {
  /// The mean power density [FS²/(cycle/sample)].
  case mean
  /// The highest power density of a segment [FS²/(cycle/sample)].
  case maximum = "max"
  /// The spectral kurtosis, as ``WelchEstimator/init(_:maximum:kurtosis:)`` tells it; 1, as of
  /// noise, where there was no power.
  case kurtosis

  /// The list as options take it, for example `mean,max`.
  public static func text(_ channels: [SpectrumChannel]) -> String {
    channels.map(\.rawValue).joined(separator: ",")
  }

  /// The list with the mean in front, where it is not: what a dataset holds and what is estimated
  /// for those channels.
  package static func withMean(_ channels: [SpectrumChannel]) -> [SpectrumChannel] {
    channels.first == .mean ? channels : [.mean] + channels
  }

  /// Checks that a list is one.
  ///
  /// - Throws: ``ConfigurationError`` naming `channels` for an empty list, one in another order, or
  ///   a channel that stands twice.
  package static func validate(_ channels: [SpectrumChannel]) throws(ConfigurationError) {
    guard !channels.isEmpty, channels == allCases.filter(channels.contains) else {
      throw ConfigurationError(
        "channels",
        "is \(channels.isEmpty ? "empty" : text(channels)); it is one or more of "
          + "\(text(allCases)), in this order, each once")
    }
  }

  /// Checks that spectra with a list of channels hold those of another.
  ///
  /// - Throws: ``ConfigurationError`` naming `channels`, with both lists.
  package static func check(
    _ held: [SpectrumChannel], hold needed: [SpectrumChannel]
  ) throws(ConfigurationError) {
    guard needed.allSatisfy(held.contains) else {
      throw ConfigurationError(
        "channels", "of the spectra are \(text(held)); the features are made of \(text(needed))")
    }
  }
}

extension SpectrumConfiguration {
  /// The fewest samples that channels can be estimated from: a segment, or for the kurtosis two,
  /// as one does not fluctuate [samples].
  package func leastSamples(for channels: [SpectrumChannel]) -> Int {
    segmentLength + (channels.contains(.kurtosis) ? hop : 0)
  }
}

extension WelchEstimator {
  /// Plans an estimate of some channels, all of them from one transform a segment.
  ///
  /// - Parameters:
  ///   - configuration: How the spectrum is estimated.
  ///   - channels: What ``PowerSpectrum/values(of:)`` is to be asked for.
  /// - Throws: ``ConfigurationError`` as ``SpectrumConfiguration/validate()`` does.
  public init(
    _ configuration: SpectrumConfiguration, channels: [SpectrumChannel]
  ) throws(ConfigurationError) {
    try self.init(
      configuration, maximum: channels.contains(.maximum),
      kurtosis: channels.contains(.kurtosis))
  }
}

extension PowerSpectrum {
  /// Returns the values of channels, all finite and none negative where the powers are.
  ///
  /// - Parameter channels: What the estimator was asked for.
  /// - Returns: `(C, bins)` row-major, or `nil` where a channel was not estimated.
  public func values(of channels: [SpectrumChannel]) -> [Float]? {
    if channels == [.mean] { return density }
    var values: [Float] = []
    values.reserveCapacity(channels.count * density.count)
    for channel in channels {
      switch channel {
      case .mean: values += density
      case .maximum:
        guard let maximum else { return nil }
        values += maximum
      case .kurtosis:
        guard let kurtosis else { return nil }
        // Rounding makes a constant power's less than 0.
        values += kurtosis.map { $0.isNaN ? 1 : max(0, $0) }
      }
    }
    return values
  }
}
