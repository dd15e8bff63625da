/// Spectra one after another over time, from a stream of samples added in pieces of any length.
///
/// Its rows are averages over the segments of one Welch estimate: all rows' segments together are
/// those of the whole stream, and rows overlap as the segments do. Memory is constant, and the
/// rows do not depend on how the samples are cut into pieces.
public struct Spectrogram: ~Copyable, Sendable {
  /// One spectrum and when it was.
  public struct Row: Hashable, Sendable {
    /// Where it begins in the stream [samples].
    public var start: Int

    /// How many samples it is made of [samples].
    public var samples: Int

    /// What was then.
    public var spectrum: PowerSpectrum

    /// The middle of the row [samples].
    public var time: Double { Double(start) + Double(samples) / 2 }
  }

  /// The number of segments in each row but the last.
  public let segmentsPerRow: Int

  /// The number of rows since the last ``finish()``.
  public private(set) var rows = 0

  private var estimator: WelchEstimator

  /// Plans the transform and computes the window.
  ///
  /// - Parameters:
  ///   - configuration: How the spectra are estimated; averaging begins anew in each row.
  ///   - segmentsPerRow: The number of segments averaged in each row.
  ///   - kurtosis: Whether each row tells its spectral kurtosis.
  /// - Throws: ``ConfigurationError`` for an invalid configuration, or rows of no segment or more
  ///   than 2³⁰.
  public init(
    _ configuration: SpectrumConfiguration, segmentsPerRow: Int = 1, kurtosis: Bool = false
  ) throws(ConfigurationError) {
    guard (1...1 << 30).contains(segmentsPerRow) else {
      throw ConfigurationError(
        "segmentsPerRow", "is \(segmentsPerRow); a row has from 1 to \(1 << 30) segments")
    }
    let estimator = try WelchEstimator(configuration, kurtosis: kurtosis)
    self.segmentsPerRow = segmentsPerRow
    self.estimator = estimator
  }

  /// How the spectra are estimated.
  public var configuration: SpectrumConfiguration { estimator.configuration }

  /// Adds samples that follow those of the last call.
  ///
  /// - Parameters:
  ///   - samples: Any number of samples [full scale].
  ///   - body: Called with each row that they complete.
  /// - Throws: What `body` throws; the spectrogram then begins anew.
  public mutating func add<Failure: Error>(
    _ samples: Span<IQSample>, row body: (Row) throws(Failure) -> Void
  ) throws(Failure) {
    var count = rows
    defer { rows = count }
    let (configuration, segmentsPerRow) = (configuration, segmentsPerRow)
    do {
      try estimator.add(samples, every: segmentsPerRow) { spectrum throws(Failure) in
        count += 1
        try body(
          Self.row(count - 1, spectrum, configuration, segmentsPerRow: segmentsPerRow))
      }
    } catch {
      count = 0
      throw error
    }
  }

  /// Returns the last row if it has fewer than ``segmentsPerRow`` segments, and begins anew.
  ///
  /// Samples after the last whole segment are dropped.
  public mutating func finish() -> Row? {
    defer { rows = 0 }
    guard let spectrum = estimator.finish() else { return nil }
    return Self.row(rows, spectrum, configuration, segmentsPerRow: segmentsPerRow)
  }

  private static func row(
    _ index: Int, _ spectrum: PowerSpectrum, _ configuration: SpectrumConfiguration,
    segmentsPerRow: Int
  ) -> Row {
    Row(
      start: index * segmentsPerRow * configuration.hop,
      samples: (spectrum.segments - 1) * configuration.hop + configuration.segmentLength,
      spectrum: spectrum)
  }
}
