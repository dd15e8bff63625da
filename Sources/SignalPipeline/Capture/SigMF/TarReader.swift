/// Walks through the files of a tar archive: ustar, pax and GNU names, from a file or a pipe.
///
/// Source: POSIX.1-2001, pax, "pax Interchange Format"; GNU tar manual, "Extensions to tar".
struct TarReader {
  /// The longest extended header that is read [bytes].
  private static let extensionLimit = 1 << 20

  /// Where the next header stands [bytes].
  private var next: Int

  /// Reads an archive that begins where the source stands.
  init(at source: borrowing ByteSource) { next = source.offset }

  /// Goes to the next file's content.
  ///
  /// - Parameter source: The archive; it does not matter how much of the last content was read.
  /// - Returns: The file, with the source at its first byte; `nil` at the archive's end.
  /// - Throws: ``FileError`` that names the byte of what breaks the format or is cut off; of kind
  ///   `unsupported` for a sparse file.
  mutating func member(in source: inout ByteSource) throws(FileError) -> TarMember? {
    var name: String?
    var size: Int?
    while true {
      let skipped = next - source.offset
      let start = next
      // The last content's padding may be missing at the end.
      guard try source.skip(skipped) == skipped else { return nil }
      let block = try source.bytes(TarHeader.blockSize)
      // The zeros that end an archive may be missing, or cut off.
      if block.allSatisfy({ $0 == 0 }), block.count < TarHeader.blockSize { return nil }
      guard block.count == TarHeader.blockSize else {
        throw FileError(
          .malformed, path: source.path, place: "byte \(start)",
          reason: "\(block.count) bytes left, a tar header has \(TarHeader.blockSize)")
      }
      guard let header = try TarHeader(block, path: source.path, offset: start) else { return nil }
      let content = header.hasContent ? size ?? header.size : 0
      if header.hasContent { size = nil }
      let data = start + TarHeader.blockSize
      // A pipe's end is not known; the limit keeps the sums below from overflowing.
      let left = (source.size ?? Int.max - 2 * Self.extensionLimit) - data
      guard content <= left else {
        throw FileError(
          .malformed, path: source.path, place: "byte \(start + 124)",
          reason: "the entry has \(content) bytes, the archive ends after \(left)")
      }
      next = data + (content + TarHeader.blockSize - 1) / TarHeader.blockSize * TarHeader.blockSize
      switch header.kind {
      case UInt8(ascii: "L"):
        name = TarHeader.text(try extensionContent(content, of: &source)[...])
      case UInt8(ascii: "x"):
        let records = try PAXRecords(
          try extensionContent(content, of: &source), path: source.path, offset: data)
        if records.isSparse { throw sparse(source, start) }
        name = records.name ?? name
        size = records.size
      case UInt8(ascii: "g"), UInt8(ascii: "K"):
        break
      case UInt8(ascii: "S"):
        throw sparse(source, start)
      default:
        guard header.isFile else {
          (name, size) = (nil, nil)
          continue
        }
        var path = (name ?? header.name)[...]
        while path.hasPrefix("./") { path = path.dropFirst(2) }
        return TarMember(name: String(path), offset: data, size: content)
      }
    }
  }

  private func extensionContent(
    _ count: Int, of source: inout ByteSource
  ) throws(FileError) -> [UInt8] {
    let start = source.offset
    guard count <= Self.extensionLimit else {
      throw FileError(
        .unsupported, path: source.path, place: "byte \(start)",
        reason: "an extended header of \(count) bytes; the limit is \(Self.extensionLimit)")
    }
    let content = try source.bytes(count)
    guard content.count == count else {
      throw FileError(
        .malformed, path: source.path, place: "byte \(start + content.count)",
        reason: "the archive ends within an extended header of \(count) bytes")
    }
    return content
  }

  private func sparse(_ source: borrowing ByteSource, _ start: Int) -> FileError {
    FileError(
      .unsupported, path: source.path, place: "byte \(start)",
      reason: "a sparse file; make the archive without the tar option --sparse")
  }
}
