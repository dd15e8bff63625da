extension ByteSource {
  /// Reads the next bytes into an array, which grows with what is there, not with `count`.
  ///
  /// - Returns: `count` bytes, or fewer at the input's end.
  /// - Throws: ``FileError`` when the operating system refuses.
  package mutating func bytes(_ count: Int) throws(FileError) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
      let some = min(try fill(1), count - bytes.count)
      if some == 0 { break }
      unsafe bytes.append(contentsOf: unread.prefix(some))
      consume(some)
    }
    return bytes
  }
}
