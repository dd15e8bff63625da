extension JSONValue {
  /// The order in which people read a scenario's keys; others follow by name.
  private static let order =
    [
      "probability", "classes", "variants", "count", "samples", "sampleRate", "seed", "snr",
      "bandwidth", "offset", "others", "bursts", "impairments",
    ] + ImpairmentRanges.Part.allCases.map(\.rawValue) + ["converterBits"]

  /// The keys of whole numbers and of ranges of them; the decoder blames the whole text for
  /// fractions, and tells no key.
  private static let whole: Set = [
    "samples", "seed", "count", "converterBits", "duration", "pause", "ramp",
  ]

  /// The keys whose values may be objects and other things.
  private static let several: Set = [["offset"], ["impairments"]]

  /// Throws unless every key of this value is one of a model's, every range two numbers and whole
  /// what must be.
  ///
  /// - Parameters:
  ///   - model: A value with all keys there are.
  ///   - path: The file that errors name.
  ///   - key: The way to this value.
  /// - Throws: ``FileError`` that names the key.
  func checkShape(as model: JSONValue, path: String, key: [String]) throws(FileError) {
    func fault(_ key: [String], _ reason: String) -> FileError {
      let place = key.isEmpty ? nil : "key \(key.joined(separator: "."))"
      return FileError(.malformed, path: path, place: place, reason: reason)
    }
    switch (self, model) {
    case (.object(let fields), .object(let known)):
      for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
        guard let expected = known[name] else {
          let names = known.keys.sorted().joined(separator: ", ")
          throw fault(key + [name], "there is no such key; there are \(names)")
        }
        try value.checkShape(as: expected, path: path, key: key + [name])
      }
    case (_, .object) where !Self.several.contains(key):
      guard self != .null || key.isEmpty else { return }
      throw fault(key, "an object is expected, \(kind) found")
    case (_, .array(let names)) where names.allSatisfy(\.isText):
      if case .array(let found) = self, found.allSatisfy(\.isText) { return }
      guard key.count > 1 || self != .null else { return }
      throw fault(key, "a list of names is expected, \(kind) found")
    case (_, .array(let limits)) where limits.count == 2 && limits.allSatisfy { $0.double != nil }:
      guard self != .null else { return }
      guard case .array(let ends) = self, ends.count == 2, let low = ends[0].double,
        let high = ends[1].double
      else { throw fault(key, "[low, high] is expected, \(kind) found") }
      guard low <= high else {
        throw fault(key, "[low, high] is expected, but \(low) is above \(high)")
      }
      guard let name = key.last, Self.whole.contains(name) else { return }
      for end in ends { try end.checkWhole(limit: UInt64(Int64.max), fault: { fault(key, $0) }) }
    default:
      guard let name = key.last, Self.whole.contains(name), self != .null else { return }
      let limit = name == "seed" ? UInt64.max : UInt64(Int64.max)
      try checkWhole(limit: limit, fault: { fault(key, $0) })
    }
  }

  /// Throws unless this is a whole number up to a limit.
  private func checkWhole(
    limit: UInt64, fault: (String) -> FileError
  ) throws(FileError) {
    switch self {
    case .integer(let value) where value < 0:
      throw fault("0 or more is expected, \(value) found")
    case .integer: return
    case .unsigned(let value):
      guard value <= limit else { throw fault("\(value) is too large") }
    case .number(let value): throw fault("a whole number is expected, \(value) found")
    default: throw fault("a whole number is expected, \(kind) found")
    }
  }

  /// Whether this is a text.
  private var isText: Bool {
    if case .string = self { true } else { false }
  }

  /// The value of a number.
  private var double: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .unsigned(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }

  /// What this is, in words.
  private var kind: String {
    switch self {
    case .null: "null"
    case .bool: "true or false"
    case .integer, .unsigned, .number: "a number"
    case .string(let text): "the text \"\(text)\""
    case .array(let elements): "a list of \(elements.count)"
    case .object: "an object"
    }
  }

  /// This value as text: a key a line, with what an impairment is made of on one line.
  func scenarioText(depth: Int) throws(FileError) -> String {
    func sorted(_ fields: [String: JSONValue]) -> [(String, JSONValue)] {
      fields.map { key, value in
        (rank: Self.order.firstIndex(of: key) ?? Self.order.count, key, value)
      }
      .sorted { ($0.rank, $0.1) < ($1.rank, $1.1) }
      .map { ($0.1, $0.2) }
    }
    var parts: [String] = []
    switch self {
    case .array(let elements):
      for element in elements { parts.append(try element.scenarioText(depth: depth + 1)) }
      return "[\(parts.joined(separator: ", "))]"
    case .object(let fields):
      for (key, value) in sorted(fields) {
        parts.append("\"\(key)\": \(try value.scenarioText(depth: depth + 1))")
      }
      if depth > 1 || parts.isEmpty { return "{\(parts.joined(separator: ", "))}" }
      let indent = String(repeating: "  ", count: depth + 1)
      let lines = parts.map { indent + $0 }.joined(separator: ",\n")
      return "{\n\(lines)\n\(indent.dropLast(2))}"
    default:
      return String(decoding: try JSON.encode(self, path: "JSON"), as: UTF8.self)
    }
  }
}
