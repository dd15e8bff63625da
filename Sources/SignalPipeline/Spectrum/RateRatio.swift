/// A ratio of two sample rates, as whole numbers without a common factor.
public struct RateRatio: Hashable, Codable, Sendable {
  /// The new rate, in parts.
  public let up: Int

  /// The old rate, in the same parts.
  public let down: Int

  /// The largest part: 1,000,000.
  public static let largest = 1_000_000

  /// Creates the ratio `up/down`.
  ///
  /// - Throws: ``ConfigurationError`` unless both are 1 to ``largest``.
  public init(up: Int, down: Int) throws(ConfigurationError) {
    for (name, value) in [("up", up), ("down", down)] {
      guard (1...Self.largest).contains(value) else {
        throw ConfigurationError(name, "is \(value); it must be 1 to \(Self.largest)")
      }
    }
    var (factor, rest) = (up, down)
    while rest > 0 { (factor, rest) = (rest, factor % rest) }
    self.up = up / factor
    self.down = down / factor
  }

  /// Creates the simplest ratio close to a number, which lies on a path of the Stern–Brocot tree.
  ///
  /// - Parameters:
  ///   - value: The new rate over the old one, 1e-6 to 1e6.
  ///   - tolerance: The relative error that is allowed, 1e-9 at least.
  /// - Throws: ``ConfigurationError`` for a value out of range, or one that takes numbers above
  ///   ``largest``.
  public init(near value: Double, tolerance: Double) throws(ConfigurationError) {
    guard value >= 1e-6, value <= 1e6 else {
      throw ConfigurationError("ratio", "is \(value); it must be 1e-6 to 1e6")
    }
    let allowed = value * max(tolerance, 1e-9)
    var (low, high) = ((up: 0, down: 1), (up: 1, down: 0))
    while true {
      let middle = (up: low.up + high.up, down: low.down + high.down)
      guard middle.up <= Self.largest, middle.down <= Self.largest else {
        throw ConfigurationError(
          "ratio", "is \(value), which no ratio of numbers up to \(Self.largest) comes close to")
      }
      let error = Double(middle.up) / Double(middle.down) - value
      if abs(error) <= allowed {
        up = middle.up
        down = middle.down
        return
      }
      if error < 0 { low = middle } else { high = middle }
    }
  }

  /// The new rate over the old one.
  public var value: Double { Double(up) / Double(down) }
}
