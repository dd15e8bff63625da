/// One line of `conditions.jsonl`: what an example can be grouped by, and how it was made.
///
///     {"bandwidth":0.1,"class":"am","details":{…},"label":0,"offset":-0.2,"snr":12.5}
struct ConditionsLine {
  /// What the library reads back.
  var conditions: ExampleConditions

  /// The index of the example's class.
  var label: Int?

  /// The name of the example's class.
  var className: String?

  /// Anything else that made the example; written, and left to other tools to read.
  var details: (any Encodable)?

  private enum Key: String, CodingKey {
    case offset, snr, bandwidth, label, className = "class", details
  }

  /// What no example can have, or `nil` if all is well.
  func problem(label expected: Int) -> String? {
    guard conditions.offset.isFinite, conditions.bandwidth.isFinite, !conditions.snr.isNaN else {
      return "offset and bandwidth must be finite, and snr a number"
    }
    guard let label, label != expected else { return nil }
    return "label \(label); labels.npy says \(expected)"
  }
}

extension ConditionsLine: Codable {
  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    conditions = try ExampleConditions(from: decoder)
    label = try container.decodeIfPresent(Int.self, forKey: .label)
    className = try container.decodeIfPresent(String.self, forKey: .className)
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try conditions.encode(to: encoder)
    try container.encodeIfPresent(label, forKey: .label)
    try container.encodeIfPresent(className, forKey: .className)
    if let details { try container.encode(details, forKey: .details) }
  }
}
