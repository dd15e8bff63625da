import ArgumentParser

/// A stretch of a stream: samples, or a time with its unit, such as `65536`, `200ms` or `1s`.
enum StreamTime: ExpressibleByArgument, CustomStringConvertible {
  case samples(Int)
  case seconds(Double, text: String)

  private static let units: [(name: String, seconds: Double)] = [
    ("min", 60), ("ms", 1e-3), ("us", 1e-6), ("µs", 1e-6), ("h", 3600), ("s", 1),
  ]

  init?(argument: String) {
    if let samples = Int(argument) {
      self = .samples(samples)
      return
    }
    guard let unit = Self.units.first(where: { argument.hasSuffix($0.name) }),
      let value = Double(argument.dropLast(unit.name.count)), value.isFinite
    else { return nil }
    self = .seconds(value * unit.seconds, text: argument)
  }

  var description: String {
    switch self {
    case .samples(let samples): "\(samples)"
    case .seconds(_, let text): text
    }
  }

  /// The nearest number of whole samples, no less than those of a segment.
  ///
  /// - Throws: `ValidationError` for a time without a sample rate, or too few or many samples.
  func samples(option: String, rate: Double?, segment: Int) throws -> Int {
    let samples: Double
    var told = ""
    switch self {
    case .samples(let count): samples = Double(count)
    case .seconds(let seconds, _):
      guard let rate else {
        throw ValidationError(
          "\(option) is \(self), but nothing tells the sample rate: give --rate, or \(option) "
            + "in samples")
      }
      samples = (seconds * rate).rounded()
      told = ", \(samples.formattedWhole) samples"
    }
    guard samples >= Double(segment) else {
      throw ValidationError(
        "\(option) is \(self)\(told); a spectrum needs the \(segment) samples of a segment "
          + "(--bins, --segment-length)")
    }
    guard samples <= 0x1p53 else {
      throw ValidationError("\(option) is \(self)\(told); it must be at most 2^53 samples")
    }
    return Int(samples)
  }
}

extension Double {
  /// A whole number's digits where they are exact.
  fileprivate var formattedWhole: String { Int(exactly: self).map(String.init) ?? "\(self)" }
}
