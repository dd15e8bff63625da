/// The distribution function of the standard normal law, tabulated.
///
/// A value of the type holds the table, which a loop then has at hand.
struct NormalStep {
  private static let perUnit = 256.0
  private static let limit = 8.0

  private let table = Self.table

  /// `Φ(x)` at `x = −8 + k/256`, by Simpson's rule over each interval.
  private static let table: [Double] = {
    func density(_ x: Double) -> Double {
      PortableMath.exp(-x * x / 2) * 0.3989422804014326779
    }
    var sum = 0.0
    var values = [0.0]
    for k in 0..<Int(2 * limit * perUnit) {
      let x = -limit + Double(k) / perUnit
      let middle = density(x + 0.5 / perUnit)
      sum += (density(x) + 4 * middle + density(x + 1 / perUnit)) / (6 * perUnit)
      values.append(sum)
    }
    return values
  }()

  /// Returns `Φ(x)` within 5e-7, by linear interpolation.
  func value(_ x: Double) -> Double {
    if x <= -Self.limit { return 0 }
    if x >= Self.limit { return 1 }
    let place = (x + Self.limit) * Self.perUnit
    let index = min(Int(place), table.count - 2)
    return table[index] + (place - Double(index)) * (table[index + 1] - table[index])
  }
}
