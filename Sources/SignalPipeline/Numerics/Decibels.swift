internal import Glibc

/// Powers as levels in decibels.
public enum Decibels {
  /// The level of a power ratio, `10·log₁₀(power)` [dB]; `-infinity` for zero.
  public static func level(_ power: Double) -> Double { 10 * log10(power) }

  /// The power ratio of a level, `10^(level/10)`.
  public static func power(_ level: Double) -> Double { pow(10, level / 10) }
}
