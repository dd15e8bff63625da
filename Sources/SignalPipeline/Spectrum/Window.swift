internal import Glibc

/// A taper that each segment is multiplied by before its DFT.
///
/// All but ``coefficients(_:)`` are periodic (DFT-even) windows `w[n]` of `n = 0…N−1`. JSON holds
/// a window as its ``description``, and coefficients as an array.
///
/// Sources: F. J. Harris, "On the use of windows for harmonic analysis with the discrete Fourier
/// transform", Proc. IEEE 66(1), 1978; for the flat top G. D'Antona and A. Ferrero, "Digital signal
/// processing for measurement systems", Springer 2006.
public enum Window: Hashable, Sendable {
  /// `w[n] = 1`.
  case rectangular
  /// `½ − ½·cos(2πn/N)`.
  case hann
  /// `0.54 − 0.46·cos(2πn/N)`.
  case hamming
  /// `0.42 − 0.5·cos(2πn/N) + 0.08·cos(4πn/N)`.
  case blackman
  /// Blackman and Harris's with four terms and side lobes below −92 dB.
  case blackmanHarris
  /// A sum of five cosines whose main lobe is flat within 0.01 dB over a bin: reads a tone's power
  /// wherever it stands.
  case flatTop
  /// `I₀(β·√(1 − (2n/N − 1)²))/I₀(β)`, `β` from 0 (rectangular) to 500.
  case kaiser(beta: Double)
  /// `exp(−½·((n/N − ½)/σ)²)`, `σ` from 0.05 to 10 in units of the segment's length.
  case gaussian(sigma: Double)
  /// The user's own, one number a sample of the segment.
  case coefficients([Double])

  /// Computes the window's coefficients, in double.
  ///
  /// - Parameter count: The segment's length [samples], at least 1; for ``coefficients(_:)`` their
  ///   number.
  /// - Returns: `count` coefficients.
  public func coefficients(count: Int) -> [Double] {
    switch self {
    case .rectangular: [Double](repeating: 1, count: count)
    case .hann: Self.cosines([0.5, -0.5], count)
    case .hamming: Self.cosines([0.54, -0.46], count)
    case .blackman: Self.cosines([0.42, -0.5, 0.08], count)
    case .blackmanHarris: Self.cosines([0.35875, -0.48829, 0.14128, -0.01168], count)
    case .flatTop:
      Self.cosines([0.21557895, -0.41663158, 0.277263158, -0.083578947, 0.006947368], count)
    case .kaiser(let beta):
      (0..<count).map { n in
        let place = 2 * Double(n) / Double(count) - 1
        return KaiserWindow.value(place, beta: beta) / KaiserWindow.value(0, beta: beta)
      }
    case .gaussian(let sigma):
      (0..<count).map { n in
        let place = (Double(n) / Double(count) - 0.5) / sigma
        return exp(-0.5 * place * place)
      }
    case .coefficients(let values): values
    }
  }

  /// `Σ_j terms[j]·cos(2πjn/N)`.
  private static func cosines(_ terms: [Double], _ count: Int) -> [Double] {
    (0..<count).map { n in
      let angle = 2 * .pi * Double(n) / Double(count)
      return terms.indices.dropFirst().reduce(terms[0]) { sum, j in
        sum + terms[j] * cos(Double(j) * angle)
      }
    }
  }

  /// Checks the parameters for segments of `count` samples.
  ///
  /// - Throws: ``ConfigurationError`` for a `β`, a `σ` or coefficients out of their ranges.
  public func validate(count: Int) throws(ConfigurationError) {
    switch self {
    case .kaiser(let beta) where !(0...500).contains(beta):
      throw ConfigurationError("window", "is \(self); a Kaiser window's β is from 0 to 500")
    case .gaussian(let sigma) where !(0.05...10).contains(sigma):
      throw ConfigurationError(
        "window", "is \(self); a Gaussian window's σ is from 0.05 to 10 segment lengths")
    case .coefficients(let values):
      guard values.count == count else {
        throw ConfigurationError(
          "window", "has \(values.count) coefficients; the segments have \(count) samples")
      }
      // Beyond these their squares leave the range of `Float`.
      guard values.allSatisfy({ abs($0) <= 1e6 }), values.contains(where: { abs($0) >= 1e-6 })
      else {
        throw ConfigurationError(
          "window",
          "has coefficients that are not finite, all below 1e-6 or some above 1e6 in magnitude")
      }
      let sum = values.reduce(0, +)
      guard abs(sum) >= 1e-6 * values.reduce(0, { $0 + abs($1) }) else {
        throw ConfigurationError(
          "window", "has coefficients whose sum is 0: a bin would not see its own frequency")
      }
    default: return
    }
  }
}
