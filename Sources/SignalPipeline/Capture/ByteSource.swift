package import SystemPackage

/// The bytes of a file, a pipe or a terminal, read once from front to end in constant memory.
///
/// `read(2)` fills one page-aligned block. What a caller left of the last block moves to just
/// before it, so that reads stay aligned and what straddles two blocks lies in one piece.
@safe package struct ByteSource: ~Copyable, @unchecked Sendable {
  /// The most bytes one `read(2)` asks for, unless ``fill(_:)`` was asked for more.
  package static let blockSize = 256 << 10

  /// The most bytes ``fill(_:)`` can be asked for.
  package static let mostFilled = 1 << 20

  /// The file's path, or `-` for standard input.
  package let path: String

  /// The bytes from the start to the end of a regular file, or to the ``limit(to:)`` before it;
  /// `nil` for anything else.
  package private(set) var size: Int?

  /// How many bytes lie before the first unread one.
  package private(set) var offset = 0

  /// Whether reading ended because of `isInterrupted`, not because the input did.
  package private(set) var wasInterrupted = false

  private let descriptor: FileDescriptor
  private let closes: Bool
  private let mayBlock: Bool
  private let isInterrupted: @Sendable () -> Bool
  private var buffer: UnsafeMutableRawBufferPointer
  /// How many bytes before the block have room for what was left of the last.
  private var headroom: Int
  private var start: Int
  private var end: Int
  private var isAtEnd = false
  private var limit = Int.max

  /// Opens a file, or standard input for `-`.
  ///
  /// - Parameters:
  ///   - path: The file's path.
  ///   - name: What errors call it; `nil` for its path.
  ///   - isInterrupted: Asked before every read, and when a signal interrupts one: `true` ends the
  ///     input there.
  /// - Throws: ``FileError`` with the operating system's reason.
  package init(
    opening path: FilePath, named name: String? = nil,
    isInterrupted: @escaping @Sendable () -> Bool = { false }
  ) throws(FileError) {
    if path.string == "-" {
      try self.init(
        reading: .standardInput, named: "-", closes: false, isInterrupted: isInterrupted)
      return
    }
    let descriptor: FileDescriptor
    do {
      // A FIFO whose writer is yet to come is waited for where a signal ends the waiting.
      descriptor = try FileDescriptor.open(path, .readOnly, options: [.closeOnExec, .nonBlocking])
    } catch {
      throw FileError(path: path.string, doing: "open", error)
    }
    try self.init(
      reading: descriptor, named: name ?? path.string, closes: true,
      isInterrupted: isInterrupted)
  }

  /// Reads an open file from where it stands.
  ///
  /// - Parameters:
  ///   - descriptor: The open file.
  ///   - name: What errors call it.
  ///   - closes: Whether the file is closed at the end, which includes a failure here.
  ///   - isInterrupted: As for ``init(opening:isInterrupted:)``.
  /// - Throws: ``FileError`` for a folder, or with the operating system's reason.
  package init(
    reading descriptor: FileDescriptor, named name: String, closes: Bool,
    isInterrupted: @escaping @Sendable () -> Bool = { false }
  ) throws(FileError) {
    do {
      size = try Self.size(of: descriptor, named: name)
    } catch {
      if closes { try? descriptor.close() }
      throw error
    }
    path = name
    self.descriptor = descriptor
    self.closes = closes
    mayBlock = size == nil
    self.isInterrupted = isInterrupted
    headroom = 4096
    (start, end) = (headroom, headroom)
    unsafe buffer = .allocate(byteCount: headroom + Self.blockSize, alignment: 4096)
  }

  deinit {
    if closes { try? descriptor.close() }
    unsafe buffer.deallocate()
  }

  /// The bytes that were read from the file but not yet consumed.
  package var unread: UnsafeRawBufferPointer {
    unsafe UnsafeRawBufferPointer(rebasing: buffer[start..<end])
  }

  /// Reads on until at least `count` bytes are unread, or the input ends.
  ///
  /// - Parameter count: At most ``mostFilled``.
  /// - Returns: How many bytes are unread: fewer than `count` only at the input's end.
  /// - Throws: ``FileError`` when the operating system refuses.
  package mutating func fill(_ count: Int) throws(FileError) -> Int {
    precondition(count <= Self.mostFilled, "\(count) bytes are more than a remainder can be")
    if end - start >= count || isAtEnd { return end - start }
    makeRoom(for: count)
    while end - start < count, !isAtEnd {
      let free = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[end...])
      let got = min(unsafe try read(free), limit - offset - (end - start))
      end += got
      isAtEnd = got == 0 || limit == offset + (end - start)
    }
    return end - start
  }

  /// Moves bytes to a buffer: those unread, or what one `read(2)` gives, past the block.
  ///
  /// - Returns: How many: 0 only at the input's end, or for a buffer without room.
  /// - Throws: ``FileError`` when the operating system refuses.
  package mutating func read(
    into bytes: UnsafeMutableRawBufferPointer
  ) throws(FileError) -> Int {
    let old = min(end - start, bytes.count)
    if old > 0 {
      unsafe bytes.copyMemory(from: UnsafeRawBufferPointer(rebasing: unread.prefix(old)))
      consume(old)
      return old
    }
    let room = min(bytes.count, limit - offset)
    guard room > 0, !isAtEnd else { return 0 }
    let got = try unsafe read(UnsafeMutableRawBufferPointer(rebasing: bytes[..<room]))
    offset += got
    isAtEnd = got == 0 || offset == limit
    return got
  }

  /// Takes back the last bytes that ``read(into:)`` gave, when nothing is unread.
  ///
  /// - Parameter bytes: Fewer than those of a stored sample.
  package mutating func takeBack(_ bytes: UnsafeRawBufferPointer) {
    precondition(start == end && bytes.count <= headroom, "\(end - start) bytes are unread")
    (start, end) = (headroom - bytes.count, headroom)
    offset -= bytes.count
    unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[start..<end]).copyMemory(from: bytes)
  }

  /// Moves what is unread to the end of a headroom of at least `count` bytes.
  private mutating func makeRoom(for count: Int) {
    let left = unsafe unread
    let old = unsafe buffer
    let grows = count > headroom
    if grows {
      headroom = (count + 4095) & ~4095
      unsafe buffer = .allocate(
        byteCount: headroom + max(Self.blockSize, headroom), alignment: 4096)
    }
    (start, end) = (headroom - left.count, headroom)
    unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[start..<end]).copyMemory(from: left)
    if grows { unsafe old.deallocate() }
  }

  /// Marks the first `count` unread bytes as read.
  package mutating func consume(_ count: Int) {
    precondition((0...end - start).contains(count), "\(count) bytes were not read yet")
    start += count
    offset += count
  }

  /// Ends the input after `count` more bytes, if it does not end before.
  package mutating func limit(to count: Int) {
    precondition(count >= 0, "\(count) bytes")
    let (sum, overflow) = offset.addingReportingOverflow(count)
    limit = min(limit, overflow ? .max : sum)
    end = start + min(end - start, limit - offset)
    if end - start == limit - offset { isAtEnd = true }
    size = size.map { min($0, limit) }
  }

  /// Passes over bytes, by a seek where the input can.
  ///
  /// - Returns: How many were passed: fewer than `count` only at the input's end.
  /// - Throws: ``FileError`` when the operating system refuses.
  package mutating func skip(_ count: Int) throws(FileError) -> Int {
    var passed = min(count, end - start)
    consume(passed)
    if let size, passed < count {
      let rest = min(count - passed, max(0, size - offset))
      do {
        try descriptor.seek(offset: Int64(rest), from: .current)
      } catch {
        throw failure(error)
      }
      offset += rest
      return passed + rest
    }
    while passed < count {
      let some = min(try fill(1), count - passed)
      if some == 0 { break }
      consume(some)
      passed += some
    }
    return passed
  }

  /// Looks at bytes of a regular file, wherever they lie, and stays where it stands.
  ///
  /// - Parameters:
  ///   - place: Where the first byte lies, as ``offset`` counts.
  ///   - count: How many are wanted.
  /// - Returns: The bytes; fewer at the file's end, none of what has no ``size``.
  /// - Throws: ``FileError`` when the operating system refuses.
  package func bytes(at place: Int, count: Int) throws(FileError) -> [UInt8] {
    guard size != nil else { return [] }
    do {
      let next = try descriptor.seek(offset: 0, from: .current)
      let start = next + Int64(place - offset - (end - self.start))
      return try unsafe [UInt8](unsafeUninitializedCapacity: count) { bytes, filled in
        filled = try unsafe descriptor.read(
          fromAbsoluteOffset: start, into: UnsafeMutableRawBufferPointer(bytes))
      }
    } catch {
      throw failure(error)
    }
  }

  /// Reads once; 0 is the end of the input.
  private mutating func read(_ free: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    while true {
      if isInterrupted() {
        wasInterrupted = true
        return 0
      }
      if mayBlock, !Self.isReadable(descriptor, milliseconds: 100) { continue }
      do {
        return try unsafe descriptor.read(into: free, retryOnInterrupt: false)
      } catch Errno.interrupted {
        continue
      } catch Errno.resourceTemporarilyUnavailable {
        continue
      } catch {
        throw failure(error)
      }
    }
  }

  private func failure(_ error: any Error) -> FileError {
    FileError(path: path, doing: "read", error, place: "byte \(offset + end - start)")
  }
}
