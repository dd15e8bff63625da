/// How samples become a power spectrum: what a dataset and a model must agree on.
public struct SpectrumConfiguration: Hashable, Codable, Sendable {
  /// The DFT length and the number of frequency bins.
  public var bins: Int

  /// How many samples neighbouring segments share [samples].
  public var overlap: Int

  /// The taper of each segment.
  public var window: Window

  /// Hann, 8192 bins, 50 % overlap.
  public static let `default` = SpectrumConfiguration(bins: 8192, overlap: 4096, window: .hann)

  /// Creates a configuration; ``validate()`` tells whether it makes sense.
  public init(bins: Int, overlap: Int, window: Window) {
    self.bins = bins
    self.overlap = overlap
    self.window = window
  }

  /// The distance between the starts of neighbouring segments [samples].
  public var hop: Int { bins - overlap }

  /// The number of whole segments in `samples` samples.
  public func segments(in samples: Int) -> Int {
    samples < bins ? 0 : (samples - bins) / hop + 1
  }

  /// Checks that the configuration can be computed.
  ///
  /// - Throws: ``ConfigurationError`` unless `2 ≤ bins ≤ 2²⁴` and `0 ≤ overlap < bins`.
  public func validate() throws(ConfigurationError) {
    guard (2...1 << 24).contains(bins) else {
      throw ConfigurationError("bins", "is \(bins); a spectrum has 2 to \(1 << 24) bins")
    }
    guard (0..<bins).contains(overlap) else {
      throw ConfigurationError(
        "overlap", "is \(overlap) samples; it must be at least 0 and below the \(bins) bins")
    }
  }
}

extension SpectrumConfiguration: CustomStringConvertible {
  /// For example `8192 bins, hann, overlap 4096 samples`.
  public var description: String { "\(bins) bins, \(window.rawValue), overlap \(overlap) samples" }
}
