internal import Glibc

/// How a Welch estimate of white noise varies, in one bin and from bin to bin.
///
/// The mean of `K` overlapping segments is gamma distributed, with the shape `averages` that
/// ``SpectrumConfiguration/effectiveSegments(_:)`` tells. Powers of bins `j` apart have the
/// correlation
///
///     ρ_j = |Σ_n w[n]²·exp(2πi·n·j/bins)|² / (Σ_n w[n]²)²
///
/// Source: P. D. Welch, 1967, as for ``WelchEstimator``; D. B. Percival and A. T. Walden,
/// "Spectral Analysis for Physical Applications", 1993, section 6.6 (correlation of bins).
struct WelchNoise: Sendable {
  /// The number of segments.
  let segments: Int

  /// The number of independent segments that are worth as much.
  let averages: Double

  /// A symmetric filter, from its middle on, that gives white normal numbers of variance 1 the
  /// correlation `ρ`: the Fourier transform of the square root of that of `ρ`.
  let taps: [Float]

  private let binCorrelation: Double

  /// Tells how the noise of means of all segments in `window` samples varies.
  init(_ spectrum: SpectrumConfiguration, window: Int) {
    segments = max(1, spectrum.segments(in: window))
    averages = spectrum.effectiveSegments(segments)
    binCorrelation = spectrum.binCorrelation
    taps = Self.taps(Self.correlations(spectrum))
  }

  /// The shape of the distribution of a mean of `width` neighbouring bins.
  func shape(width: Int) -> Double { max(averages, averages * Double(width) / binCorrelation) }

  /// The relative variance of one bin of a channel that holds noise.
  ///
  /// Source: of the maximum, that of exponential values; of the kurtosis, G. M. Nita and
  /// D. E. Gary, "Statistics of the spectral kurtosis estimator", PASP 122, 2010.
  func variance(of channel: SpectrumChannel) -> Double {
    switch channel {
    case .mean: 1 / averages
    case .maximum:
      (1...segments).reduce(0) { $0 + 1 / Double($1 * $1) }
        / pow((1...segments).reduce(0) { $0 + 1 / Double($1) }, 2)
    case .kurtosis:
      4 * averages * averages / (max(averages - 1, 0.1) * (averages + 2) * (averages + 3))
    }
  }

  /// `ρ_j` from `j = 0` on, as far as it matters.
  private static func correlations(_ spectrum: SpectrumConfiguration) -> [Double] {
    let squares = spectrum.weights.map { Double($0) * Double($0) }
    let energy = squares.reduce(0, +)
    // Of zeros that fill a segment up, neighbouring bins are as many times more alike.
    let reach = min(spectrum.bins / 2, 16 * spectrum.bins / spectrum.segmentLength)
    return (0...reach).map { distance in
      var (real, imaginary) = (0.0, 0.0)
      for (n, square) in squares.enumerated() {
        let turns = Double(n * distance % spectrum.bins) / Double(spectrum.bins)
        real += square * cos(2 * .pi * turns)
        imaginary += square * sin(2 * .pi * turns)
      }
      return (real * real + imaginary * imaginary) / (energy * energy)
    }
  }

  private static func taps(_ correlations: [Double]) -> [Float] {
    let reach = correlations.count - 1
    let circle = 8 * (reach + 1)
    let cosines = (0..<circle).map { cos(2 * Double.pi * Double($0) / Double(circle)) }
    let roots = (0...circle / 2).map { place in
      let sum = (1...max(reach, 1)).reduce(correlations[0]) {
        $0 + 2 * (reach < 1 ? 0 : correlations[$1]) * cosines[$1 * place % circle]
      }
      return max(0, sum).squareRoot()
    }
    // The transform is even: each place but the first and the last stands for two.
    var taps = (0...reach).map { distance in
      roots.indices.reduce(0.0) {
        let twice = $1 == 0 || $1 == roots.count - 1 ? 1.0 : 2.0
        return $0 + twice * roots[$1] * cosines[distance * $1 % circle]
      }
    }
    while let last = taps.last, taps.count > 1, abs(last) < 2e-3 * taps[0] { taps.removeLast() }
    let energy = taps.reduce(0) { $0 + 2 * $1 * $1 } - taps[0] * taps[0]
    return taps.map { Float($0 / energy.squareRoot()) }
  }
}
