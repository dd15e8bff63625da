internal import Glibc

/// A file whose bytes come to memory when they are read, and that any thread reads anywhere.
///
/// The operating system keeps of it what it has room for. The file's size is looked up before
/// every read, so that one that another process has shortened is an error; if that happens within
/// the microsecond between the look and the read, the operating system ends this process (SIGBUS),
/// as it does wherever a file is mapped. A file that another takes the name of stays as it was.
@safe final class MappedFile: Sendable {
  /// The file's path.
  var path: String { file.path }

  private let file: InputFile
  private let size: Int
  nonisolated(unsafe) private let bytes: UnsafeRawPointer

  /// Maps an open file.
  ///
  /// - Throws: ``FileError`` of kind `unsupported` for what is no regular file or empty,
  ///   `inputOutput` if the system has no room for the mapping.
  init(_ file: consuming InputFile) throws(FileError) {
    guard let size = file.size, size > 0 else {
      throw FileError(
        .unsupported, path: file.path, reason: "a regular file is needed that is not empty")
    }
    unsafe bytes = try file.map(size)
    self.size = size
    self.file = file
  }

  deinit { unsafe munmap(UnsafeMutableRawPointer(mutating: bytes), size) }

  /// Fills `values` from the file.
  ///
  /// - Parameters:
  ///   - values: As many values as are wanted, of a type every bit pattern is a value of.
  ///   - byte: Where the first of them begins; all of them lie in the file as it was opened.
  /// - Throws: ``FileError`` of kind `malformed` if the file was shortened since.
  func fill<Element: BitwiseCopyable>(
    _ values: inout [Element], at byte: Int
  ) throws(FileError) {
    let count = values.count * MemoryLayout<Element>.stride
    precondition(byte >= 0 && byte + count <= size, "\(count) bytes at \(byte) of \(size)")
    let left = try file.currentSize()
    guard byte + count <= left else {
      throw FileError(
        .malformed, path: path, place: "byte \(left)",
        reason: "the file ends here and was longer when it was opened: nothing may shorten it "
          + "while it is read")
    }
    unsafe values.withUnsafeMutableBytes {
      unsafe $0.copyMemory(from: UnsafeRawBufferPointer(start: bytes + byte, count: count))
    }
  }
}
