import Foundation
import SignalPipeline
import Testing

/// Spectra that stay in their file while others may touch it.
@Suite struct SpectraTests {
  let folder: ScratchFolder
  let dataset: Dataset
  let problem = TrainingProblem.dataset()

  /// Writes the training problem as a dataset, a folder and its opened spectra.
  init() throws {
    folder = try ScratchFolder()
    try Self.write(problem, to: folder.path)
    dataset = try DatasetDirectory.read(folder.path)
  }

  static func write(_ dataset: Dataset, to path: String, overwrite: Bool = false) throws {
    var writer = try DatasetWriter(
      path,
      manifest: DatasetManifest(
        count: dataset.count, spectrum: dataset.spectrum, classes: dataset.classes,
        provenance: "a test"), overwrite: overwrite)
    for (example, label) in dataset.labels.enumerated() {
      try writer.append(density: dataset.spectra.values(of: example), label: label)
    }
    try writer.commit()
  }

  /// Lets a body work on the file of the spectra.
  private func change(_ body: (FileHandle) throws -> Void) throws {
    let file = try FileHandle(forUpdating: URL(filePath: folder("psd.npy")))
    try body(file)
    try file.close()
  }

  @Test("a training on spectra in their file comes to the bytes of one on spectra in memory")
  func training() throws {
    let split = try Split(of: problem, seed: 1)
    #expect(try Split(of: dataset, seed: 1) == split)
    let states = try [(problem, 1), (dataset, 1), (dataset, 2)].map { dataset, workers in
      var trainer = try TrainingProblem.trainer(epochs: 2)
      try trainer.train(on: dataset, split: split, workers: workers)
      return try trainer.checkpoint.encoded(path: "memory")
    }
    #expect(states[0] == states[1] && states[0] == states[2])
  }

  @Test("a file that is shortened while it is open is an error where it ends")
  func shortened() throws {
    // The header takes 128 bytes, a row 256; 19 rows and a half are left.
    try change { try $0.truncate(atOffset: 128 + 19 * 256 + 128) }
    #expect(try dataset.spectra.values(of: 18) == problem.spectra.values(of: 18))
    let error = #expect(throws: FileError.self) { try dataset.spectra.values(of: 19) }
    #expect(
      error?.description
        == "\(folder("psd.npy")): byte 5120: the file ends here and was longer when it was "
        + "opened: nothing may shorten it while it is read")
  }

  @Test("a training whose file is shortened in an epoch keeps the one before", arguments: [1, 2])
  func shortenedTraining(workers: Int) throws {
    var trainer = try TrainingProblem.trainer(epochs: 2)
    let stopped = #expect(throws: FileError.self) {
      try trainer.train(on: dataset, split: Split(of: dataset, seed: 1), workers: workers) {
        if case .epoch = $0 { try? change { try $0.truncate(atOffset: 128 + 256) } }
        return true
      }
    }
    #expect(stopped?.kind == .malformed && stopped?.path == folder("psd.npy"))
    #expect(trainer.state.epoch == 1)
  }

  @Test("a value that is rewritten while the file is open is checked like one that was there")
  func rewritten() throws {
    try change {
      try $0.seek(toOffset: 128 + 5 * 256 + 12)
      try $0.write(contentsOf: Data([0, 0, 192, 127]))
    }
    #expect(try dataset.spectra.values(of: 4) == problem.spectra.values(of: 4))
    #expect {
      try dataset.spectra.values(of: 5)
    } throws: {
      "\($0)".contains("psd.npy: row 5, column 3: the value is nan")
    }
  }

  @Test("a dataset that is replaced while it is open goes on with what was there")
  func replaced() throws {
    try Self.write(TrainingProblem.dataset(count: 3), to: folder.path, overwrite: true)
    #expect(try DatasetDirectory.read(folder.path).count == 3)
    #expect(try dataset.spectra.values(of: 59) == problem.spectra.values(of: 59))
  }
}
