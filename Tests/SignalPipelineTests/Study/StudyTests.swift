import Foundation
import SignalPipeline
import Testing

@Suite struct StudyTests {
  @Test("a study that is ended again and again comes to the bytes of an undisturbed one")
  func resume() throws {
    let (whole, broken) = (try ScratchFolder(), try ScratchFolder())
    try StudyScene.run(in: whole("study"), workers: 1)
    var ends = 0
    // More than it takes to make three datasets anew.
    while (try? StudyScene.run(in: broken("study"), workers: 1 + ends % 3, steps: 139)) == nil {
      ends += 1
      try #require(ends < 100)
    }
    #expect(ends > 2)
    let (one, other) = (
      try StudyScene.files(in: whole("study")), try StudyScene.files(in: broken("study"))
    )
    #expect(one.keys.sorted() == other.keys.sorted())
    for (name, bytes) in one { #expect(bytes == other[name], "\(name)") }
    #expect(one.keys.allSatisfy { !$0.contains("checkpoint") })
  }

  @Test("a study goes on from the checkpoint, and does not train anew")
  func checkpoint() throws {
    var configuration = StudyScene.configuration
    configuration.networks = [.keras64]
    configuration.seeds = 1
    configuration.sweep = []
    configuration.sweepSeeds = 0
    let folder = try ScratchFolder()
    let run = try #require(configuration.runs.first)
    // Data, then an epoch of one step; the next step is refused.
    let steps = configuration.examples + 1
    #expect(throws: StudyScene.Stop.self) {
      try StudyScene.run(in: folder("study"), steps: steps, configuration: configuration)
    }
    let saved = try Checkpoint(reading: folder("study/runs/\(run.name).checkpoint"))
    #expect(saved.state.epoch == 1)
    var study = try Study(configuration, in: folder("study"))
    var epochs: [String] = []
    _ = try study.run(
      command: "", workers: 1, clock: { 0 },
      report: { if $0.run == run, $0.step.hasPrefix("epoch") { epochs.append($0.step) } })
    #expect(epochs == ["epoch 2 of 2"])
  }

  @Test("findings put the seeds together, and tables and page tell every group")
  func findings() throws {
    let folder = try ScratchFolder()
    let findings = try StudyScene.run(in: folder("study"))
    let configuration = StudyScene.configuration
    // Three treatments each, the default's canonical roll, two of the sweep.
    #expect(findings.presets.count == 10)
    #expect(findings.sweep.count == 2)
    #expect(findings.results.count == 10 * 2 + 2)
    for group in findings.groups {
      let own = findings.results.filter {
        $0.run.network == group.network && $0.run.treatment == group.treatment
          && $0.run.variation == group.variation
      }
      #expect(own.count == (group.variation == nil ? 2 : 1))
      let mean = own.map(\.anywhere.value).reduce(0, +) / Double(own.count)
      #expect(group.anywhere.mean == mean)
      #expect(group.worstCell.least == own.compactMap(\.offsets.worst?.accuracy.value).min())
      #expect(own.allSatisfy { $0.anywhere.count == configuration.anywhere })
      #expect(own.allSatisfy { $0.shifts.consistent.count == 8 * 4 })
      #expect(group.offsets.count == findings.cells.count)
    }
    let csv = String(decoding: try folder.bytes("study/study.csv"), as: UTF8.self)
    let lines = csv.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    #expect(lines.count == 13)
    #expect(lines.allSatisfy { $0.count == lines[0].count })
    let markdown = String(decoding: try folder.bytes("study/study.md"), as: UTF8.self)
    let page = String(decoding: try folder.bytes("study/study.html"), as: UTF8.self)
    for group in findings.presets {
      let row = "| \(group.network.rawValue) | \(group.treatment.name) |"
      #expect(markdown.contains(row), "\(row)")
    }
    // A drawing a treatment and a network, and the sweep's, each with words for it.
    #expect(page.components(separatedBy: "<svg ").count - 1 == 4 + 3 + 1)
    #expect(page.components(separatedBy: "<desc>").count - 1 == 4 + 3 + 1)
    #expect(!page.contains("<script") && !page.contains("src="))
    let json = try JSONDecoder().decode(
      StudyFindings.self, from: Data(try folder.bytes("study/study.json")))
    #expect(json == findings)
    #expect(findings.text.split(separator: "\n").count == 13)
  }

  @Test("the canonical roll answers the same to the last bit wherever a spectrum is shifted to")
  func canonical() throws {
    var configuration = StudyScene.configuration
    configuration.networks = [.standard]
    configuration.seeds = 1
    configuration.sweep = []
    configuration.sweepSeeds = 0
    let folder = try ScratchFolder()
    let findings = try StudyScene.run(in: folder("study"), configuration: configuration)
    for group in findings.groups {
      let isExact = group.treatment == .canonical
      #expect((group.greatestChange == 0) == isExact, "\(group.treatment)")
      if isExact { #expect(group.consistent.least == 1) }
    }
  }

  @Test("redrawn offsets move the same signals; no test set has a training's seed")
  func data() throws {
    let configuration = StudyScene.configuration
    let runs = configuration.runs
    let tests = runs.flatMap {
      [configuration.inRangeTest(of: $0).seed, configuration.anywhereTest(of: $0).seed]
    }
    let trainings = (1...30).map { UInt64($0) }
    #expect(Set(tests).isDisjoint(with: trainings))
    #expect(Set(runs.map { configuration.data(of: $0).seed }).isSubset(of: trainings))

    func made(_ treatment: StudyTreatment) throws -> Dataset {
      let run = try #require(runs.first { $0.treatment == treatment })
      var data = configuration.data(of: run)
      data.count = 12
      return try data.make(configuration.signals, workers: 2) { _ in }
    }
    let (centred, anywhere) = (try made(.measured), try made(.redrawn))
    #expect(centred.conditions.allSatisfy { abs($0.offset) <= 0.00625 })
    #expect(anywhere.conditions.contains { abs($0.offset) > 0.1 })
    #expect(centred.conditions.map(\.snr) == anywhere.conditions.map(\.snr))
    #expect(centred.conditions.map(\.bandwidth) == anywhere.conditions.map(\.bandwidth))
    #expect(centred.labels == anywhere.labels)
  }

  @Test("shifts reach over the whole band, and no stride divides all of them")
  func distances() {
    let configuration = StudyConfiguration.full
    for bins in [8192, 8000] {
      let shifts = configuration.shiftDistances(bins: bins)
      #expect(shifts.count == 32)
      for (part, shift) in shifts.enumerated() {
        #expect((part * bins / 32..<(part + 1) * bins / 32).contains(shift))
      }
      for stride in [2, 4, 8, 32, 64, 96] {
        #expect(!shifts.allSatisfy { $0.isMultiple(of: stride) }, "\(stride)")
      }
    }
  }

  @Test("every training of both studies can be built")
  func networks() throws {
    for configuration in [StudyConfiguration.full, .quick] {
      try configuration.validate()
      let runs = configuration.runs
      #expect(Set(runs.map(\.name)).count == runs.count)
      for run in runs {
        let network = try Network(configuration.network(of: run))
        #expect(network.inputShape == configuration.features(of: run).shape)
        try configuration.training(of: run).validate()
      }
    }
    #expect(Set(StudyConfiguration.full.runs.map(\.network)) == Set(Architecture.allCases))
  }

  @Test("further convolutions come before the flattening, kernels have the size that is asked for")
  func variations() throws {
    func network(_ quantity: StudyVariation.Quantity, _ value: Int) throws -> NetworkDescription {
      var configuration = StudyScene.configuration
      configuration.sweep = [StudyVariation(quantity, value)]
      let run = try #require(configuration.runs.first { $0.variation != nil })
      return configuration.network(of: run)
    }
    let names = try network(.convolutions, 3).layers.map(\.name)
    #expect(
      names == [
        "conv1d", "maxPool1d", "relu", "conv1d", "relu", "conv1d", "flatten", "linear",
      ])
    let wide = try Network(network(.kernelSize, 256))
    #expect(wide.parameters[0].shape == [64, 1, 256])
    let founding = Architecture.founding.description(classes: 4)
    #expect(try network(.batchSize, 8) == founding)
    #expect(try network(.convolutions, 1) == founding)
  }

  @Test("a folder of another study is refused with what differs")
  func otherSettings() throws {
    let folder = try ScratchFolder()
    _ = try Study(StudyScene.configuration, in: folder("study"))
    var other = StudyScene.configuration
    other.epochs += 1
    other.seeds = 1
    other.sweepSeeds = 1
    let error = #expect(throws: FileError.self) { _ = try Study(other, in: folder("study")) }
    #expect(error?.kind == .unsupported)
    #expect(error?.reason.contains("epochs, seeds:") ?? false, "\(error?.reason ?? "")")
  }

  @Test("a folder with other files is refused and stays as it was")
  func otherFolder() throws {
    let folder = try ScratchFolder()
    _ = try folder.file("letter.txt", "dear")
    let error = #expect(throws: FileError.self) {
      _ = try Study(StudyScene.configuration, in: folder.path)
    }
    #expect(error?.reason.contains("letter.txt") ?? false)
    #expect(try folder.names == ["letter.txt"])
  }

  @Test("a folder is one study's at a time")
  func locked() throws {
    let folder = try ScratchFolder()
    let first = try Study(StudyScene.configuration, in: folder("study"))
    let error = #expect(throws: FileError.self) {
      _ = try Study(StudyScene.configuration, in: folder("study"))
    }
    #expect(error?.reason.contains("another process is writing this study") ?? false)
    let finished = first.finishedCount
    #expect(finished == 0)
  }

  @Test("settings that make no sense are errors that name the field")
  func settings() {
    func field(_ change: (inout StudyConfiguration) -> Void) -> String? {
      var changed = StudyScene.configuration
      change(&changed)
      return #expect(throws: ConfigurationError.self) { try changed.validate() }?.field
    }
    #expect(field { $0.seeds = 0 } == "seeds")
    #expect(field { $0.seeds = 31 } == "seeds")
    #expect(field { $0.networks = [] } == "networks")
    #expect(field { $0.networks = [.founding, .founding] } == "networks")
    #expect(field { $0.examples = 3 } == "examples")
    #expect(field { $0.shiftedExamples = 17 } == "shiftedExamples")
    #expect(field { $0.sweepSeeds = 3 } == "sweepSeeds")
    #expect(field { $0.sweep = [StudyVariation(.batchSize, 0)] } == "sweep")
    #expect(field { $0.validationShare = 1 } == "validationShare")
  }
}
