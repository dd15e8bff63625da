/// Elementary functions out of `+ − × ÷` alone, so that every CPU and C library gives the same
/// bits.
///
/// Swift never fuses a multiplication and an addition by itself, and each of the four operations
/// is rounded exactly: what is drawn here is drawn everywhere. Relative errors stay below 1e-14.
package enum PortableMath {
  private static let ln2High = 0x1.62e42fefa38p-1
  private static let ln2Low = 0x1.ef35793c7673p-45

  /// Returns `eˣ`, for `|x| ≤ 700`.
  package static func exp(_ x: Double) -> Double {
    let power = (x * 1.442695040888963387).rounded()
    let rest = x - power * ln2High - power * ln2Low
    // Taylor's series for |rest| ≤ ½·ln 2: the first term left out is 4e-18.
    var sum = 1.0
    for n in stride(from: 14, through: 1, by: -1) { sum = 1 + sum * rest / Double(n) }
    return sum * Double(sign: .plus, exponent: Int(power), significand: 1)
  }

  /// Returns the natural logarithm of a positive, normal number.
  package static func log(_ x: Double) -> Double {
    var exponent = Double(x.exponent)
    var mantissa = x.significand
    if mantissa > 1.414213562373095 {
      mantissa /= 2
      exponent += 1
    }
    // ln m = 2·artanh s; with s² ≤ 0.0295 the first term left out is below 1e-18.
    let s = (mantissa - 1) / (mantissa + 1)
    let square = s * s
    var sum = 0.0
    for n in stride(from: 23, through: 1, by: -2) { sum = sum * square + 1 / Double(n) }
    return exponent * ln2High + (exponent * ln2Low + 2 * s * sum)
  }

  /// Returns `base^exponent` for a positive base.
  package static func pow(_ base: Double, _ exponent: Double) -> Double {
    exp(exponent * log(base))
  }

  /// Returns the amplitude ratio of a level, `10^(level/20)`.
  package static func amplitude(decibels level: Double) -> Double {
    exp(level * 0.1151292546497022842)
  }

  /// Returns `(cos 2πt, sin 2πt)` of an angle in turns, for `|t|` below 2⁵⁰.
  package static func phasor(turns t: Double) -> (cos: Double, sin: Double) {
    let fraction = t - t.rounded(.down)
    let quarter = (fraction * 4).rounded()
    let angle = (fraction - quarter / 4) * (2 * Double.pi)
    let square = angle * angle
    var cos = 1.0
    var sin = 1.0
    // |angle| ≤ π/4: the first terms left out are below 1e-19.
    for n in stride(from: 18, through: 2, by: -2) {
      cos = 1 - cos * square / Double(n * (n - 1))
      sin = 1 - sin * square / Double(n * (n + 1))
    }
    sin *= angle
    return switch Int(quarter) & 3 {
    case 0: (cos, sin)
    case 1: (-sin, cos)
    case 2: (-cos, -sin)
    default: (sin, -cos)
    }
  }
}
