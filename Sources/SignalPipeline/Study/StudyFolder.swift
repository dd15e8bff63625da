internal import SystemPackage

/// The folder of a study.
///
/// | file | content |
/// |---|---|
/// | `plan.json` | ``StudyConfiguration``, written first |
/// | `runs/NAME.json` | ``StudyResult`` of a finished training |
/// | `runs/NAME.time.json` | ``StudyTime``, what it took |
/// | `runs/NAME.checkpoint` | where a training stands that is not finished |
/// | `study.*`, `times.*` | what all of them came to, written last |
///
/// Each file appears whole or not at all, so that a study goes on after any end.
struct StudyFolder: Sendable {
  /// The folder's path.
  let path: String

  /// The files of one training.
  enum File: String {
    case result = "json"
    case time = "time.json"
    case checkpoint
  }

  /// What a small file is at most [bytes].
  private static let limit = 1 << 24

  /// Takes the folder, new, empty or of the same study.
  ///
  /// - Returns: The right to write into it, which one process has at a time.
  /// - Throws: ``FileError`` of kind `unsupported` for a folder of a study with other settings, of
  ///   kind `inputOutput` for one that holds anything else, that another process has, or that can't
  ///   be written.
  func take(for configuration: StudyConfiguration) throws(FileError) -> FolderLock {
    try Folder.create(path)
    let lock = try FolderLock(path, for: "study")
    let plan = file("plan.json")
    let text = try JSON.encode(configuration, layout: .indented, path: plan)
    if Folder.contains(plan) {
      try Self.check(plan, is: text)
    } else if let other = try Folder.names(in: FilePath(path)).first(where: { !Self.isLeft($0) }) {
      throw FileError(
        .inputOutput, path: path,
        reason: "holds \(other.string) and is no study: choose a new folder or an empty one")
    } else {
      try OutputFile.write(text + [UInt8(ascii: "\n")], to: plan)
    }
    let runs = FilePath(path).appending("runs")
    try Folder.create(runs.string)
    // What a killed run was writing.
    for name in try Folder.names(in: runs) where Self.isLeft(name) {
      try Folder.remove(file: runs.appending(name).string)
    }
    return lock
  }

  private static func isLeft(_ name: FilePath.Component) -> Bool {
    name.string.hasPrefix(".") && name.string.hasSuffix(".tmp")
  }

  private static func check(_ plan: String, is text: [UInt8]) throws(FileError) {
    let others = try JSON.decode(
      JSONValue.self, from: InputFile.read(plan, limit: limit), path: plan
    ).differences(from: JSON.decode(JSONValue.self, from: text, path: plan))
    guard others.isEmpty else {
      throw FileError(
        .unsupported, path: plan,
        reason: "the study was begun with other settings of \(others.joined(separator: ", ")): go "
          + "on with the same options and version of psdpipe, or choose another folder")
    }
  }

  /// The path of a file beside the plan.
  func file(_ name: String) -> String { FilePath(path).appending(name).string }

  /// The path of a file of a training.
  func file(_ kind: File, of run: StudyRun) -> String {
    FilePath(path).appending("runs").appending("\(run.name).\(kind.rawValue)").string
  }

  /// Whether a training is finished.
  func isFinished(_ run: StudyRun) -> Bool { Folder.contains(file(.result, of: run)) }

  /// What a finished training came to.
  func result(of run: StudyRun) throws(FileError) -> StudyResult {
    let file = file(.result, of: run)
    return try JSON.decode(
      StudyResult.self, from: InputFile.read(file, limit: Self.limit), path: file)
  }

  /// How long a training has taken so far.
  func time(of run: StudyRun) throws(FileError) -> StudyTime {
    let file = file(.time, of: run)
    guard Folder.contains(file) else { return StudyTime() }
    return try JSON.decode(
      StudyTime.self, from: InputFile.read(file, limit: Self.limit), path: file)
  }

  /// Where a training stands that is not finished; `nil` before its first checkpoint.
  func checkpoint(of run: StudyRun) throws(FileError) -> Checkpoint? {
    let file = file(.checkpoint, of: run)
    return Folder.contains(file) ? try Checkpoint(reading: file) : nil
  }

  /// Keeps where a training stands.
  func write(_ checkpoint: Checkpoint, after time: StudyTime, of run: StudyRun) throws(FileError) {
    try write(time, .time, of: run)
    try checkpoint.write(to: file(.checkpoint, of: run))
  }

  /// Keeps what a training came to.
  func write(_ result: StudyResult, after time: StudyTime) throws(FileError) {
    try write(time, .time, of: result.run)
    try write(result, .result, of: result.run)
    try Folder.remove(file: file(.checkpoint, of: result.run))
  }

  private func write(_ value: some Encodable, _ kind: File, of run: StudyRun) throws(FileError) {
    let file = file(kind, of: run)
    try OutputFile.write(JSON.encode(value, path: file) + [UInt8(ascii: "\n")], to: file)
  }
}
