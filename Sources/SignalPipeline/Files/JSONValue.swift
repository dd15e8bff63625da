/// Any JSON value, for what one stage keeps on another's behalf without knowing its type.
///
/// Numbers keep their value: integers are told apart from fractions, up to 64 bits.
public enum JSONValue: Hashable, Sendable {
  /// The literal `null`.
  case null
  /// A literal `true` or `false`.
  case bool(Bool)
  /// An integer that 64 bits with sign hold.
  case integer(Int64)
  /// An integer above `Int64.max`.
  case unsigned(UInt64)
  /// Every other number.
  case number(Double)
  /// A text.
  case string(String)
  /// An array.
  case array([JSONValue])
  /// An object.
  case object([String: JSONValue])

  /// Creates the JSON form of a value.
  ///
  /// - Throws: ``FileError`` if JSON can't hold the value.
  public init(encoding value: some Encodable) throws(FileError) {
    let text = try JSON.encode(value, path: "JSON")
    self = try JSON.decode(JSONValue.self, from: text, path: "JSON")
  }

  /// Returns the value whose JSON form this is.
  ///
  /// - Throws: ``FileError`` naming the key that does not fit.
  public func decode<Value: Decodable>(as type: Value.Type) throws(FileError) -> Value {
    let text = try JSON.encode(self, path: "JSON")
    return try JSON.decode(type, from: text, path: "JSON")
  }
}

extension JSONValue: Codable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(String.self) {
      // Before the numbers: the decoder would take the text `inf` for an infinity.
      self = .string(value)
    } else if let value = try? container.decode(Int64.self) {
      self = .integer(value)
    } else if let value = try? container.decode(UInt64.self) {
      self = .unsigned(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let value): try container.encode(value)
    case .integer(let value): try container.encode(value)
    case .unsigned(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .string(let value): try container.encode(value)
    case .array(let value): try container.encode(value)
    case .object(let value): try container.encode(value)
    }
  }
}
