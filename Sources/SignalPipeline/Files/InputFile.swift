internal import SystemPackage

/// A file that is read from its start, with its size known before anything is allocated.
package struct InputFile: ~Copyable, Sendable {
  /// The path as the caller named it, or `-` for standard input.
  package let path: String

  /// The size of the file [bytes]; `nil` where only reading tells, as for pipes.
  package let size: Int?

  /// The number of bytes read so far.
  package private(set) var offset = 0

  private let descriptor: FileDescriptor

  /// Opens a file for reading.
  ///
  /// - Parameter path: The file's path, or `-` for standard input.
  /// - Throws: ``FileError`` of kind `missing` if there is no such file, `inputOutput` else.
  package init(_ path: String) throws(FileError) {
    let descriptor: FileDescriptor
    let size: Int?
    do {
      descriptor =
        path == "-"
        ? .standardInput
        : try .open(FilePath(path), .readOnly, options: .closeOnExec, retryOnInterrupt: true)
      let status = try descriptor.stat()
      size = status.type == .regular && path != "-" ? Int(status.size) : nil
    } catch {
      throw FileError(path: path, doing: "open", error)
    }
    self.path = path
    self.size = size
    self.descriptor = descriptor
  }

  deinit {
    guard descriptor != .standardInput else { return }
    try? descriptor.close()
  }

  /// Reads the next values, whose memory layout is that of the file.
  ///
  /// - Parameters:
  ///   - count: The number of values; the caller has checked it against ``size``.
  ///   - type: A type every bit pattern is a value of.
  /// - Returns: `count` values.
  /// - Throws: ``FileError`` of kind `malformed` if the file ends before.
  package mutating func read<Element: BitwiseCopyable>(
    _ count: Int, of type: Element.Type = Element.self
  ) throws(FileError) -> [Element] {
    let total = count * MemoryLayout<Element>.stride
    var done = 0
    var failure: FileError?
    let values = unsafe [Element](unsafeUninitializedCapacity: count) { buffer, filled in
      let bytes = UnsafeMutableRawBufferPointer(buffer)
      while done < total {
        do {
          let room = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[done..<total])
          let read = try unsafe descriptor.read(into: room, retryOnInterrupt: true)
          guard read > 0 else { break }
          done += read
        } catch {
          failure = FileError(path: path, doing: "read", error)
          break
        }
      }
      // Only whole values count; after a short read nothing of them is used.
      filled = done / MemoryLayout<Element>.stride
    }
    if let failure { throw failure }
    let start = offset
    offset += done
    guard done == total else {
      throw FileError(
        .malformed, path: path, place: "byte \(offset)",
        reason: "the file ends here; \(total) bytes are needed from byte \(start) on")
    }
    return values
  }

  /// Fills `values` from anywhere in the file, on any thread; the next ``read(_:of:)`` starts
  /// where it would have.
  ///
  /// - Parameters:
  ///   - values: As many values as are wanted, of a type every bit pattern is a value of.
  ///   - byte: Where the first of them begins; the caller has checked their end against ``size``.
  /// - Throws: ``FileError`` of kind `malformed` if the file was shortened since, `inputOutput`
  ///   where it can't be read so, as pipes.
  package func fill<Element: BitwiseCopyable>(
    _ values: inout [Element], at byte: Int
  ) throws(FileError) {
    let total = values.count * MemoryLayout<Element>.stride
    let done: Int
    do {
      done = try unsafe values.withUnsafeMutableBytes { bytes in
        var done = 0
        while done < total {
          let read = try unsafe descriptor.read(
            fromAbsoluteOffset: Int64(byte + done),
            into: UnsafeMutableRawBufferPointer(rebasing: bytes[done..<total]),
            retryOnInterrupt: true)
          guard read > 0 else { break }
          done += read
        }
        return done
      }
    } catch {
      throw FileError(path: path, doing: "read", error, place: "byte \(byte)")
    }
    guard done == total else {
      throw FileError(
        .malformed, path: path, place: "byte \(byte + done)",
        reason: "the file ends here and was longer when it was opened: nothing may shorten it "
          + "while it is read")
    }
  }

  /// Reads what comes next, whatever it is.
  ///
  /// - Parameter limit: The largest number of bytes, at least 1.
  /// - Returns: One byte or more; none at the end of the file.
  /// - Throws: ``FileError`` of kind `inputOutput`.
  package mutating func readNext(limit: Int) throws(FileError) -> [UInt8] {
    var failure: FileError?
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, filled in
      do {
        let room = UnsafeMutableRawBufferPointer(buffer)
        filled = try unsafe descriptor.read(into: room, retryOnInterrupt: true)
      } catch {
        failure = FileError(path: path, doing: "read", error)
      }
    }
    if let failure { throw failure }
    offset += bytes.count
    return bytes
  }

  /// Reads all that is left.
  ///
  /// - Parameter limit: The largest number of bytes that is accepted.
  /// - Returns: The bytes.
  /// - Throws: ``FileError`` of kind `unsupported` if more than `limit` bytes are left.
  package mutating func readToEnd(limit: Int) throws(FileError) -> [UInt8] {
    if let size, size - offset > limit { throw tooLong(size - offset, limit) }
    var content: [UInt8] = []
    content.reserveCapacity(max(0, (size ?? offset) - offset))
    while true {
      let next = try readNext(limit: 1 << 16)
      guard !next.isEmpty else { return content }
      let count = content.count + next.count
      guard count <= limit else { throw tooLong(count, limit) }
      content += next
    }
  }

  /// Reads a whole file.
  ///
  /// - Parameters:
  ///   - path: The file's path, or `-` for standard input.
  ///   - limit: The largest number of bytes that is accepted.
  /// - Returns: The file's bytes.
  /// - Throws: ``FileError``; of kind `unsupported` if the file is larger than `limit`.
  package static func read(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
    var file = try InputFile(path)
    return try file.readToEnd(limit: limit)
  }

  private func tooLong(_ count: Int, _ limit: Int) -> FileError {
    FileError(
      .unsupported, path: path,
      reason: "\(count) bytes or more; the limit for such a file is \(limit)")
  }
}
