internal import Glibc
internal import SystemPackage

/// The right to write into a folder, which one process has at a time; it ends with the process.
///
/// Where the file system knows no locks nothing is kept out.
struct FolderLock: ~Copyable {
  private let descriptor: FileDescriptor

  /// Takes the right.
  ///
  /// - Parameters:
  ///   - path: A folder's path.
  ///   - content: What the process writes there, in words.
  /// - Throws: ``FileError`` of kind `inputOutput` if another process has it, or the folder can't
  ///   be opened.
  init(_ path: String, for content: String = "dataset") throws(FileError) {
    let opened: FileDescriptor
    do {
      opened = try FileDescriptor.open(
        FilePath(path), .readOnly, options: [.directory, .closeOnExec], retryOnInterrupt: true)
    } catch {
      throw FileError(writing: path, doing: "open the folder", error)
    }
    let status = flock(opened.rawValue, LOCK_EX | LOCK_NB)
    guard status == 0 || Errno(rawValue: errno) != .wouldBlock else {
      try? opened.close()
      throw FileError(
        .inputOutput, path: path,
        reason: "another process is writing this \(content): wait for its end, or choose another "
          + "folder")
    }
    descriptor = opened
  }

  deinit { try? descriptor.close() }
}
