/// A share of a number of trials, with its 95 % confidence interval.
///
/// The interval is Wilson's, which stays within [0,1] and is meaningful for few trials and for
/// shares near 0 and 1:
///
///     (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n),   z = 1.959964
///
/// Source: E. B. Wilson, "Probable inference, the law of succession, and statistical
/// inference", J. Am. Stat. Assoc. 22(158), 1927.
public struct Proportion: Hashable, Codable, Sendable {
  /// The number of trials.
  public let count: Int

  /// The number of trials that succeeded.
  public let successes: Int

  /// The share that succeeded, in [0,1]; 0 without trials.
  public let value: Double

  /// The interval's lower end; 0 without trials.
  public let lower: Double

  /// The interval's upper end; 1 without trials.
  public let upper: Double

  /// Creates the share of `successes` in `count` trials, `0 ≤ successes ≤ count`.
  public init(_ successes: Int, of count: Int) {
    precondition((0...max(0, count)).contains(successes), "\(successes) of \(count)")
    self.count = count
    self.successes = successes
    guard count > 0 else {
      (value, lower, upper) = (0, 0, 1)
      return
    }
    let n = Double(count)
    let p = Double(successes) / n
    let z = 1.959963984540054
    let centre = p + z * z / (2 * n)
    let half = z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
    let scale = 1 + z * z / n
    value = p
    // The ends that are exact by algebra are set so, free of rounding.
    lower = successes == 0 ? 0 : (centre - half) / scale
    upper = successes == count ? 1 : (centre + half) / scale
  }
}
