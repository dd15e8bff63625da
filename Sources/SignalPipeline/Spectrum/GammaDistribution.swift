internal import Glibc

/// The distribution of a mean of `shape` independent powers of complex Gaussian noise of power 1:
/// the gamma distribution of that shape and mean 1, also χ² of `2·shape` degrees of freedom over
/// its mean.
package struct GammaDistribution {
  /// The number of powers averaged, above 0; need not be whole.
  package var shape: Double

  /// From this shape on Wilson and Hilferty's cube root serves, whose cost does not grow with
  /// the shape: its values are good to 3e-7 of themselves.
  private static let largeShape = 2e4

  /// Creates the distribution of a mean of `shape` powers.
  package init(shape: Double) { self.shape = shape }

  /// The probability that the mean exceeds `value`.
  package func upperTail(_ value: Double) -> Double { tails(value).upper }

  /// The value that the mean exceeds with a probability in (0, 1).
  package func value(upperTail probability: Double) -> Double {
    solve { upperTail($0) > probability }
  }

  /// The value, in units of an estimate of 1 that has a relative standard error, that the mean
  /// exceeds with a probability in (0, 1).
  ///
  /// The tail is averaged over the estimate by Gauss and Hermite's three points.
  package func value(upperTail probability: Double, relativeError: Double) -> Double {
    let spread = relativeError * 3.0.squareRoot()
    return solve { value in
      let tail =
        2.0 / 3 * upperTail(value) + upperTail(value * (1 + spread)) / 6
        + upperTail(value * max(0.1, 1 - spread)) / 6
      return tail > probability
    }
  }

  /// The value that the mean falls below with a probability in (0, 1).
  package func value(lowerTail probability: Double) -> Double {
    solve { tails($0).lower < probability }
  }

  /// The value where `isBelow` turns from true to false.
  private func solve(_ isBelow: (Double) -> Bool) -> Double {
    var low = 0.0
    var high = 1.0
    while isBelow(high), high < 1e9 {
      low = high
      high *= 2
    }
    for _ in 0..<60 {
      let middle = 0.5 * (low + high)
      if isBelow(middle) { low = middle } else { high = middle }
    }
    return 0.5 * (low + high)
  }

  /// Source: Abramowitz and Stegun, 6.5.29 (series), 6.5.31 (continued fraction, here by Lentz's
  /// method) and 26.4.17 (Wilson and Hilferty).
  private func tails(_ value: Double) -> (lower: Double, upper: Double) {
    guard value > 0 else { return (0, 1) }
    if shape >= Self.largeShape {
      let z = (cbrt(value) - 1 + 1 / (9 * shape)) * 3 * shape.squareRoot()
      return (0.5 * erfc(-z / 2.0.squareRoot()), 0.5 * erfc(z / 2.0.squareRoot()))
    }
    let x = shape * value
    let scale = exp(shape * log(x) - x - lgamma(shape).0)
    if x < shape + 1 {
      var term = 1 / shape
      var sum = term
      var n = shape
      while term > sum * 1e-16 {
        n += 1
        term *= x / n
        sum += term
      }
      return (scale * sum, 1 - scale * sum)
    }
    var b = x + 1 - shape
    var c = 1e300
    var d = 1 / b
    var fraction = d
    var i = 1.0
    while i < 1e5 {
      let a = i * (shape - i)
      b += 2
      d = 1 / (b + a * d)
      c = b + a / c
      fraction *= c * d
      if abs(c * d - 1) < 1e-15 { break }
      i += 1
    }
    return (1 - scale * fraction, scale * fraction)
  }
}
