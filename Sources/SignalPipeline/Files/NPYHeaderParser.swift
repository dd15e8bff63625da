/// Reads the Python dictionary literal of a `.npy` header; it evaluates nothing.
struct NPYHeaderParser {
  /// What is wrong, at which byte of the text.
  struct Failure: Error {
    var kind = FileError.Kind.malformed
    let offset: Int
    let reason: String
  }

  private let text: [UInt8]
  private var position = 0

  init(text: [UInt8]) { self.text = text }

  /// Returns the header that the text holds: three keys, each once, in any order.
  mutating func parse() throws(Failure) -> NPYHeader {
    var descriptor: String?
    var isFortranOrder: Bool?
    var shape: [Int]?
    try expect("{")
    while !take("}") {
      skipSpace()
      let start = position
      let key = try string()
      try expect(":")
      switch key {
      case "descr" where descriptor == nil: descriptor = try elementType()
      case "fortran_order" where isFortranOrder == nil: isFortranOrder = try bool()
      case "shape" where shape == nil: shape = try tuple()
      default:
        throw Failure(
          offset: start, reason: "key '\(key)'; descr, fortran_order and shape stand here once each"
        )
      }
      guard take(",") else {
        try expect("}")
        break
      }
    }
    skipSpace()
    guard position == text.count else {
      throw Failure(offset: position, reason: "something follows the header's dictionary")
    }
    guard let descriptor, let isFortranOrder, let shape else {
      throw Failure(offset: 0, reason: "descr, fortran_order and shape are needed")
    }
    return NPYHeader(descriptor: descriptor, isFortranOrder: isFortranOrder, shape: shape)
  }

  private mutating func elementType() throws(Failure) -> String {
    skipSpace()
    if position < text.count, text[position] == UInt8(ascii: "[") {
      throw Failure(
        kind: .unsupported, offset: position, reason: "a structured element type is not read")
    }
    return try string()
  }

  private mutating func string() throws(Failure) -> String {
    skipSpace()
    let start = position
    guard position < text.count, text[position] == UInt8(ascii: "'") || text[position] == 0x22
    else { throw Failure(offset: start, reason: "a quoted text is expected") }
    let quote = text[position]
    position += 1
    let first = position
    while position < text.count, text[position] != quote {
      guard text[position] != UInt8(ascii: "\\"), (0x20..<0x7F).contains(text[position]) else {
        throw Failure(offset: position, reason: "only printable ASCII is expected here")
      }
      position += 1
    }
    guard position < text.count else {
      throw Failure(offset: start, reason: "a quoted text without its end")
    }
    defer { position += 1 }
    return String(decoding: text[first..<position], as: UTF8.self)
  }

  private mutating func bool() throws(Failure) -> Bool {
    skipSpace()
    for (word, value) in [("True", true), ("False", false)]
    where text[position...].starts(with: word.utf8) {
      position += word.utf8.count
      return value
    }
    throw Failure(offset: position, reason: "True or False is expected")
  }

  private mutating func tuple() throws(Failure) -> [Int] {
    var values: [Int] = []
    try expect("(")
    while !take(")") {
      values.append(try integer())
      guard take(",") else {
        try expect(")")
        break
      }
    }
    guard values.count <= 32 else {
      throw Failure(
        kind: .unsupported, offset: position, reason: "\(values.count) axes; up to 32 are read")
    }
    return values
  }

  private mutating func integer() throws(Failure) -> Int {
    skipSpace()
    let start = position
    var value = 0
    while position < text.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text[position]) {
      let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
      let (next, carry) = tens.addingReportingOverflow(Int(text[position] - UInt8(ascii: "0")))
      guard !overflow, !carry else {
        throw Failure(offset: start, reason: "a length beyond 64 bits")
      }
      value = next
      position += 1
    }
    guard position > start else { throw Failure(offset: start, reason: "a length is expected") }
    // Python 2 wrote long integers with an L.
    if position < text.count, text[position] == UInt8(ascii: "L") { position += 1 }
    return value
  }

  private mutating func skipSpace() {
    while position < text.count, text[position] == 0x20 || (9...13).contains(text[position]) {
      position += 1
    }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipSpace()
    guard position < text.count, text[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ character: Unicode.Scalar) throws(Failure) {
    guard take(character) else {
      throw Failure(offset: position, reason: "'\(character)' is expected")
    }
  }
}
