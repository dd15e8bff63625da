extension SampleFormat {
  /// Whether SigMF has a name for the format, which is then ours.
  package var isNamedBySigMF: Bool { SigMFDatatype.isValid(rawValue) }
}

/// SigMF's names of the ways to store samples.
///
///     (r|c) ((f32|f64|i32|i16|u32|u16) (_le|_be) | i8 | u8)
///
/// The schema's pattern lets the byte order be missing, the specification's grammar does not: the
/// grammar holds here.
///
/// Source: SigMF 1.2, SigMF Dataset Format.
enum SigMFDatatype {
  private static let wide = ["f32", "f64", "i32", "i16", "u32", "u16"]
  private static let bytes = ["i8", "u8"]

  /// Whether a name follows the grammar.
  static func isValid(_ name: String) -> Bool {
    guard let kind = name.first, kind == "r" || kind == "c" else { return false }
    let number = String(name.dropFirst())
    if bytes.contains(number) { return true }
    return wide.contains { number == "\($0)_le" || number == "\($0)_be" }
  }

  /// What is wrong with a name that does not.
  static func problem(with name: String) -> String {
    if wide.contains(String(name.dropFirst())), isValid(name + "_le") {
      return "is '\(name)', which lacks the byte order: it must be \(name)_le or \(name)_be"
    }
    return "is '\(name)'; it must be r or c, then one of "
      + wide.map { "\($0)_le" }.joined(separator: ", ") + " (or _be), i8, u8"
  }
}
