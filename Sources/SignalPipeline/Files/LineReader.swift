/// The lines of a text file from the first to the last, in the memory of the longest.
package struct LineReader: ~Copyable {
  /// The number of the line that was returned last, from 1 on, empty ones counted.
  package private(set) var count = 0

  private var file: InputFile
  private let limit: Int
  private var bytes: [UInt8] = []
  private var start = 0

  /// Opens a text file.
  ///
  /// - Parameters:
  ///   - path: The file's path, or `-` for standard input.
  ///   - limit: The longest line that is accepted [bytes].
  /// - Throws: ``FileError`` as ``InputFile/init(_:)``.
  package init(_ path: String, limit: Int) throws(FileError) {
    file = try InputFile(path)
    self.limit = limit
  }

  /// Returns the next line that is not empty, without its newline; `nil` at the end.
  ///
  /// - Throws: ``FileError`` if the file can't be read; of kind `unsupported` for a line above the
  ///   limit.
  package mutating func next() throws(FileError) -> [UInt8]? {
    while true {
      let line = try nextOfAny()
      guard let line else { return nil }
      count += 1
      if !line.isEmpty { return line }
    }
  }

  private mutating func nextOfAny() throws(FileError) -> [UInt8]? {
    var searched = start
    while true {
      if let end = bytes[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        defer { start = end + 1 }
        return Array(bytes[start..<end])
      }
      bytes.removeFirst(start)
      start = 0
      searched = bytes.count
      guard bytes.count <= limit else {
        throw FileError(
          .unsupported, path: file.path, place: "line \(count + 1)",
          reason: "has \(bytes.count) bytes or more; the limit for such a line is \(limit)")
      }
      let more = try file.readNext(limit: 1 << 16)
      guard !more.isEmpty else {
        guard !bytes.isEmpty else { return nil }
        defer { bytes = [] }
        return bytes
      }
      bytes += more
    }
  }
}
