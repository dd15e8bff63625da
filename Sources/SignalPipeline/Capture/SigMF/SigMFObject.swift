/// A JSON object of SigMF metadata that knows where it stands, so that every error names the place.
///
/// Known fields are taken out one by one; what is left is kept for whoever knows it.
struct SigMFObject {
  /// The fields that were not taken yet.
  private(set) var fields: [String: JSONValue]

  /// The object's JSON path, such as `captures[1]`; empty for the top level.
  let place: String

  /// The file that errors name.
  let path: String

  /// What was read although it breaks the specification, with its place.
  private(set) var deviations: [String] = []

  /// Looks at a value as an object.
  ///
  /// - Throws: ``FileError`` if it is anything else.
  init(_ value: JSONValue, place: String, path: String) throws(FileError) {
    guard case .object(let fields) = value else {
      throw FileError(
        .malformed, path: path, place: place.isEmpty ? nil : place,
        reason: "\(value.kindName) where an object is needed")
    }
    self.fields = fields
    self.place = place
    self.path = path
    // What extensions mean by null is theirs.
    for key in fields.keys.sorted() where key.hasPrefix("core:") && fields[key] == .null {
      self.fields[key] = nil
      accept(key, "is null; taken as not told")
    }
  }

  /// Notes that a field is read although it breaks the specification.
  mutating func accept(_ key: String, _ reason: String) {
    deviations.append("\(place(of: key)): \(reason)")
  }

  /// Takes a text, or `nil` where there is none.
  mutating func string(_ key: String) throws(FileError) -> String? {
    switch fields.removeValue(forKey: key) {
    case nil: return nil
    case .string(let text): return text
    case .some(let value): throw mismatch(key, value, "a string")
    }
  }

  /// Takes `true` or `false`, or `nil` where there is neither.
  mutating func bool(_ key: String) throws(FileError) -> Bool? {
    switch fields.removeValue(forKey: key) {
    case nil: return nil
    case .bool(let value): return value
    case .some(let value): throw mismatch(key, value, "true or false")
    }
  }

  /// Takes an integer from `minimum` to 2⁶³ − 1, or `nil` where there is none.
  mutating func count(_ key: String, minimum: Int = 0) throws(FileError) -> Int? {
    switch fields.removeValue(forKey: key) {
    case nil: return nil
    case .integer(let value):
      guard let count = Int(exactly: value), count >= minimum else {
        throw fault(key, "is \(value); it must be at least \(minimum)")
      }
      return count
    case .number(let value) where Int(exactly: value).map({ $0 >= minimum }) == true:
      return Int(value)  // 5.0 and 5e3 are integers, too
    case .unsigned(let value): throw fault(key, "is \(value); it must be at most \(Int.max)")
    case .some(let value): throw mismatch(key, value, "an integer")
    }
  }

  /// Takes a finite number of at most 10¹² either way, or `nil` where there is none.
  mutating func frequency(_ key: String) throws(FileError) -> Double? {
    let number: Double
    switch fields.removeValue(forKey: key) {
    case nil: return nil
    case .integer(let value): number = Double(value)
    case .unsigned(let value): number = Double(value)
    case .number(let value): number = value
    case .some(let value): throw mismatch(key, value, "a number of Hz")
    }
    guard abs(number) <= 1e12 else {
      throw fault(key, "is \(number) Hz; it must lie within -1e12...1e12")
    }
    return number
  }

  /// Takes an array, or `nil` where there is none.
  mutating func values(_ key: String) throws(FileError) -> [JSONValue]? {
    guard let value = fields.removeValue(forKey: key) else { return nil }
    guard case .array(let elements) = value else { throw mismatch(key, value, "an array") }
    return elements
  }

  /// Takes an array of objects, or `nil` where there is none.
  mutating func objects(_ key: String) throws(FileError) -> [SigMFObject]? {
    guard let elements = try values(key) else { return nil }
    var objects: [SigMFObject] = []
    for (index, element) in elements.enumerated() {
      objects.append(
        try SigMFObject(element, place: "\(place(of: key))[\(index)]", path: path))
    }
    return objects
  }

  /// Takes an object whose values are all texts, or `nil` where there is none.
  mutating func versions(_ key: String) throws(FileError) -> [String: String]? {
    guard case .object(let values)? = fields[key] else { return nil }
    fields[key] = nil
    var texts: [String: String] = [:]
    for (name, value) in values {
      guard case .string(let text) = value else {
        throw mismatch("\(key).\(name)", value, "a string")
      }
      texts[name] = text
    }
    return texts
  }

  /// Takes an object, or `nil` where there is none.
  mutating func object(_ key: String) throws(FileError) -> SigMFObject? {
    guard let value = fields.removeValue(forKey: key) else { return nil }
    return try SigMFObject(value, place: place(of: key), path: path)
  }

  /// Returns a value that must be there.
  ///
  /// - Throws: ``FileError`` of kind `missing` if it is not.
  func required<Value>(_ value: Value?, _ key: String) throws(FileError) -> Value {
    guard let value else { throw fault(key, "this field is missing", .missing) }
    return value
  }

  /// The error of one field.
  func fault(
    _ key: String, _ reason: String, _ kind: FileError.Kind = .malformed
  ) -> FileError {
    FileError(kind, path: path, place: place(of: key), reason: reason)
  }

  private func mismatch(_ key: String, _ value: JSONValue, _ expected: String) -> FileError {
    fault(key, "\(value.kindName) where \(expected) is needed")
  }

  private func place(of key: String) -> String { place.isEmpty ? key : "\(place).\(key)" }
}

extension JSONValue {
  /// What kind of value this is, in words.
  var kindName: String {
    switch self {
    case .null: "null"
    case .bool: "true or false"
    case .integer, .unsigned: "an integer"
    case .number: "a fraction"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}

extension [String: JSONValue] {
  /// Sets a field, or leaves it out where there is no value.
  mutating func set(_ key: String, _ value: String?) { if let value { self[key] = .string(value) } }

  /// Sets a field, or leaves it out where there is no value.
  mutating func set(_ key: String, _ value: Int?) {
    if let value { self[key] = .integer(Int64(value)) }
  }

  /// Sets a field, or leaves it out where there is no value.
  mutating func set(_ key: String, _ value: Double?) {
    if let value { self[key] = .number(value) }
  }
}
