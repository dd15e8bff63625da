/// An estimate of the power spectral density of complex baseband samples.
///
/// Bins are DC-centred: bin `k` of `N` stands at `(k − N/2)/N` cycles/sample (integer
/// division), and the axis is circular. Densities are for a sample rate of 1; ``density(rate:)``
/// gives them per Hz.
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

  /// The mean power of the samples [FS²], `(1/N)·Σ_k S[k]`.
  public var power: Double {
    density.isEmpty ? 0 : density.reduce(0) { $0 + Double($1) } / Double(density.count)
  }

  /// The frequency of each bin [Hz], `centre + rate·(k − N/2)/N`.
  ///
  /// - Parameters:
  ///   - rate: The sample rate [Hz].
  ///   - centre: The frequency that was mixed to 0 [Hz].
  /// - Returns: One frequency a bin, rising.
  public func frequencies(rate: Double, centre: Double = 0) -> [Double] {
    density.indices.map { centre + rate * Self.frequency(ofBin: $0, of: density.count) }
  }

  /// The power density of each bin [FS²/Hz], `S[k]/rate`.
  ///
  /// - Parameter rate: The sample rate [Hz].
  /// - Returns: One density a bin, whose sum times `rate/N` is the power.
  public func density(rate: Double) -> [Double] {
    density.map { Double($0) / rate }
  }

  /// The level of each bin, `10·log₁₀(S[k]/rate)` [dB relative to 1 FS²/Hz].
  ///
  /// - Parameter rate: The sample rate [Hz]; 1 gives dB relative to 1 FS²/(cycle/sample).
  /// - Returns: One level a bin, `-infinity` where there is no power.
  public func levels(rate: Double = 1) -> [Double] {
    density.map { Decibels.level(Double($0) / rate) }
  }
}
