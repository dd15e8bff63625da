/// Numbers as text for people: fixed decimals, SI prefixes, a point in every locale.
public enum NumberText {
  /// An SI prefix and the power of ten that it stands for.
  public struct Prefix: Hashable, Sendable {
    /// Such as `M`; empty for 1.
    public let symbol: String

    /// Such as 1e6.
    public let factor: Double
  }

  /// The prefixes in use, ascending.
  private static let prefixes = [
    Prefix(symbol: "n", factor: 1e-9), Prefix(symbol: "µ", factor: 1e-6),
    Prefix(symbol: "m", factor: 1e-3), Prefix(symbol: "", factor: 1),
    Prefix(symbol: "k", factor: 1e3), Prefix(symbol: "M", factor: 1e6),
    Prefix(symbol: "G", factor: 1e9), Prefix(symbol: "T", factor: 1e12),
  ]

  /// Writes a value with a fixed number of decimals, rounded half away from zero.
  ///
  /// - Parameters:
  ///   - value: Any value; `nan`, `inf` and `-inf` are written so.
  ///   - decimals: The digits after the point, 0 to 15.
  /// - Returns: For example `-3.50`; never `-0.00`. Values whose digits exceed what a
  ///   `Double` resolves are written as Swift does.
  public static func fixed(_ value: Double, decimals: Int) -> String {
    precondition((0...15).contains(decimals), "\(decimals) decimals")
    guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
    var factor: UInt64 = 1
    for _ in 0..<decimals { factor *= 10 }
    let scaled = (abs(value) * Double(factor)).rounded()
    guard scaled < 0x1p53 else { return "\(value)" }
    let digits = UInt64(scaled)
    let sign = value < 0 && digits > 0 ? "-" : ""
    guard decimals > 0 else { return "\(sign)\(digits)" }
    let fraction = String(digits % factor)
    let zeros = String(repeating: "0", count: decimals - fraction.count)
    return "\(sign)\(digits / factor).\(zeros)\(fraction)"
  }

  /// Writes a share as percents, such as `98.7 %`.
  public static func percent(_ share: Double, decimals: Int = 1) -> String {
    "\(fixed(share * 100, decimals: decimals)) %"
  }

  /// The prefix that brings a value to 1 or above, and below 1000 if one does.
  public static func prefix(for value: Double) -> Prefix {
    let one = Prefix(symbol: "", factor: 1)
    guard value.isFinite, value != 0 else { return one }
    // What rounds to 1000 of one prefix is 1 of the next.
    let size = abs(value) * (1 + 1e-9)
    return prefixes.last { $0.factor <= size } ?? prefixes[0]
  }

  /// Writes a value with an SI prefix and its unit, such as `2.400 MHz`.
  public static func withPrefix(_ value: Double, unit: String, decimals: Int = 3) -> String {
    let prefix = prefix(for: value)
    return "\(fixed(value / prefix.factor, decimals: decimals)) \(prefix.symbol)\(unit)"
  }
}
