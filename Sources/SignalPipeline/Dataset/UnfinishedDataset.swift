internal import SystemPackage

/// The folder `.unfinished` in a dataset's own, in which the files grow until all are whole.
///
/// | file | content |
/// |---|---|
/// | `plan.json` | the manifest to be |
/// | `progress.json` | how many examples are on the disk |
/// | the others | as in a dataset, of that many examples or more |
///
/// One process at a time has it. Where no example reached the disk it goes with the value.
struct UnfinishedDataset: ~Copyable {
  /// What is on the disk.
  struct Progress: Codable {
    /// The number of examples.
    var count = 0
    /// The bytes of their lines of conditions.
    var conditionBytes = 0
    /// Whether all files are whole, and need but their names.
    var isWhole = false
  }

  /// The dataset's folder.
  let path: String

  /// What is on the disk.
  private(set) var progress = Progress()

  private let lock: FolderLock

  /// The folder in a dataset's own.
  static func folder(of path: String) -> String { FilePath(path).appending(".unfinished").string }

  /// The path of a file of it.
  static func file(_ name: String, of path: String) -> String {
    FilePath(folder(of: path)).appending(name).string
  }

  /// Takes the folder, as it is left by a run of the same plan or empty.
  ///
  /// - Parameters:
  ///   - path: The dataset's folder, which is there.
  ///   - plan: What is to be written.
  ///   - overwrite: Whether a dataset that is there may be replaced.
  ///   - resume: Whether to go on where another run ended.
  ///   - name: What an error calls a key of the plan, such as `count`.
  /// - Throws: ``FileError`` if another process has it, a dataset or another run's part of one is
  ///   there and may not be replaced, or the folder can't be written.
  init(
    _ path: String, plan: DatasetManifest, overwrite: Bool, resume: Bool, name: (String) -> String?
  ) throws(FileError) {
    let lock = try FolderLock(path)
    var progress = Progress()
    let file = Self.file("plan.json", of: path)
    let text = try JSON.encode(plan, layout: .indented, path: file)
    let isUnfinished = Folder.contains(file)
    guard !isUnfinished || resume || overwrite else {
      throw FileError(
        .inputOutput, path: path,
        reason: "a dataset stands there unfinished: go on with it by --resume, or begin anew by "
          + "--overwrite")
    }
    if isUnfinished, resume {
      let others = try JSON.decode(
        JSONValue.self, from: InputFile.read(file, limit: 1 << 26), path: file
      ).differences(from: JSON.decode(JSONValue.self, from: text, path: file))
      guard others.isEmpty else {
        let names = others.compactMap(name).reduce(into: [String]()) { names, next in
          if !names.contains(next) { names.append(next) }
        }
        throw FileError(
          .unsupported, path: file,
          reason: "the dataset was begun with another \(names.joined(separator: ", ")): resume "
            + "with the same options, or begin anew with --overwrite and without --resume")
      }
      progress = try Self.progress(of: path)
    }
    if !overwrite, !progress.isWhole,
      let existing = DatasetDirectory.File.allCases.map({ $0.path(in: path) })
        .first(where: { Folder.contains($0) })
    {
      throw FileError(
        .inputOutput, path: existing,
        reason: "the file exists: choose another folder, or replace the dataset by --overwrite")
    }
    if progress.count == 0, !progress.isWhole {
      try Folder.removeTree(Self.folder(of: path))
      try Folder.create(Self.folder(of: path))
      try OutputFile.write(text, to: file)
    }
    self.lock = lock
    self.path = path
    self.progress = progress
  }

  deinit {
    if progress.count == 0 { try? Folder.removeTree(Self.folder(of: path)) }
  }

  /// Notes what is on the disk.
  ///
  /// - Throws: ``FileError`` when the disk is full; the note before is then still there.
  mutating func note(_ progress: Progress) throws(FileError) {
    let file = Self.file("progress.json", of: path)
    try OutputFile.write(JSON.encode(progress, path: file), to: file)
    self.progress = progress
  }

  /// What a run noted that ended before its dataset was whole.
  static func progress(of path: String) throws(FileError) -> Progress {
    let file = Self.file("progress.json", of: path)
    guard Folder.contains(file) else { return Progress() }
    let found = try JSON.decode(
      Progress.self, from: InputFile.read(file, limit: 1 << 16), path: file)
    guard found.count >= 0, found.conditionBytes >= 0 else {
      throw FileError(.malformed, path: file, reason: "a count is below 0")
    }
    return found
  }

  /// Gives the whole files their names, the manifest last; again after a run that ended in here.
  ///
  /// - Parameters:
  ///   - manifest: What the dataset is.
  ///   - files: The files that it has beside the manifest.
  /// - Throws: ``FileError``; going on with `resume` mends it.
  func publish(
    _ manifest: DatasetManifest, files: Set<DatasetDirectory.File>
  ) throws(FileError) {
    // Its own manifest moves last: without it all of this was done before.
    let own = Self.file(DatasetDirectory.File.manifest.rawValue, of: path)
    let manifestPath = DatasetDirectory.File.manifest.path(in: path)
    if Folder.contains(own) {
      if let old = try? DatasetManifest(readingFrom: manifestPath) {
        try removeCaptures(of: old, but: manifest)
      }
      // From here to the manifest's move the folder may hold parts of two datasets.
      try Folder.remove(file: manifestPath)
      for kind in DatasetDirectory.File.allCases where kind != .manifest {
        if files.contains(kind) {
          try move(kind.rawValue, to: kind.path(in: path))
        } else {
          try Folder.remove(file: kind.path(in: path))
        }
      }
      if manifest.captures != nil {
        let captures = FilePath(path).appending("captures")
        try Folder.create(captures.string)
        for row in 0..<manifest.count {
          for name in manifest.captureNames(of: manifest.index(of: row)) {
            try move("captures/\(name)", to: captures.appending(name).string)
          }
        }
        try Folder.sync(captures.string)
      }
      try Folder.sync(path)
      try Folder.move(file: own, to: manifestPath)
      try Folder.sync(path)
    }
    // The plan goes first: what is left without it is nothing to go on with.
    try Folder.remove(file: Self.file("plan.json", of: path))
    try Folder.removeTree(Self.folder(of: path))
  }

  /// Moves a file to its place, unless a run before did.
  private func move(_ name: String, to target: String) throws(FileError) {
    let file = Self.file(name, of: path)
    if Folder.contains(file) { try Folder.move(file: file, to: target) }
  }

  /// Removes the captures that a dataset came with, but not those that the next will replace.
  private func removeCaptures(
    of old: DatasetManifest, but new: DatasetManifest
  ) throws(FileError) {
    guard old.captures != nil else { return }
    for row in 0..<old.count {
      let index = old.index(of: row)
      let kept = new.contains(index) ? new.captureNames(of: index) : []
      for name in old.captureNames(of: index) where !kept.contains(name) {
        try Folder.remove(file: FilePath(path).appending("captures").appending(name).string)
      }
    }
  }
}
