internal import Glibc

/// A taper that each segment is multiplied by before its DFT.
public enum Window: String, Hashable, Codable, Sendable, CaseIterable {
  /// `w[n] = ½ − ½·cos(2πn/N)`, periodic.
  case hann
  /// `w[n] = 1`.
  case rectangular

  /// Returns the `count` coefficients of the periodic (DFT-even) window, computed in double.
  ///
  /// Source: F. J. Harris, "On the use of windows for harmonic analysis with the discrete
  /// Fourier transform", Proc. IEEE 66(1), 1978.
  public func coefficients(count: Int) -> [Double] {
    switch self {
    case .hann: (0..<count).map { 0.5 - 0.5 * cos(2 * .pi * Double($0) / Double(count)) }
    case .rectangular: [Double](repeating: 1, count: count)
    }
  }

  /// The window's normalised autocorrelation, `Σ w[n]·w[n + lag·N] / Σ w²`, for long windows.
  ///
  /// White noise in two segments that far apart has DFTs of this correlation.
  ///
  /// - Parameter lag: The distance over the window's length, 0 or more.
  /// - Returns: The correlation, 1 at lag 0 and 0 from lag 1 on.
  func correlation(lag: Double) -> Double {
    guard lag < 1 else { return 0 }
    switch self {
    case .hann:
      let angle = 2 * Double.pi * lag
      return (1 - lag) * (2 + cos(angle)) / 3 + sin(angle) / (2 * .pi)
    case .rectangular: return 1 - lag
    }
  }

  /// By what factor the mean over many neighbouring bins of white noise varies more than a mean
  /// of independent bins would: `N·Σ w⁴ / (Σ w²)²`.
  var binCorrelation: Double {
    switch self {
    case .hann: 35.0 / 18
    case .rectangular: 1
    }
  }
}

extension SpectrumConfiguration {
  /// The number of independent segments whose average varies as that of overlapping ones does.
  ///
  /// For `K` segments of white noise it is
  ///
  ///     K / (1 + 2·Σ_j (1 − j/K)·ρ(j·hop/N)²)
  ///
  /// Source: P. D. Welch, 1967, as for ``WelchEstimator``.
  package func effectiveSegments(_ segments: Int) -> Double {
    var sum = 1.0
    var j = 1
    while j < segments, j * hop < bins {
      let correlation = window.correlation(lag: Double(j * hop) / Double(bins))
      sum += 2 * (1 - Double(j) / Double(segments)) * correlation * correlation
      j += 1
    }
    return Double(segments) / sum
  }
}
