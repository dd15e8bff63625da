import ArgumentParser

/// A frequency or sample rate with an optional SI prefix, such as `433.92M` or `250k`.
struct Quantity: ExpressibleByArgument {
  /// The value in Hz.
  let hertz: Double

  init?(argument: String) {
    var digits = Substring(argument)
    var scale = 1.0
    if let prefix = argument.last, let factor = Self.factors[prefix] {
      digits = digits.dropLast()
      scale = factor
    }
    guard let value = Double(digits), (value * scale).isFinite else { return nil }
    hertz = value * scale
  }

  private static let factors: [Character: Double] = ["k": 1e3, "K": 1e3, "M": 1e6, "G": 1e9]
}

/// Two whole numbers as `LOW:HIGH`, or one for both.
struct CountRange: ExpressibleByArgument {
  /// The numbers from the lower to the upper.
  let range: ClosedRange<Int>

  init?(argument: String) {
    let parts = argument.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
    guard (1...2).contains(parts.count), let first = parts[0], let last = parts[parts.count - 1],
      first <= last
    else { return nil }
    range = first...last
  }
}

/// Two numbers as `LOW:HIGH`, or one for both.
struct NumberRange: ExpressibleByArgument {
  /// The numbers from the lower to the upper.
  let range: ClosedRange<Double>

  init?(argument: String) {
    let parts = argument.split(separator: ":", omittingEmptySubsequences: false).map { Double($0) }
    guard (1...2).contains(parts.count), let first = parts[0], let last = parts[parts.count - 1],
      first.isFinite, last.isFinite, first <= last
    else { return nil }
    range = first...last
  }
}
