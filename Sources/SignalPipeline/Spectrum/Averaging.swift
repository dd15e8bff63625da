/// How the powers of a bin in all segments become one number.
public enum Averaging: Hashable, Sendable {
  /// The mean: of all estimates of white noise the one that varies least.
  case mean
  /// The median over its bias for Gaussian noise: bursts in fewer than half the segments hardly
  /// move it, and a constant tone reads up to 1.6 dB high. Exact up to ``SpectrumConfiguration/exactMedianSegments``.
  case median
  /// The highest power: what came up only once.
  case maximum
  /// The lowest power: what was there all the time.
  case minimum
  /// The mean of the latest segments: a segment weighs `exp(−age/segments)`, its age being the
  /// number of segments after it, over the sum of all weights. `segments` is from 0.01 to 1e9.
  case exponential(segments: Double)

  /// What the median of `count` powers of Gaussian noise is over their mean.
  ///
  ///     b(n) = 1 + Σ_{i=1}^{⌊(n−1)/2⌋} (1/(2i+1) − 1/(2i))        → ln 2
  ///
  /// Source: B. Allen et al., "FINDCHIRP", Phys. Rev. D 85, 122006, 2012, appendix B.
  package static func medianBias(count: Int) -> Double {
    var bias = 1.0
    for i in stride(from: 2.0, to: Double(count), by: 2) { bias += 1 / (i + 1) - 1 / i }
    return bias
  }

  /// How many powers' mean varies as the median of `count` powers, over its bias, does.
  ///
  /// The `k`th of `n` exponential values is a sum of exponential values of means
  /// `1/n`, `1/(n−1)` … `1/(n−k+1)`, so its variance is the sum of their squares.
  static func medianAverages(count: Int) -> Double {
    var variance = 0.0
    for left in (count / 2 + 1)...count { variance += 1 / (Double(left) * Double(left)) }
    // Half the step from the lower of two middle values to the upper, whose mean is 2/n.
    if count % 2 == 0 { variance += 1 / (Double(count) * Double(count)) }
    let bias = medianBias(count: count)
    return bias * bias / variance
  }

  /// How fast a segment's weight falls: it is `exp(−decayRate)` of the next one's.
  var decayRate: Double {
    guard case .exponential(let segments) = self else { return 0 }
    return 1 / segments
  }

  /// Whether the average of a stream can be made of those of its parts, to the last bit.
  var hasParts: Bool {
    switch self {
    case .mean, .maximum, .minimum: true
    case .median, .exponential: false
    }
  }

  /// Checks the parameter.
  ///
  /// - Throws: ``ConfigurationError`` for a time constant out of its range.
  public func validate() throws(ConfigurationError) {
    guard case .exponential(let segments) = self, !(0.01...1e9).contains(segments) else { return }
    throw ConfigurationError(
      "averaging", "is \(self); the time constant is from 0.01 to 1e9 segments")
  }
}

extension Averaging: CustomStringConvertible {
  private static let plain: [(name: String, averaging: Averaging)] = [
    ("mean", .mean), ("median", .median), ("max", .maximum), ("min", .minimum),
  ]

  /// What ``init(_:)`` takes, parameters in capitals.
  public static let forms = plain.map(\.name) + ["exponential:SEGMENTS"]

  /// For example `median` or `exponential:16.0`.
  public var description: String {
    if case .exponential(let segments) = self { return "exponential:\(segments)" }
    return Self.plain.first { $0.averaging == self }?.name ?? ""
  }

  /// Reads an averaging by its name; `nil` for any other text.
  public init?(_ text: String) {
    if let match = Self.plain.first(where: { $0.name == text }) {
      self = match.averaging
      return
    }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0] == "exponential", let value = Double(parts[1])
    else { return nil }
    self = .exponential(segments: value)
  }
}

extension Averaging: Codable {
  /// Decodes a name.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let averaging = Self(text) else {
      throw DecodingError.dataCorruptedError(
        in: container,
        debugDescription: "'\(text)' is no averaging; there are "
          + Self.forms.joined(separator: ", "))
    }
    self = averaging
  }

  /// Encodes the name.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
