/// One named value of a record, for JSON lines and CSV alike.
enum RecordField {
  case text(String)
  case integer(Int)
  /// A number told to six decimals; what is not finite is told as nothing.
  case number(Double)
  case group([(name: String, value: RecordField)])
  case nothing
}

extension RecordField {
  /// A number, or nothing.
  static func optional(_ value: Double?) -> RecordField {
    value.map(RecordField.number) ?? .nothing
  }

  /// The field as JSON.
  var json: String {
    switch self {
    case .text(let text): Self.quoted(text)
    case .integer(let value): String(value)
    case .number(let value): value.isFinite ? Self.rounded(value) : "null"
    case .group(let fields):
      "{" + fields.map { Self.quoted($0.name) + ":" + $0.value.json }.joined(separator: ",") + "}"
    case .nothing: "null"
    }
  }

  /// The field as one CSV cell; a group has none.
  var csv: String {
    switch self {
    case .text(let text): Self.cell(text)
    case .integer(let value): String(value)
    case .number(let value): value.isFinite ? Self.rounded(value) : ""
    case .group, .nothing: ""
    }
  }

  /// Six decimals tell a probability and a level; larger numbers are told in full.
  private static func rounded(_ value: Double) -> String {
    let rounded = abs(value) < 1e9 ? (value * 1e6).rounded() / 1e6 : value
    return Int(exactly: rounded).map(String.init) ?? "\(rounded)"
  }

  /// A text as one CSV cell, quoted where a reader would take it apart.
  ///
  /// Byte by byte: a comma and an accent after it are one character, yet still a comma.
  ///
  /// Source: RFC 4180, section 2.
  static func cell(_ text: String) -> String {
    guard text.utf8.contains(where: { ",\"\n\r".utf8.contains($0) }) else { return text }
    let doubled = text.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }
    return "\"" + doubled.joined() + "\""
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\0"..<" ":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
