/// Finds where a text stops being JSON; the decoder itself does not tell.
///
/// Source: RFC 8259.
struct JSONSyntax {
  /// A place where something else was expected.
  private struct Fault: Error { let expected: String }

  private let text: [UInt8]
  private var position = 0
  private var depth = 0

  private init(_ text: [UInt8]) { self.text = text }

  /// Returns the first fault as `line 3, column 7: a value is expected`, `nil` if there is none.
  static func fault(in text: [UInt8]) -> String? {
    var syntax = JSONSyntax(text)
    do throws(Fault) {
      try syntax.value()
      syntax.skipSpace()
      guard syntax.position == text.count else { throw Fault(expected: "the end of the text") }
      return nil
    } catch {
      let before = text[..<syntax.position]
      let line = before.count { $0 == UInt8(ascii: "\n") } + 1
      let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
      let column = before[start...].count { $0 & 0xC0 != 0x80 } + 1
      let end = syntax.position == text.count ? ", where the text ends" : ""
      return "line \(line), column \(column): \(error.expected) is expected\(end)"
    }
  }

  private mutating func value() throws(Fault) {
    skipSpace()
    // The decoder's own limit.
    guard depth < 512 else { throw Fault(expected: "no deeper nesting than 512 levels") }
    depth += 1
    defer { depth -= 1 }
    if take("{") {
      try members(end: "}") { syntax throws(Fault) in
        syntax.skipSpace()
        guard syntax.take("\"") else { throw Fault(expected: "a key in double quotes") }
        try syntax.string()
        guard syntax.take(":") else { throw Fault(expected: "':'") }
        try syntax.value()
      }
    } else if take("[") {
      try members(end: "]") { syntax throws(Fault) in try syntax.value() }
    } else if take("\"") {
      try string()
    } else {
      try word()
    }
  }

  /// Members of an object or array, whose first bracket was read.
  private mutating func members(
    end: Unicode.Scalar, _ member: (inout JSONSyntax) throws(Fault) -> Void
  ) throws(Fault) {
    if take(end) { return }
    repeat { try member(&self) } while take(",")
    guard take(end) else { throw Fault(expected: "',' or '\(end)'") }
  }

  /// The rest of a string, whose first quote was read.
  private mutating func string() throws(Fault) {
    while position < text.count {
      switch text[position] {
      case UInt8(ascii: "\""):
        position += 1
        return
      case UInt8(ascii: "\\"): position = min(position + 2, text.count)
      case ..<0x20: throw Fault(expected: "the end of a string or a printable character")
      default: position += 1
      }
    }
    throw Fault(expected: "the end of a string")
  }

  /// A number, `true`, `false` or `null`.
  private mutating func word() throws(Fault) {
    let start = position
    while position < text.count, Self.isWord(text[position]) { position += 1 }
    let word = String(decoding: text[start..<position], as: UTF8.self)
    if ["true", "false", "null"].contains(word) { return }
    guard let first = word.first, first == "-" || first.isNumber, Double(word) != nil else {
      position = start
      throw Fault(expected: "a value")
    }
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "+"),
      UInt8(ascii: "."):
      true
    default: false
    }
  }

  private mutating func skipSpace() {
    while position < text.count, [0x20, 0x09, 0x0A, 0x0D].contains(text[position]) { position += 1 }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipSpace()
    guard position < text.count, text[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }
}
