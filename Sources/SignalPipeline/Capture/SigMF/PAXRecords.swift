/// What an extended header of a pax archive tells of the file after it.
///
///     "%d %s=%s\n", <length of all of this>, <keyword>, <value>
///
/// Source: POSIX.1-2001, pax, "pax Extended Header".
struct PAXRecords {
  /// The file's path, if told.
  private(set) var name: String?

  /// The content's size, if told [bytes].
  private(set) var size: Int?

  /// Whether the content leaves out what is zero, as GNU tar stores it.
  private(set) var isSparse = false

  /// Reads records.
  ///
  /// - Throws: ``FileError`` that names the byte where a record breaks the form.
  init(_ bytes: [UInt8], path: String, offset: Int) throws(FileError) {
    var start = 0
    while start < bytes.count, bytes[start] != 0 {
      func fault(_ reason: String) -> FileError {
        FileError(.malformed, path: path, place: "byte \(offset + start)", reason: reason)
      }
      let rest = bytes[start...]
      guard let blank = rest.prefix(20).firstIndex(of: 0x20),
        let length = Int(String(decoding: rest[..<blank], as: UTF8.self)),
        length > blank + 1 - start, length <= rest.count, bytes[start + length - 1] == 0x0A
      else { throw fault("no pax record: the length is wrong") }
      let record = bytes[(blank + 1)..<(start + length - 1)]
      guard let equals = record.firstIndex(of: 0x3D) else {
        throw fault("no pax record: '=' is missing")
      }
      let keyword = String(decoding: record[..<equals], as: UTF8.self)
      let value = String(decoding: record[(equals + 1)...], as: UTF8.self)
      switch keyword {
      case "path": name = value
      case "size":
        guard let number = Int(value), number >= 0 else {
          throw fault("the size is '\(value)', no number of bytes")
        }
        size = number
      default:
        if keyword.hasPrefix("GNU.sparse.") { isSparse = true }
      }
      start += length
    }
  }
}
