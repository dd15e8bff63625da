/// An estimate of the power spectral density of complex baseband samples.
///
/// Bins are DC-centred: bin `k` of `N` stands at `(k − N/2)/N` cycles/sample (integer
/// division), and the axis is circular. Densities are for a sample rate of 1: multiply by
/// `1/rate` for FS²/Hz.
public struct PowerSpectrum: Hashable, Sendable {
  /// The power density of each bin [FS²/(cycle/sample)], full scale being 1.
  public var density: [Float]

  /// The number of segments that were averaged.
  public var segments: Int

  /// Creates a spectrum from its parts.
  public init(density: [Float], segments: Int) {
    self.density = density
    self.segments = segments
  }

  /// The frequency of a bin [cycles/sample], in `[−½, ½)`.
  public static func frequency(ofBin bin: Int, of bins: Int) -> Double {
    Double(bin - bins / 2) / Double(bins)
  }
}
