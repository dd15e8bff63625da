internal import CKernels
internal import Glibc

/// Where on the circle of frequencies the power has its centre, to a fraction of a bin.
///
///     c = N/2π · arg Σ_k P[k]·exp(2πi·k/N)      [bins], in [0, N]
///
/// The sum is the autocorrelation of the samples at a lag of one, so `c` is the pulse-pair estimate
/// of the mean frequency. A shift of the samples by any number of bins, whole or not, moves it by as
/// many but for rounding: a window that is 0 at its first sample, such as Hann's, leaves no other
/// term. It never jumps, as the place of a maximum does on a flat top.
///
/// Source: K. S. Miller and M. M. Rochwarger, "A covariance approach to spectral moment
/// estimation", IEEE Trans. Inf. Theory 18(5), 1972.
package struct CircularCentroid: Sendable {
  private let cosines: [Double]
  private let sines: [Double]

  /// Prepares for spectra of a number of bins.
  package init(bins: Int) {
    let angles = (0..<bins).map { 2 * Double.pi * Double($0) / Double(bins) }
    cosines = angles.map { cos($0) }
    sines = angles.map { sin($0) }
  }

  /// Finds the centre; the same values give the same bits.
  ///
  /// - Parameter density: One value a bin.
  /// - Returns: The centre [bins]; that of nothing is 0, and so is that of values that are not
  ///   finite.
  package func place(of density: Span<Float>) -> Double {
    precondition(density.count == cosines.count, "\(density.count) of \(cosines.count) bins")
    let sum = unsafe density.withUnsafeBufferPointer { density in
      unsafe spectrum_harmonic(density.baseAddress!, cosines, sines, density.count)
    }
    guard sum.re.isFinite, sum.im.isFinite else { return 0 }
    let turns = atan2(sum.im, sum.re) / (2 * Double.pi)
    return Double(density.count) * (turns < 0 ? turns + 1 : turns)
  }
}
