internal import Glibc
internal import SystemPackage

/// Folders that hold what a command writes as several files.
package enum Folder {
  /// Makes a folder and those above it; one that is there already is fine.
  ///
  /// - Throws: ``FileError`` of kind `inputOutput` if it can't be made, or is a file.
  package static func create(_ path: String) throws(FileError) {
    let folder = FilePath(path)
    if isFolder(folder) { return }
    let parent = folder.removingLastComponent()
    if !parent.isEmpty, parent != folder, !isFolder(parent) { try create(parent.string) }
    let status = unsafe folder.withPlatformString { unsafe mkdir($0, 0o777) }
    let error = Errno(rawValue: errno)
    // Another process may have made it in between.
    guard status == 0 || isFolder(folder) else {
      throw FileError(writing: path, doing: "make a folder", error)
    }
  }

  /// Whether there is a file, or anything else, at a path.
  package static func contains(_ path: String) -> Bool {
    (try? FilePath(path).stat(followTargetSymlink: false)) != nil
  }

  /// Removes a file; one that is not there is fine.
  ///
  /// - Throws: ``FileError`` of kind `inputOutput` if it can't be removed.
  package static func remove(file path: String) throws(FileError) {
    let status = unsafe FilePath(path).withPlatformString { unsafe unlink($0) }
    let error = Errno(rawValue: errno)
    guard status == 0 || error == .noSuchFileOrDirectory else {
      throw FileError(writing: path, doing: "remove the file", error)
    }
  }

  private static func isFolder(_ path: FilePath) -> Bool {
    (try? path.stat())?.type == .directory
  }
}
