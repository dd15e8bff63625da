internal import Glibc

/// How much of each other's noise overlapping segments see, which tells how many independent
/// averages they are worth.
///
/// White noise in two segments `j` apart has DFTs of correlation
///
///     ρ_j = Σ_n w[n]·w[n + j·hop] / Σ_n w[n]²
///
/// and powers of correlation `ρ_j²`.
///
/// Source: P. D. Welch, 1967, as for ``WelchEstimator``.
struct SegmentOverlap: Sendable {
  private let window: [Float]
  private let hop: Int
  /// `ρ_j²` of `j = 1, 2, …`, as far as they were asked for: at most one a segment, so that all
  /// together cost less than the segments' DFTs.
  private var squares: [Double] = []
  private let energy: Double

  /// - Parameters:
  ///   - window: The coefficients.
  ///   - hop: The distance between the starts of neighbouring segments, at least 1 [samples].
  init(window: [Float], hop: Int) {
    self.window = window
    self.hop = hop
    energy = window.reduce(0) { $0 + Double($1) * Double($1) }
  }

  /// The number of independent powers whose mean varies as that of `segments` segments does.
  ///
  /// With weights `d^age`, `d = exp(−decayRate)`, it is `(Σ_m d^m)² / Σ_mm' d^(m + m')·ρ²_(m−m')`,
  /// for equal weights Welch's `K / (1 + 2·Σ_j (1 − j/K)·ρ_j²)`.
  mutating func averages(_ segments: Int, decayRate: Double = 0) -> Double {
    guard segments > 0 else { return 0 }
    /// The sum of `count` terms that begin with 1 and fall at a rate.
    func sum(_ count: Int, _ rate: Double) -> Double {
      rate == 0 ? Double(count) : expm1(-rate * Double(count)) / expm1(-rate)
    }
    var variance = sum(segments, 2 * decayRate)
    var j = 1
    while j < segments, j * hop < window.count {
      if j > squares.count { squares.append(square(at: j * hop)) }
      variance +=
        2 * squares[j - 1] * exp(-decayRate * Double(j)) * sum(segments - j, 2 * decayRate)
      j += 1
    }
    let weights = sum(segments, decayRate)
    return weights * weights / variance
  }

  private func square(at distance: Int) -> Double {
    var sum = 0.0
    for n in 0..<window.count - distance { sum += Double(window[n]) * Double(window[n + distance]) }
    return sum / energy * (sum / energy)
  }
}

extension SpectrumConfiguration {
  /// The window's coefficients as samples are multiplied by them.
  var weights: [Float] { window.coefficients(count: segmentLength).map { Float($0) } }

  /// The number of independent powers whose mean varies as the average of `segments` does, or
  /// `nil` where that is no mean.
  ///
  /// Of a median's it is the mean's number, times what a median of independent powers is worth.
  func averages(of segments: Int, _ overlap: inout SegmentOverlap) -> Double? {
    switch averaging {
    case .mean, .exponential:
      return overlap.averages(segments, decayRate: averaging.decayRate)
    case .maximum, .minimum: return nil
    case .median:
      let (runs, rest) = segments.quotientAndRemainder(dividingBy: exactMedianSegments)
      /// The share of the variance that a run brings in.
      func variance(_ count: Int) -> Double {
        count == 0 ? 0 : Double(count * count) / Averaging.medianAverages(count: count)
      }
      let sum = Double(runs) * variance(exactMedianSegments) + variance(rest)
      return Double(segments) * overlap.averages(segments) / sum
    }
  }

  /// The number of independent segments whose mean varies as that of overlapping ones does.
  package func effectiveSegments(_ segments: Int) -> Double {
    var overlap = SegmentOverlap(window: weights, hop: hop)
    return overlap.averages(segments)
  }

  /// By what factor the mean over many neighbouring bins of white noise varies more than a mean
  /// of independent bins would: `bins·Σ w⁴ / (Σ w²)²`.
  var binCorrelation: Double {
    let squares = weights.map { Double($0) * Double($0) }
    let energy = squares.reduce(0, +)
    return Double(bins) * squares.reduce(0) { $0 + $1 * $1 } / (energy * energy)
  }
}
