/// Bytes as arrays, for the headers that stand before samples.
extension ByteSource {
  /// Looks at bytes ahead without consuming them.
  ///
  /// - Parameter count: At most ``mostFilled``.
  /// - Returns: `count` bytes; fewer only at the input's end.
  /// - Throws: ``FileError`` when the operating system refuses.
  package mutating func peek(_ count: Int) throws(FileError) -> [UInt8] {
    _ = try fill(count)
    return unsafe Array(unread.prefix(count))
  }

  /// Reads up to `count` bytes; fewer only at the input's end.
  ///
  /// Memory grows with what is there, not with what is asked for.
  ///
  /// - Throws: ``FileError`` when the operating system refuses.
  package mutating func read(upTo count: Int) throws(FileError) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count, try fill(1) > 0 {
      let some = unsafe unread.prefix(count - bytes.count)
      unsafe bytes.append(contentsOf: some)
      let taken = unsafe some.count
      consume(taken)
    }
    return bytes
  }

  /// Reads exactly `count` bytes.
  ///
  /// - Throws: ``FileError`` of kind `malformed` where the input ends before, or when the
  ///   operating system refuses.
  package mutating func read(exactly count: Int) throws(FileError) -> [UInt8] {
    let start = offset
    let bytes = try read(upTo: count)
    guard bytes.count == count else {
      throw FileError(
        .malformed, path: path, place: "byte \(offset)",
        reason: "it ends here; \(count) bytes are needed from byte \(start) on")
    }
    return bytes
  }
}
