internal import Glibc
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

  /// How large the file is now, whatever it was when it was opened [bytes].
  ///
  /// - Throws: ``FileError`` of kind `inputOutput`.
  func currentSize() throws(FileError) -> Int {
    do {
      return Int(try descriptor.stat().size)
    } catch {
      throw FileError(path: path, doing: "tell the size", error)
    }
  }

  /// Maps the file to memory, read-only; the caller unmaps it.
  ///
  /// - Parameter size: How many of its bytes, at least 1.
  /// - Returns: The place of the first.
  /// - Throws: ``FileError`` of kind `inputOutput`.
  func map(_ size: Int) throws(FileError) -> UnsafeRawPointer {
    let place = unsafe mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor.rawValue, 0)
    guard let place = unsafe place, unsafe place != MAP_FAILED else {
      throw FileError(path: path, doing: "map to memory", Errno(rawValue: errno))
    }
    return UnsafeRawPointer(place)
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
