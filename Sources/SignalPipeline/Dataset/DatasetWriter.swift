internal import SystemPackage

/// Writes a dataset folder example by example, in constant memory.
///
/// No file has its name before ``commit()``, and the manifest gets its own last: a reader finds the
/// old dataset, the new one, or no manifest. See ``DatasetDirectory`` for the files. Until then
/// they grow in the folder `.unfinished`; what ``checkpoint()`` brought to the disk stays there
/// when a run ends early, for another to go on with.
public struct DatasetWriter: ~Copyable {
  /// The dataset's folder.
  public let path: String

  /// The number of examples so far, those of a run that is resumed too.
  public var count: Int { manifest.count }

  /// The number of examples that stay when the run ends here.
  public var savedCount: Int { unfinished.progress.count }

  private var manifest: DatasetManifest
  private var unfinished: UnfinishedDataset
  private var parts: DatasetParts?
  private var hasConditions: Bool
  private var isSound = true

  /// Starts a dataset, or goes on with one; the folder is made where it is missing.
  ///
  /// - Parameters:
  ///   - path: The dataset's folder.
  ///   - manifest: What the dataset is; its count follows from what is appended.
  ///   - overwrite: Whether a dataset in the folder may be replaced.
  ///   - resume: Whether to go on after the examples that an earlier run left, if it did.
  ///   - name: What an error calls a key of `manifest` that differs from that run's, such as
  ///     `spectrum.bins`; `nil` for what another key tells, too.
  /// - Throws: ``FileError`` if one of a dataset's files is there and `overwrite` is false,
  ///   another process is writing, the run to resume had another manifest, or the folder can't be
  ///   written; ``ConfigurationError`` if the manifest makes no sense.
  public init(
    _ path: String, manifest: DatasetManifest, overwrite: Bool = false, resume: Bool = false,
    name: (String) -> String? = { $0 }
  ) throws {
    try manifest.validate()
    try Folder.create(path)
    let unfinished = try UnfinishedDataset(
      path, plan: manifest, overwrite: overwrite, resume: resume, name: name)
    let progress = unfinished.progress
    var parts: DatasetParts?
    if !progress.isWhole {
      parts = try DatasetParts(in: path, manifest, from: progress)
      if manifest.captures != nil {
        try Folder.create(UnfinishedDataset.file("captures", of: path))
      }
    }
    self.parts = parts
    self.unfinished = unfinished
    self.path = path
    self.manifest = manifest
    self.manifest.count = progress.count
    hasConditions = progress.conditionBytes > 0
  }

  /// What a run left on the disk that did not finish, whose place the next one takes [bytes].
  public static func unfinishedBytes(in path: String) -> Int {
    Folder.byteCount(of: FilePath(UnfinishedDataset.folder(of: path)))
  }

  /// Whether a dataset of just this manifest is complete; what its writing left is then removed.
  ///
  /// - Throws: ``FileError`` if another process is writing, or the rest can't be removed.
  public static func isComplete(
    _ path: String, manifest: DatasetManifest
  ) throws(FileError) -> Bool {
    guard !Folder.contains(UnfinishedDataset.file("plan.json", of: path)),
      (try? DatasetDirectory.readManifest(path)) == manifest
    else { return false }
    let lock = try FolderLock(path)
    try Folder.removeTree(UnfinishedDataset.folder(of: path))
    _ = consume lock
    return true
  }

  /// Appends one example.
  ///
  /// - Parameters:
  ///   - density: The manifest's channels of each bin, `(C, bins)` row-major, DC-centred; see
  ///     ``PowerSpectrum/values(of:)``.
  ///   - label: The index of the class.
  ///   - conditions: What the example can be grouped by; given for every example or for none.
  ///   - details: Anything else that made the example, kept beside the conditions.
  ///   - features: The network input made of the spectrum, where the manifest has a transform.
  ///   - samples: The samples that the spectrum was estimated from, where the manifest has them.
  ///   - captures: The content of each file that ``DatasetManifest/captures`` tells of.
  /// - Throws: ``FileError`` if a density is negative or not finite, or the disk is full.
  public mutating func append(
    density: [Float], label: Int, conditions: ExampleConditions? = nil,
    details: (any Encodable)? = nil, features: [Float] = [], samples: [IQSample] = [],
    captures: [[UInt8]] = []
  ) throws(FileError) {
    precondition(density.count == manifest.shape.count, "\(density.count) values")
    precondition(manifest.classes.indices.contains(label), "label \(label)")
    let featureCount = manifest.features?.shape.count ?? 0
    precondition(features.count == featureCount, "\(features.count) features")
    precondition(samples.count == manifest.sampleCount ?? 0, "\(samples.count) samples")
    precondition((conditions != nil) == hasConditions || count == 0, "some conditions")
    let names = captureNames(of: count)
    precondition(captures.count == names.count, "\(captures.count) captures")
    precondition(!unfinished.progress.isWhole, "the dataset is whole")
    try DatasetDirectory.check(
      density, in: 0..<(.infinity), shape: manifest.shape, firstRow: count,
      parts?.densityPath ?? path)
    let line = conditions.map {
      ConditionsLine(
        conditions: $0, label: label, className: manifest.classes[label], details: details)
    }
    // Before the example is appended: what is appended is whole.
    for (name, bytes) in zip(names, captures) {
      try OutputFile.writeInPlace(bytes, to: UnfinishedDataset.file(name, of: path))
    }
    isSound = false
    try parts?.append(
      density: density, label: label, line: line, features: features, samples: samples)
    isSound = true
    hasConditions = conditions != nil
    manifest.count += 1
  }

  /// The paths in the unfinished folder of what ``DatasetManifest/captures`` tells of a row.
  private func captureNames(of row: Int) -> [String] {
    manifest.captureNames(of: manifest.index(of: row)).map { "captures/\($0)" }
  }

  /// Brings all examples so far to the disk, from where another run can go on.
  ///
  /// - Throws: ``FileError`` when the disk is full; the checkpoint before is then still there, and
  ///   ``keepWhole()`` makes another.
  public mutating func checkpoint() throws(FileError) {
    guard !unfinished.progress.isWhole, count > unfinished.progress.count else { return }
    precondition(isSound, "an example is incomplete")
    isSound = false
    try note()
    isSound = true
  }

  /// Brings what was appended to the disk, and notes that it is there.
  private mutating func note() throws(FileError) {
    try syncCaptures()
    try parts?.sync()
    try unfinished.note(.init(count: count, conditionBytes: parts?.conditionBytes ?? 0))
    parts?.settle()
  }

  /// The captures are many and small: one step for all instead of one for each.
  private func syncCaptures() throws(FileError) {
    guard manifest.captures != nil else { return }
    try Folder.syncFileSystem(of: UnfinishedDataset.file("captures", of: path))
  }

  /// After a failure, a full disk mostly: keeps all examples that are whole, as a checkpoint does.
  ///
  /// Of what was appended since the last checkpoint the rest goes; where the disk has no room for
  /// the checkpoint itself, more examples go until it has. ``count`` then tells those that stay.
  public mutating func keepWhole() {
    guard !unfinished.progress.isWhole, let there = parts?.keptCount else { return }
    let appended = count
    var goal = min(count, there)
    var step = 1
    while goal > unfinished.progress.count {
      manifest.count = goal
      do {
        // One more than was appended, since its captures may be what had no room.
        for row in goal..<min(appended + 1, manifest.examples?.count ?? .max) {
          for name in captureNames(of: row) {
            try Folder.remove(file: UnfinishedDataset.file(name, of: path))
          }
        }
        try parts?.cut(to: goal)
        try note()
        isSound = true
        return
      } catch {
        goal = min(goal, parts?.keptCount ?? 0) - step
        step *= 2
      }
    }
    manifest.count = unfinished.progress.count
  }

  /// Makes the dataset complete and visible.
  ///
  /// - Throws: ``FileError``; the folder then has no manifest, or the old dataset, and a run that
  ///   resumes can complete it.
  public consuming func commit() throws(FileError) {
    precondition(isSound, "an example is incomplete")
    if !unfinished.progress.isWhole {
      try syncCaptures()
      try parts?.finish()
      try manifest.write(
        to: UnfinishedDataset.file(DatasetDirectory.File.manifest.rawValue, of: path))
      try unfinished.note(
        .init(count: count, conditionBytes: parts?.conditionBytes ?? 0, isWhole: true))
    }
    parts = nil
    var files: Set<DatasetDirectory.File> = [.density, .labels]
    if hasConditions { files.insert(.conditions) }
    if manifest.features != nil { files.insert(.features) }
    if manifest.iq != nil { files.insert(.samples) }
    try unfinished.publish(manifest, files: files)
  }
}
