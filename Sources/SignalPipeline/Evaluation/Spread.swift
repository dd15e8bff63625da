/// What repetitions of one measurement came to: their mean, their ends and how sure the mean is.
///
/// The interval is Student's for the mean of independent repetitions that are normally distributed:
///
///     mean ± t(0.975, n − 1) · s / √n,   s² = Σ (x − mean)² / (n − 1)
///
/// It tells of what was drawn anew in each repetition, and of nothing that all had in common.
///
/// Source: Student, "The probable error of a mean", Biometrika 6(1), 1908.
package struct Spread: Hashable, Codable, Sendable {
  /// The number of repetitions, `n`.
  package let count: Int

  /// Their mean; 0 without any.
  package let mean: Double

  /// The least of them; 0 without any.
  package let least: Double

  /// The greatest of them; 0 without any.
  package let greatest: Double

  /// Their standard deviation `s`; `nil` for fewer than two.
  package let deviation: Double?

  /// Half the width of the mean's 95 % interval; `nil` for fewer than two.
  package let halfWidth: Double?

  /// The most repetitions that a spread takes.
  package static let limit = 30

  /// t(0.975, ν) for ν = 1, 2, …, 29 degrees of freedom.
  private static let quantiles = [
    12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622, 2.2281, 2.2010, 2.1788,
    2.1604, 2.1448, 2.1314, 2.1199, 2.1098, 2.1009, 2.0930, 2.0860, 2.0796, 2.0739, 2.0687, 2.0639,
    2.0595, 2.0555, 2.0518, 2.0484, 2.0452,
  ]

  /// Tells the spread of at most ``limit`` finite values.
  package init(_ values: [Double]) {
    precondition(values.count <= Self.limit, "\(values.count) repetitions")
    count = values.count
    let mean = values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
    self.mean = mean
    least = values.min() ?? 0
    greatest = values.max() ?? 0
    guard values.count > 1 else {
      (deviation, halfWidth) = (nil, nil)
      return
    }
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let deviation = (squares / Double(values.count - 1)).squareRoot()
    self.deviation = deviation
    halfWidth = Self.quantiles[values.count - 2] * deviation / Double(values.count).squareRoot()
  }
}
