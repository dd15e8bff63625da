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
}
