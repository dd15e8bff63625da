/// Reads JSON text from other people's files into a ``JSONValue``, in time and memory that are
/// proportional to the text.
///
/// A key that stands twice in an object is an error, since readers differ in which value counts.
///
/// Source: RFC 8259.
package struct JSONParser {
  /// How deep arrays and objects may be nested.
  package static let depthLimit = 128

  private let text: [UInt8]
  private let path: String
  private var position = 0

  /// Parses a whole text.
  ///
  /// - Parameters:
  ///   - text: JSON in UTF-8; a byte order mark before it is passed over.
  ///   - path: The file that errors name.
  /// - Returns: The value.
  /// - Throws: ``FileError`` that names the line and the column [bytes] of what is no JSON; of
  ///   kind `unsupported` for nesting beyond ``depthLimit``.
  package static func value(of text: [UInt8], path: String) throws(FileError) -> JSONValue {
    var parser = JSONParser(text: text, path: path)
    if text.starts(with: [0xEF, 0xBB, 0xBF]) { parser.position = 3 }
    let value = try parser.value(depth: 0)
    parser.skipBlanks()
    guard parser.next == nil else { throw parser.fault("the end is expected here") }
    return value
  }

  private init(text: [UInt8], path: String) {
    self.text = text
    self.path = path
  }

  private var next: UInt8? { position < text.count ? text[position] : nil }

  private mutating func skipBlanks() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      position += 1
    }
  }

  private mutating func take(_ byte: Character) -> Bool {
    guard next == byte.asciiValue else { return false }
    position += 1
    return true
  }

  private mutating func value(depth: Int) throws(FileError) -> JSONValue {
    skipBlanks()
    guard let byte = next else { throw fault("the text ends where a value is expected") }
    switch byte {
    case UInt8(ascii: "{"): return .object(try object(depth: depth + 1))
    case UInt8(ascii: "["): return .array(try array(depth: depth + 1))
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "-"), 0x30...0x39: return try number()
    default:
      for (word, value) in [
        ("true", JSONValue.bool(true)), ("false", .bool(false)), ("null", .null),
      ]
      where text[position...].starts(with: word.utf8) {
        position += word.utf8.count
        return value
      }
      throw fault("a value is expected here")
    }
  }

  private mutating func object(depth: Int) throws(FileError) -> [String: JSONValue] {
    try enter(depth)
    var fields: [String: JSONValue] = [:]
    skipBlanks()
    if take("}") { return fields }
    while true {
      skipBlanks()
      guard next == UInt8(ascii: "\"") else { throw fault("a key in quotes is expected here") }
      let start = position
      let key = try string()
      skipBlanks()
      guard take(":") else { throw fault("':' is expected here") }
      let value = try value(depth: depth)
      guard fields.updateValue(value, forKey: key) == nil else {
        position = start
        throw fault("the key '\(key)' stands here for the second time")
      }
      skipBlanks()
      if take("}") { return fields }
      guard take(",") else { throw fault("',' or '}' is expected here") }
    }
  }

  private mutating func array(depth: Int) throws(FileError) -> [JSONValue] {
    try enter(depth)
    var elements: [JSONValue] = []
    skipBlanks()
    if take("]") { return elements }
    while true {
      let element = try value(depth: depth)
      if elements.count == elements.capacity {
        // It doubles, but for no more elements than the text can hold: two bytes each.
        let room = min(elements.count, (text.count - position) / 2)
        elements.reserveCapacity(elements.count + room + 1)
      }
      elements.append(element)
      skipBlanks()
      if take("]") { return elements }
      guard take(",") else { throw fault("',' or ']' is expected here") }
    }
  }

  /// Passes the opening bracket.
  private mutating func enter(_ depth: Int) throws(FileError) {
    guard depth <= Self.depthLimit else {
      throw fault("nested more than \(Self.depthLimit) deep", .unsupported)
    }
    position += 1
  }

  private mutating func number() throws(FileError) -> JSONValue {
    let start = position
    func digits(_ parser: inout JSONParser) -> Int {
      let first = parser.position
      while let byte = parser.next, (0x30...0x39).contains(byte) { parser.position += 1 }
      return parser.position - first
    }
    _ = take("-")
    let first = next
    let whole = digits(&self)
    var isValid = whole == 1 || (whole > 1 && first != 0x30)
    var isInteger = true
    if take(".") {
      isInteger = false
      isValid = digits(&self) > 0 && isValid
    }
    if take("e") || take("E") {
      isInteger = false
      if !take("+") { _ = take("-") }
      isValid = digits(&self) > 0 && isValid
    }
    let digits = String(decoding: text[start..<position], as: UTF8.self)
    if isValid, isInteger {
      if let value = Int64(digits) { return .integer(value) }
      if let value = UInt64(digits) { return .unsigned(value) }
    }
    guard isValid, let value = Double(digits), value.isFinite else {
      position = start
      throw fault("no number that 64 bits hold")
    }
    return .number(value)
  }

  private mutating func string() throws(FileError) -> String {
    position += 1
    var start = position
    var bytes: [UInt8] = []
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""):
        bytes += text[start..<position]
        guard let string = String(validating: bytes, as: UTF8.self) else {
          throw fault("the text before this quote is no UTF-8")
        }
        position += 1
        return string
      case UInt8(ascii: "\\"):
        bytes += text[start..<position]
        position += 1
        bytes += try escaped().utf8
        start = position
      case ..<0x20:
        throw fault("a control character in a text")
      default:
        position += 1
      }
    }
    throw fault("the text ends within a string")
  }

  /// Reads what a backslash began.
  private mutating func escaped() throws(FileError) -> String {
    guard let byte = next else { throw fault("the text ends within a string") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      var code = try hexadecimal()
      // Half of a character beyond 16 bits; the other half follows.
      if (0xD800..<0xDC00).contains(code), take("\\"), take("u") {
        let low = try hexadecimal()
        guard (0xDC00..<0xE000).contains(low) else { throw fault("half a character") }
        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw fault("half a character") }
      return String(Character(scalar))
    default:
      throw fault("no escape that JSON knows")
    }
  }

  private mutating func hexadecimal() throws(FileError) -> UInt32 {
    let digits = text[position...].prefix(4)
    guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let code = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw fault("four hexadecimal digits are expected here") }
    position += 4
    return code
  }

  private func fault(_ reason: String, _ kind: FileError.Kind = .malformed) -> FileError {
    let before = text[..<position]
    let line = before.count { $0 == 0x0A } + 1
    let column = position - (before.lastIndex(of: 0x0A) ?? -1)
    return FileError(kind, path: path, place: "line \(line), column \(column)", reason: reason)
  }
}
