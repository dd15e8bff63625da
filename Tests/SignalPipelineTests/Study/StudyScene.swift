import Foundation
import SignalPipeline
import Testing

/// A study so small that it ends within seconds.
enum StudyScene {
  static let configuration: StudyConfiguration = {
    var small = StudyConfiguration.quick
    small.networks = [.standard, .founding, .keras64]
    small.seeds = 2
    small.signals.samples = 16_384
    small.examples = 40
    small.inRange = 16
    small.anywhere = 32
    small.offsetCells = 4
    small.shiftedExamples = 8
    small.shifts = 4
    small.epochs = 2
    small.convergenceEpochs = 3
    small.patience = 1
    small.sweep = [StudyVariation(.reference), StudyVariation(.convolutions, 2)]
    return small
  }()

  /// Ends a study.
  struct Stop: Error {}

  /// Runs a study to its end, or until as many steps were told.
  @discardableResult
  static func run(
    in path: String, workers: Int = 2, steps: Int = .max,
    configuration: StudyConfiguration = configuration
  ) throws -> StudyFindings {
    var study = try Study(configuration, in: path)
    study.checkpointInterval = 0
    var count = 0
    return try study.run(
      command: "psdpipe study FOLDER", workers: workers, clock: { 0 },
      report: { _ in
        count += 1
        if count > steps { throw Stop() }
      })
  }

  /// All files of a folder but those with times, by their paths.
  static func files(in path: String) throws -> [String: Data] {
    let names = try #require(FileManager.default.subpaths(atPath: path))
    var files: [String: Data] = [:]
    for name in names where !name.contains("time") {
      var isFolder: ObjCBool = false
      let file = "\(path)/\(name)"
      _ = FileManager.default.fileExists(atPath: file, isDirectory: &isFolder)
      if !isFolder.boolValue { files[name] = try Data(contentsOf: URL(filePath: file)) }
    }
    return files
  }
}
