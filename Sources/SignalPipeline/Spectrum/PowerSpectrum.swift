/// An estimate of the power spectral density of complex baseband samples.
///
/// Bins are DC-centred: bin `k` of `N` stands at `(k − N/2)/N` cycles/sample (integer
/// division), and the axis is circular. Densities are for a sample rate of 1 and a full scale of
/// 1; ``density(rate:fullScale:)`` and ``powers(fullScale:)`` give other units.
public struct PowerSpectrum: Hashable, Sendable {
  /// The power density of each bin [FS²/(cycle/sample)], full scale being 1.
  public var density: [Float]

  /// The number of segments that were averaged.
  public var segments: Int

  /// How many independent powers would make a mean that varies as much: less than ``segments``
  /// where they overlap; `nil` where that is not known, and of extremes.
  public var averages: Double?

  /// The width of a rectangular filter that lets as much white noise pass as a bin,
  /// `Σ w² / (Σ w)²` [cycles/sample].
  public var noiseBandwidth: Double

  /// The highest power density of each bin in a segment [FS²/(cycle/sample)]; `nil` where it was
  /// not asked for.
  public var maximum: [Float]?

  /// The spectral kurtosis of each bin, NaN where there was no power; `nil` where it was not asked
  /// for, or of one segment.
  ///
  /// It is 1 for Gaussian noise, 0 for a constant tone; see
  /// ``WelchEstimator/init(_:maximum:kurtosis:)``.
  public var kurtosis: [Float]?

  /// Creates a spectrum from its parts.
  ///
  /// - Parameters:
  ///   - density: The power density of each bin [FS²/(cycle/sample)].
  ///   - segments: The number of segments that were averaged.
  ///   - averages: How many independent powers they are worth.
  ///   - noiseBandwidth: A bin's [cycles/sample]; `nil` for one bin, as of a rectangular window.
  ///   - maximum: The highest power density of each bin in a segment.
  ///   - kurtosis: The spectral kurtosis of each bin.
  public init(
    density: [Float], segments: Int, averages: Double? = nil, noiseBandwidth: Double? = nil,
    maximum: [Float]? = nil, kurtosis: [Float]? = nil
  ) {
    self.density = density
    self.segments = segments
    self.averages = averages
    self.noiseBandwidth = noiseBandwidth ?? 1 / Double(density.count)
    self.maximum = maximum
    self.kurtosis = kurtosis
  }

  /// The frequency of a bin [cycles/sample], in `[−½, ½)`.
  public static func frequency(ofBin bin: Int, of bins: Int) -> Double {
    Double(bin - bins / 2) / Double(bins)
  }

  /// The mean power of the samples [FS²], `(1/N)·Σ_k S[k]`.
  public var power: Double {
    density.isEmpty ? 0 : density.reduce(0) { $0 + Double($1) } / Double(density.count)
  }

  /// The factors that bound the true density with a probability: it is between `S[k]·lower` and
  /// `S[k]·upper`, in each bin for itself.
  ///
  ///     2K/χ²_{2K, (1+p)/2} … 2K/χ²_{2K, (1−p)/2},   K = averages
  ///
  /// It holds where the density is flat over a bin's width and the signal Gaussian; a median's
  /// interval is a little too wide where segments overlap by more than a half.
  ///
  /// - Parameter probability: Above 0 and below 1.
  /// - Returns: The factors, or `nil` where ``averages`` is.
  public func confidenceInterval(_ probability: Double = 0.95) -> ClosedRange<Double>? {
    precondition(probability > 0 && probability < 1, "a probability of \(probability)")
    guard let averages else { return nil }
    let distribution = GammaDistribution(shape: averages)
    let tail = (1 - probability) / 2
    return 1 / distribution.value(upperTail: tail)...1 / distribution.value(lowerTail: tail)
  }
}
