public import SystemPackage

/// The captures that a list of files and folders stands for.
public enum CaptureWalk {
  /// Returns the files to read, each folder replaced by the captures below it.
  ///
  /// A file stands as it was named, whatever its extension and even if it is missing, so that
  /// opening it tells what is wrong. Below a folder every file with a capture's extension
  /// counts, hidden files and folders left out; links are followed, but no folder is entered
  /// twice. A SigMF archive of several recordings stands for each, as `A.sigmf/N`, and a named
  /// collection for the metadata of its recordings.
  ///
  /// - Parameters:
  ///   - paths: Files, folders, or `-` for standard input.
  ///   - verifying: Whether the recordings of collections are held against the digests of their
  ///     metadata.
  /// - Returns: Paths in the order of the arguments, those below one folder ordered by their
  ///   bytes, those in an archive or a collection by it.
  /// - Throws: ``FileError`` for a folder that cannot be listed or holds no captures, and for a
  ///   collection that cannot be read or whose recordings are not those it means.
  public static func files(
    in paths: [FilePath], verifying: Bool = false
  ) throws(FileError) -> [FilePath] {
    var files: [FilePath] = []
    for path in paths {
      guard path.string != "-", let status = try? path.stat(), status.type == .directory else {
        files += try recordings(of: path, verifying: verifying)
        continue
      }
      var found: [FilePath] = []
      var entered: Set = [Identity(status)]
      try collect(path, into: &found, entered: &entered)
      guard !found.isEmpty else {
        let extensions =
          SampleFormat.usual.flatMap(\.fileExtensions)
          + SampleFormat.formatlessExtensions + CaptureContainer.fileExtensions
        throw FileError(
          .missing, path: path.string,
          reason: "the folder holds no captures (files named "
            + extensions.map { ".\($0)" }.joined(separator: " ") + " or other formats)")
      }
      let sorted = found.map { (path: $0, name: Array($0.string.utf8)) }
        .sorted { $0.name.lexicographicallyPrecedes($1.name) }.map(\.path)
      for file in sorted { files += try recordings(of: file, verifying: verifying) }
    }
    return files
  }

  /// The recordings that a file stands for; one that opening it will refuse stands for itself.
  private static func recordings(
    of path: FilePath, verifying: Bool
  ) throws(FileError) -> [FilePath] {
    guard let paths = try? SigMFRecording.paths(of: path) else { return [path] }
    if verifying { try SigMFRecording.verifyCollection(path) }
    return paths
  }

  /// What tells whether two paths lead to the same folder.
  private struct Identity: Hashable {
    let device: CInterop.DeviceID
    let inode: CInterop.Inode

    init(_ status: Stat) {
      device = status.deviceID.rawValue
      inode = status.inode.rawValue
    }
  }

  private static func collect(
    _ folder: FilePath, into files: inout [FilePath], entered: inout Set<Identity>
  ) throws(FileError) {
    // In order, so that the same path is kept of two that lead to one folder.
    for name in try Folder.names(in: folder) where !name.string.hasPrefix(".") {
      let path = folder.appending(name)
      let status = try? path.stat()
      if let status, status.type == .directory {
        guard entered.insert(Identity(status)).inserted else { continue }
        try collect(path, into: &files, entered: &entered)
      } else if status == nil || status?.type == .regular,
        isCapture(fileExtension: name.extension ?? ""), !isAnother(path)
      {
        files.append(path)
      }
    }
  }

  /// Whether a file is metadata of a file that is a capture by its own name, or annotations of a
  /// recording that has its own metadata: listed, it would be the same samples again.
  private static func isAnother(_ path: FilePath) -> Bool {
    guard path.extension?.lowercased() == "sigmf-meta" else { return false }
    if path.stem.map({ FilePath($0).extension == "psdpipe" }) == true { return true }
    // What cannot be read is listed, so that opening it tells why.
    guard let dataset = try? SigMFRecording.locate(path)?.dataPath.extension else { return false }
    return isCapture(fileExtension: dataset)
  }

  private static func isCapture(fileExtension: String) -> Bool {
    SampleFormat.isCapture(fileExtension: fileExtension)
      || CaptureContainer.fileExtensions.contains(fileExtension.lowercased())
  }
}
