internal import CLinux
internal import Glibc
package import SystemPackage

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

  /// Gives a file another name in the same file system, in place of what has it.
  ///
  /// - Throws: ``FileError`` of kind `inputOutput` if that can't be done.
  package static func move(file path: String, to target: String) throws(FileError) {
    let status = unsafe FilePath(path).withPlatformString { from in
      unsafe FilePath(target).withPlatformString { to in unsafe rename(from, to) }
    }
    let error = Errno(rawValue: errno)
    guard status == 0 else { throw FileError(writing: path, doing: "rename to \(target)", error) }
  }

  /// Brings the names in a folder to the disk.
  ///
  /// - Throws: ``FileError`` of kind `inputOutput` if that fails.
  package static func sync(_ path: String) throws(FileError) {
    // A folder that may be written but not read can't be opened: the files themselves are safe.
    guard let opened = try? FileDescriptor.open(FilePath(path), .readOnly, options: .directory)
    else { return }
    defer { try? opened.close() }
    try OutputFile.sync(opened, of: path)
  }

  /// Brings all of the file system that a folder is in to the disk: many files in one step.
  ///
  /// - Throws: ``FileError`` of kind `inputOutput` if that fails.
  package static func syncFileSystem(of path: String) throws(FileError) {
    do {
      let opened = try FileDescriptor.open(
        FilePath(path), .readOnly, options: [.directory, .closeOnExec], retryOnInterrupt: true)
      defer { try? opened.close() }
      while syncfs(opened.rawValue) != 0 {
        let error = Errno(rawValue: errno)
        guard error == .interrupted else { throw error }
      }
    } catch {
      throw FileError(writing: path, doing: "bring to the disk", error)
    }
  }

  /// Removes a folder and all that is in it; one that is not there is fine.
  ///
  /// - Throws: ``FileError`` of kind `inputOutput` if something can't be removed.
  package static func removeTree(_ path: String) throws(FileError) {
    let folder = FilePath(path)
    guard (try? folder.stat(followTargetSymlink: false))?.type == .directory else {
      return try remove(file: path)
    }
    for name in try names(in: folder) { try removeTree(folder.appending(name).string) }
    let status = unsafe folder.withPlatformString { unsafe rmdir($0) }
    let error = Errno(rawValue: errno)
    guard status == 0 || error == .noSuchFileOrDirectory else {
      throw FileError(writing: path, doing: "remove the folder", error)
    }
  }

  /// The bytes of all files in a folder and below; 0 where it is not there.
  package static func byteCount(of path: FilePath) -> Int {
    guard let status = try? path.stat(followTargetSymlink: false) else { return 0 }
    guard status.type == .directory else { return Int(status.size) }
    let names = (try? names(in: path)) ?? []
    return names.reduce(0) { $0 + byteCount(of: path.appending($1)) }
  }

  /// The names of a folder's entries, hidden ones too, ordered by their bytes.
  ///
  /// - Throws: ``FileError`` if the folder can't be listed.
  package static func names(in folder: FilePath) throws(FileError) -> [FilePath.Component] {
    guard let stream = unsafe folder.withPlatformString({ unsafe opendir($0) }) else {
      throw FileError(path: folder.string, doing: "list the folder", Errno(rawValue: errno))
    }
    defer { unsafe closedir(stream) }
    var names: [FilePath.Component] = []
    while true {
      errno = 0
      guard let entry = unsafe readdir(stream) else { break }
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
        unsafe name.withMemoryRebound(to: CInterop.PlatformChar.self, capacity: 256) {
          unsafe FilePath.Component(platformString: $0)
        }
      }
      if let name, name.kind == .regular { names.append(name) }
    }
    guard errno == 0 else {
      throw FileError(path: folder.string, doing: "list the folder", Errno(rawValue: errno))
    }
    return names.sorted { $0.string.utf8.lexicographicallyPrecedes($1.string.utf8) }
  }

  /// The room that a user has left in the file system that a path is in, or will be in.
  ///
  /// - Returns: The room [bytes]; `nil` where the file system does not tell.
  package static func freeBytes(at path: String) -> Int? {
    var folder = FilePath(path)
    while !isFolder(folder) {
      let parent = folder.removingLastComponent()
      guard parent != folder, !parent.isEmpty else {
        folder = "."
        break
      }
      folder = parent
    }
    var status = statvfs()
    guard unsafe statvfs(folder.string, &status) == 0, status.f_blocks > 0 else { return nil }
    let (bytes, overflow) = status.f_bavail.multipliedReportingOverflow(by: status.f_frsize)
    return overflow ? .max : Int(clamping: bytes)
  }

  private static func isFolder(_ path: FilePath) -> Bool {
    (try? path.stat())?.type == .directory
  }
}
