/// Kaiser's window, which trades the width of a filter's transition for its stopband.
///
///     w(x) = I₀(β·√(1 − x²)) / I₀(β),  −1 ≤ x ≤ 1
///
/// Source: J. F. Kaiser, "Nonrecursive digital filter design using the I₀-sinh window function",
/// IEEE ISCAS, 1974.
enum KaiserWindow {
  /// The window at a place from −1 to 1, times `I₀(β)`.
  static func value(_ x: Double, beta: Double) -> Double {
    bessel(beta * max(0, 1 - x * x).squareRoot())
  }

  /// The β that gives a low-pass filter a stopband so far down [dB], from 50 dB on.
  static func beta(attenuation: Double) -> Double { 0.1102 * (attenuation - 8.7) }

  /// How many taps a low-pass filter has on each side of its middle.
  ///
  /// - Parameters:
  ///   - attenuation: How far down its stopband is [dB].
  ///   - transition: From the passband's edge to the stopband's [cycles/sample].
  /// - Returns: The number, by Kaiser's formula.
  static func side(attenuation: Double, transition: Double) -> Int {
    Int(((attenuation - 7.95) / (2.285 * 2 * .pi * transition) / 2).rounded(.up))
  }

  /// The modified Bessel function I₀, by its series.
  private static func bessel(_ x: Double) -> Double {
    var sum = 1.0
    var term = 1.0
    var k = 1.0
    while term > sum * 1e-17 {
      term *= (x / (2 * k)) * (x / (2 * k))
      sum += term
      k += 1
    }
    return sum
  }
}
