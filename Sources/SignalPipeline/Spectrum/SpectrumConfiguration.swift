/// How samples become a power spectrum: what a dataset and a model must agree on.
///
/// Units, decibels and volts are the presentation's: see ``PowerSpectrum``.
public struct SpectrumConfiguration: Hashable, Sendable {
  /// The DFT length and the number of frequency bins.
  public var bins: Int

  /// The length of a segment [samples]; zeros fill it up to ``bins``.
  public var segmentLength: Int

  /// How many samples neighbouring segments share [samples].
  public var overlap: Int

  /// The taper of each segment.
  public var window: Window

  /// What is taken off each segment first.
  public var detrend: Detrend

  /// How the segments' powers become one spectrum.
  public var averaging: Averaging

  /// Hann, 8192 bins, 50 % overlap, the mean of what is as it came.
  public static let `default` = SpectrumConfiguration(bins: 8192, overlap: 4096, window: .hann)

  /// Creates a configuration; ``validate()`` tells whether it makes sense.
  ///
  /// - Parameters:
  ///   - bins: The DFT length.
  ///   - segmentLength: The length of a segment [samples]; `nil` for as many as bins.
  ///   - overlap: How many samples neighbouring segments share [samples].
  ///   - window: The taper of each segment.
  ///   - detrend: What is taken off each segment first.
  ///   - averaging: How the segments' powers become one spectrum.
  public init(
    bins: Int, segmentLength: Int? = nil, overlap: Int, window: Window, detrend: Detrend = .none,
    averaging: Averaging = .mean
  ) {
    self.bins = bins
    self.segmentLength = segmentLength ?? bins
    self.overlap = overlap
    self.window = window
    self.detrend = detrend
    self.averaging = averaging
  }

  /// Bartlett's method: the mean over segments that are neither windowed nor overlap.
  public static func bartlett(bins: Int) -> SpectrumConfiguration {
    SpectrumConfiguration(bins: bins, overlap: 0, window: .rectangular)
  }

  /// The plain periodogram `|X[k]|²/N` of `samples` samples.
  ///
  /// It is ``bartlett(bins:)`` with one segment: its standard error is the power itself, however
  /// many samples there are.
  public static func periodogram(samples: Int) -> SpectrumConfiguration { bartlett(bins: samples) }

  /// The distance between the starts of neighbouring segments [samples].
  public var hop: Int { segmentLength - overlap }

  /// The number of whole segments in `samples` samples.
  public func segments(in samples: Int) -> Int {
    samples < segmentLength ? 0 : (samples - segmentLength) / hop + 1
  }

  /// The number of segments up to which ``Averaging/median`` is exact.
  ///
  /// Of more it is the mean, weighted by their lengths, of the medians of runs of so many: as
  /// unbiased, and as firm against bursts shorter than half a run, in constant memory. It is 1023
  /// up to 65,536 bins; beyond, as many as 256 MiB hold.
  public var exactMedianSegments: Int { max(3, min(1023, ((1 << 26) / bins - 1) | 1)) }

  /// Checks that the configuration can be computed.
  ///
  /// - Throws: ``ConfigurationError`` unless `2 ≤ bins ≤ 2²⁴`, `2 ≤ segmentLength ≤ bins`,
  ///   `0 ≤ overlap < segmentLength`, and window and averaging are valid.
  public func validate() throws(ConfigurationError) {
    guard (2...1 << 24).contains(bins) else {
      throw ConfigurationError("bins", "is \(bins); a spectrum has 2 to \(1 << 24) bins")
    }
    guard (2...bins).contains(segmentLength) else {
      throw ConfigurationError(
        "segmentLength", "is \(segmentLength) samples; it must be from 2 to the \(bins) bins")
    }
    guard (0..<segmentLength).contains(overlap) else {
      throw ConfigurationError(
        "overlap",
        "is \(overlap) samples; it must be at least 0 and below the \(segmentLength) of a segment")
    }
    try window.validate(count: segmentLength)
    try averaging.validate()
  }

  /// Checks that a model can take spectra made so: it has to tell signals from noise first, and
  /// ``SignalDetector`` knows how means of noise vary.
  ///
  /// - Throws: ``ConfigurationError`` as ``validate()`` does, and for averages other than means.
  package func validateForModel() throws(ConfigurationError) {
    try validate()
    guard averaging == .mean else {
      throw ConfigurationError("averaging", "is \(averaging); models take spectra that are a mean")
    }
  }
}

extension SpectrumConfiguration: CustomStringConvertible {
  /// For example `8192 bins, hann, overlap 4096 samples`, then what is not as usual.
  public var description: String {
    var text = "\(bins) bins, \(window), overlap \(overlap) samples"
    if segmentLength != bins { text += ", segments of \(segmentLength) samples" }
    if detrend != .none { text += ", detrend \(detrend.rawValue)" }
    if averaging != .mean { text += ", averaging \(averaging)" }
    return text
  }
}

extension SpectrumConfiguration: Codable {
  private enum CodingKeys: String, CodingKey {
    case bins, segmentLength, overlap, window, detrend, averaging
  }

  /// Decodes a configuration; what is missing but bins, overlap and window is as usual.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      bins: try container.decode(Int.self, forKey: .bins),
      segmentLength: try container.decodeIfPresent(Int.self, forKey: .segmentLength),
      overlap: try container.decode(Int.self, forKey: .overlap),
      window: try container.decode(Window.self, forKey: .window),
      detrend: try container.decodeIfPresent(Detrend.self, forKey: .detrend) ?? .none,
      averaging: try container.decodeIfPresent(Averaging.self, forKey: .averaging) ?? .mean)
  }

  /// Encodes a configuration; what is as usual is left out, so that the same spectra are always
  /// told in the same bytes.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(bins, forKey: .bins)
    if segmentLength != bins { try container.encode(segmentLength, forKey: .segmentLength) }
    try container.encode(overlap, forKey: .overlap)
    try container.encode(window, forKey: .window)
    if detrend != .none { try container.encode(detrend, forKey: .detrend) }
    if averaging != .mean { try container.encode(averaging, forKey: .averaging) }
  }
}
