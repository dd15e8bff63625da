extension SafeTensors {
  /// Reads the bytes of a file.
  ///
  /// What the header claims is checked against the bytes that are there before anything is
  /// allocated for it.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - path: The file that errors name.
  /// - Throws: ``FileError`` naming the tensor or byte that breaks the format's rules.
  package init(_ bytes: [UInt8], path: String) throws(FileError) {
    guard bytes.count >= 8 else {
      throw FileError(
        .malformed, path: path, reason: "\(bytes.count) bytes; a safetensors file has at least 10")
    }
    let length = bytes.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= Self.headerLimit, length <= bytes.count - 8 else {
      throw FileError(
        .malformed, path: path, place: "byte 0",
        reason: "a header of \(length) bytes; the file has \(bytes.count - 8) more, the format "
          + "allows \(Self.headerLimit)")
    }
    let start = 8 + Int(length)
    guard length > 0, bytes[8] == UInt8(ascii: "{") else {
      throw FileError(
        .malformed, path: path, place: "byte 8", reason: "the header must begin with '{'")
    }
    let header = try JSON.decode(
      SafeTensorsHeader.self, from: Array(bytes[8..<start]), path: path, place: "header")
    metadata = header.metadata
    tensors = []
    // Empty tensors share their start with a neighbour: they come first, by name.
    let entries = try header.entries.map { name, entry throws(FileError) in
      (name: name, entry: entry, range: try Self.range(of: entry, name, bytes.count - start, path))
    }.sorted {
      ($0.range.lowerBound, $0.range.upperBound, $0.name) < (
        $1.range.lowerBound, $1.range.upperBound, $1.name
      )
    }
    var end = 0
    for (name, entry, range) in entries {
      guard range.lowerBound == end else {
        throw FileError(
          .malformed, path: path, place: "tensor \(name)",
          reason:
            "it begins at byte \(range.lowerBound) of the values, the one before ends at \(end)"
        )
      }
      end = range.upperBound
      let slice = bytes[(start + range.lowerBound)..<(start + end)]
      let values = try Self.values(slice, type: entry.dtype, name, path)
      tensors.append(Tensor(name: name, shape: entry.shape, values: values))
    }
    guard end == bytes.count - start else {
      throw FileError(
        .malformed, path: path, place: "byte \(start + end)",
        reason: "\(bytes.count - start - end) bytes belong to no tensor")
    }
  }

  /// Returns where a tensor's values lie, after checking it against its shape and the file.
  private static func range(
    of entry: SafeTensorsHeader.Entry, _ name: String, _ available: Int, _ path: String
  ) throws(FileError) -> Range<Int> {
    func failure(_ reason: String, _ kind: FileError.Kind = .malformed) -> FileError {
      FileError(kind, path: path, place: "tensor \(name)", reason: reason)
    }
    let sizes = ["F32": 4, "F64": 8, "I64": 8]
    guard var size = sizes[entry.dtype] else {
      throw failure("elements are \(entry.dtype); F32, F64 and I64 are read", .unsupported)
    }
    for length in entry.shape {
      let (product, overflow) = size.multipliedReportingOverflow(by: length)
      guard length >= 0, !overflow else { throw failure("shape \(entry.shape) is impossible") }
      size = product
    }
    guard entry.data_offsets.count == 2, entry.data_offsets[0] >= 0,
      entry.data_offsets[0] <= entry.data_offsets[1], entry.data_offsets[1] <= available
    else {
      throw failure(
        "data_offsets \(entry.data_offsets) lie outside the \(available) bytes of values")
    }
    let range = entry.data_offsets[0]..<entry.data_offsets[1]
    guard range.count == size else {
      throw failure("\(range.count) bytes; shape \(entry.shape) of \(entry.dtype) takes \(size)")
    }
    return range
  }

  private static func values(
    _ bytes: ArraySlice<UInt8>, type: String, _ name: String, _ path: String
  ) throws(FileError) -> Values {
    func words<Word: FixedWidthInteger>(_ type: Word.Type) -> [Word] {
      let size = Word.bitWidth / 8
      return stride(from: bytes.startIndex, to: bytes.endIndex, by: size).map { start in
        (0..<size).reduce(Word(0)) { $0 | Word(truncatingIfNeeded: bytes[start + $1]) << ($1 * 8) }
      }
    }
    switch type {
    case "F32": return .float(words(UInt32.self).map { Float(bitPattern: $0) })
    case "F64": return .double(words(UInt64.self).map { Double(bitPattern: $0) })
    case "I64": return .integer(words(Int64.self))
    default:
      throw FileError(.unsupported, path: path, place: "tensor \(name)", reason: "type \(type)")
    }
  }
}
