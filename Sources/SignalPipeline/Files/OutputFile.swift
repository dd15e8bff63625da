internal import Glibc
internal import Synchronization
internal import SystemPackage

/// A file that appears whole or not at all.
///
/// Bytes go to a temporary file in the same folder; ``commit()`` syncs it to the disk and renames
/// it over the path, so that a killed run leaves the old file or the new one. Without a commit the
/// temporary file is removed when the value goes out of scope. What cannot be replaced is written
/// in place: standard output (the path `-`), devices and pipes.
package struct OutputFile: ~Copyable {
  /// The path as the caller named it, or `-` for standard output.
  package let path: String

  /// The number of bytes appended so far.
  package private(set) var byteCount = 0

  /// The number of bytes that the operating system has taken; others wait in memory.
  private var writtenCount = 0

  /// Tells temporary files of one process apart.
  private static let serial = Atomic(0)

  /// How many bytes are gathered before the operating system is called.
  private static let bufferSize = 1 << 16

  private let descriptor: FileDescriptor
  private let target: FilePath
  private var temporary: FilePath?
  private var isOpen = true
  private var buffer: [UInt8] = []

  /// Opens a file for writing; nothing is seen at `path` before ``commit()``.
  ///
  /// - Parameter path: The file's path, whose folder exists, or `-` for standard output.
  /// - Throws: ``FileError`` of kind `missing` for a missing folder, `inputOutput` else.
  package init(_ path: String) throws(FileError) {
    self.path = path
    guard path != "-" else {
      (descriptor, target, temporary) = (.standardOutput, FilePath(path), nil)
      return
    }
    let target = FilePath(Self.resolvingLinks(of: path))
    self.target = target
    let existing = try? target.stat()
    if let existing, existing.type != .regular, existing.type != .directory {
      temporary = nil
      do {
        descriptor = try FileDescriptor.open(target, .writeOnly, retryOnInterrupt: true)
      } catch {
        throw FileError(writing: path, doing: "open", error)
      }
      return
    }
    guard existing?.type != .directory, let name = target.lastComponent else {
      throw FileError(
        .inputOutput, path: path, reason: "cannot write: this names a folder, not a file")
    }
    let folder = target.removingLastComponent()
    // An existing file keeps its permissions; a new one gets what the process's mask allows.
    let permissions = existing?.permissions ?? FilePermissions(rawValue: 0o666)
    while true {
      let number = Self.serial.add(1, ordering: .relaxed).newValue
      let candidate = folder.appending(".\(name.string.prefix(64)).\(getpid()).\(number).tmp")
      do {
        descriptor = try FileDescriptor.open(
          candidate, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
          permissions: permissions, retryOnInterrupt: true)
        temporary = candidate
        return
      } catch Errno.fileExists {
        continue
      } catch {
        throw FileError(writing: path, doing: "create a file in the folder", error)
      }
    }
  }

  /// Opens a file that grows in place and stays without a commit, so that another run can go on
  /// with it.
  ///
  /// - Parameters:
  ///   - path: The file's path; the file is made where it is missing.
  ///   - byteCount: How many of its bytes are kept; what follows them is cut off.
  /// - Throws: ``FileError`` of kind `malformed` if there are fewer, `inputOutput` else.
  package init(growing path: String, from byteCount: Int) throws(FileError) {
    let opened: FileDescriptor
    do {
      opened = try FileDescriptor.open(
        FilePath(path), .writeOnly, options: [.create, .closeOnExec],
        permissions: FilePermissions(rawValue: 0o666), retryOnInterrupt: true)
    } catch {
      throw FileError(writing: path, doing: "open", error)
    }
    let size: Int
    do {
      size = Int(try opened.stat().size)
      if size > byteCount { try opened.resize(to: Int64(byteCount), retryOnInterrupt: true) }
      try opened.seek(offset: Int64(byteCount), from: .start)
    } catch {
      try? opened.close()
      throw FileError(writing: path, doing: "go on with the file", error)
    }
    guard size >= byteCount else {
      try? opened.close()
      throw FileError(
        .malformed, path: path, place: "byte \(size)",
        reason: "the file ends here; \(byteCount) bytes were written")
    }
    self.path = path
    self.byteCount = byteCount
    writtenCount = byteCount
    descriptor = opened
    target = FilePath(path)
    temporary = nil
  }

  deinit {
    guard isOpen, descriptor != .standardOutput else { return }
    try? descriptor.close()
    if let temporary { _ = unsafe temporary.withPlatformString { unsafe unlink($0) } }
  }

  /// Checks that a file could be written, and leaves no trace.
  ///
  /// - Throws: ``FileError`` as ``init(_:)``.
  public static func check(_ path: String) throws(FileError) {
    let file = try OutputFile(path)
    _ = consume file
  }

  /// Appends bytes.
  ///
  /// - Throws: ``FileError`` of kind `inputOutput`, when the disk is full for example.
  package mutating func append(_ bytes: RawSpan) throws(FileError) {
    byteCount += bytes.byteCount
    if buffer.count + bytes.byteCount > Self.bufferSize { try flush() }
    guard bytes.byteCount < Self.bufferSize else {
      try write(bytes)
      return
    }
    unsafe bytes.withUnsafeBytes { unsafe buffer.append(contentsOf: $0) }
  }

  /// Appends bytes.
  ///
  /// - Throws: ``FileError`` of kind `inputOutput`, when the disk is full for example.
  package mutating func append(_ bytes: [UInt8]) throws(FileError) {
    try unsafe append(bytes.span.bytes)
  }

  /// Appends values as they lie in memory, little-endian.
  ///
  /// - Throws: ``FileError`` of kind `inputOutput`, when the disk is full for example.
  package mutating func append<Element: BitwiseCopyable>(
    values: [Element]
  ) throws(FileError) {
    try unsafe append(values.span.bytes)
  }

  /// Appends text as UTF-8.
  ///
  /// - Throws: ``FileError`` of kind `inputOutput`, when the disk is full for example.
  package mutating func append(_ text: String) throws(FileError) { try append(Array(text.utf8)) }

  /// Hands everything appended so far to the operating system; readers of a pipe see it.
  ///
  /// - Throws: ``FileError`` of kind `inputOutput`, when the disk is full for example.
  package mutating func flush() throws(FileError) {
    guard !buffer.isEmpty else { return }
    let pending = buffer
    let start = writtenCount
    buffer.removeAll(keepingCapacity: true)
    do {
      try unsafe write(pending.span.bytes)
    } catch {
      buffer = Array(pending[(writtenCount - start)...])
      throw error
    }
  }

  /// The number of bytes that are still there after a failure, written or in memory.
  package var keptCount: Int { writtenCount + buffer.count }

  /// Takes bytes off the end, and what a failure left there.
  ///
  /// - Parameter count: How many bytes stay, at most ``keptCount``.
  /// - Throws: ``FileError`` of kind `inputOutput`; standard output and pipes can't be cut.
  package mutating func cut(to count: Int) throws(FileError) {
    precondition((0...keptCount).contains(count), "what is not there can't stay")
    let kept = min(count, writtenCount)
    do {
      try descriptor.resize(to: Int64(kept), retryOnInterrupt: true)
      try descriptor.seek(offset: Int64(kept), from: .start)
    } catch {
      throw FileError(writing: path, doing: "shorten the file", error)
    }
    buffer.removeLast(buffer.count - (count - kept))
    writtenCount = kept
    byteCount = count
  }

  /// Brings everything appended so far to the disk.
  ///
  /// - Throws: ``FileError`` of kind `inputOutput`, when the disk is full for example.
  package mutating func sync() throws(FileError) {
    try flush()
    try Self.sync(descriptor, of: path)
  }

  /// Replaces bytes that were appended before, such as a count in a header.
  ///
  /// - Parameters:
  ///   - offset: Where the first byte goes; `offset + bytes.count` is at most ``byteCount``.
  ///   - bytes: The bytes that take the place.
  /// - Throws: ``FileError`` of kind `inputOutput`; standard output and pipes can't be patched.
  package mutating func overwrite(at offset: Int, with bytes: [UInt8]) throws(FileError) {
    precondition(
      offset >= 0 && offset + bytes.count <= byteCount, "only what was appended can be replaced")
    try flush()
    var done = 0
    while done < bytes.count {
      do {
        done += try unsafe bytes.withUnsafeBytes {
          try unsafe descriptor.write(
            toAbsoluteOffset: Int64(offset + done), UnsafeRawBufferPointer(rebasing: $0[done...]))
        }
      } catch {
        throw FileError(writing: path, doing: "go back and write", error)
      }
    }
  }

  /// Makes everything appended the content of the file at ``path``.
  ///
  /// The bytes are on the disk, under the file's name, when this returns.
  ///
  /// - Throws: ``FileError`` of kind `inputOutput`; the old file is then still there.
  package consuming func commit() throws(FileError) {
    try flush()
    guard descriptor != .standardOutput else { return }
    if temporary != nil { try Self.sync(descriptor, of: path) }
    isOpen = false
    let temporary = self.temporary
    do {
      try descriptor.close()
      guard let temporary else { return }
      let status = unsafe temporary.withPlatformString { from in
        unsafe target.withPlatformString { to in unsafe rename(from, to) }
      }
      guard status == 0 else { throw Errno(rawValue: errno) }
    } catch {
      if let temporary { _ = unsafe temporary.withPlatformString { unsafe unlink($0) } }
      throw FileError(writing: path, doing: "rename the finished file", error)
    }
    try syncFolder()
  }

  /// Writes a whole file in one step.
  ///
  /// - Throws: ``FileError``; the old file is then still there.
  package static func write(_ bytes: RawSpan, to path: String) throws(FileError) {
    var file = try OutputFile(path)
    try file.append(bytes)
    try file.commit()
  }

  /// Writes a whole file in one step.
  ///
  /// - Throws: ``FileError``; the old file is then still there.
  package static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
    try unsafe write(bytes.span.bytes, to: path)
  }

  /// Writes a file in place, which is whole on the disk after the next sync of its file system.
  ///
  /// - Throws: ``FileError``; a part of the file is then there.
  static func writeInPlace(_ bytes: [UInt8], to path: String) throws(FileError) {
    var file = try OutputFile(growing: path, from: 0)
    try file.append(bytes)
    try file.flush()
  }

  /// Writes a whole text file in one step, as UTF-8.
  ///
  /// - Throws: ``FileError``; the old file is then still there.
  package static func write(_ text: String, to path: String) throws(FileError) {
    try write(Array(text.utf8), to: path)
  }

  private mutating func write(_ bytes: RawSpan) throws(FileError) {
    var done = 0
    while done < bytes.byteCount {
      do {
        let taken = try unsafe bytes.withUnsafeBytes {
          try unsafe descriptor.write(UnsafeRawBufferPointer(rebasing: $0[done...]))
        }
        done += taken
        writtenCount += taken
      } catch {
        throw FileError(writing: path, doing: "write", error)
      }
    }
  }

  /// A rename is lasting once the folder that holds the name is on the disk.
  private func syncFolder() throws(FileError) {
    var folder = target.removingLastComponent()
    if folder.isEmpty { folder = "." }
    try Folder.sync(folder.string)
  }

  static func sync(_ descriptor: FileDescriptor, of path: String) throws(FileError) {
    while fsync(descriptor.rawValue) != 0 {
      switch Errno(rawValue: errno) {
      case .interrupted: continue
      case .invalidArgument, .notSupported: return  // a file system that has nothing to sync
      case let error: throw FileError(writing: path, doing: "bring to the disk", error)
      }
    }
  }

  /// A symbolic link stays: what it points to is replaced.
  private static func resolvingLinks(of path: String) -> String {
    guard let resolved = unsafe realpath(path, nil) else { return path }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }
}
