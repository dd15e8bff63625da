import SignalPipeline

/// Writes a value as JSON and reads it again, which must keep it.
///
/// A number beyond 2⁶³ may be written as a power of ten that is read as an integer: the second
/// text settles what the first one may leave open.
///
/// Not for long inputs, whose cost shall be the parser's alone.
///
/// - Parameters:
///   - value: What was read.
///   - isSame: Whether what is read again is the same.
func checkRoundTrip<Value: Codable>(
  _ value: Value, isSame: (Value, Value) -> Bool = { _, _ in true }
) {
  if isLong { return }
  let done: Void? = readOrRefuse {
    let first = try JSON.encode(value, path: "json")
    let read = try JSON.decode(Value.self, from: first, path: "json")
    require(isSame(value, read), "\(value) was read again as \(read)")
    let second = try JSON.encode(read, path: "json")
    let third = try JSON.encode(
      JSON.decode(Value.self, from: second, path: "json"), path: "json")
    require(second == third, "\(value) does not settle")
  }
  require(done != nil, "what was read cannot be written and read again: \(value)")
}

extension JSONValue {
  /// Whether another value has all of this one, numbers of one value being the same.
  ///
  /// - Parameters:
  ///   - other: The other value, whose objects may have more fields.
  ///   - defaults: Names of fields that it may lack.
  /// - Returns: Whether nothing is lost.
  func isKept(in other: JSONValue, butFor defaults: Set<String> = []) -> Bool {
    switch (self, other) {
    case (.array(let mine), .array(let others)):
      mine.count == others.count
        && zip(mine, others).allSatisfy { $0.isKept(in: $1, butFor: defaults) }
    case (.object(let mine), .object(let others)):
      mine.allSatisfy { key, value in
        others[key].map { value.isKept(in: $0, butFor: defaults) } ?? defaults.contains(key)
      }
    default:
      self == other || (number != nil && number == other.number)
    }
  }

  private var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .unsigned(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }
}
