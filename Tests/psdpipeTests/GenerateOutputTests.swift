import Foundation
import SignalPipeline
import Testing

/// What `generate` writes beside spectra, where else it writes, and how it goes on.
@Suite struct GenerateOutputTests {
  /// All files of a folder by their path in it, hidden ones too.
  static func contents(_ command: Command, _ name: String) throws -> [String: Data] {
    let root = URL(filePath: command(name))
    let paths = try FileManager.default.subpathsOfDirectory(atPath: root.path)
    var contents: [String: Data] = [:]
    for path in paths {
      var isFolder: ObjCBool = false
      let file = root.appending(path: path).path
      _ = FileManager.default.fileExists(atPath: file, isDirectory: &isFolder)
      contents[path] = isFolder.boolValue ? Data() : try Data(contentsOf: URL(filePath: file))
    }
    return contents
  }

  private static let tiny = ["--samples", "4096", "--bins", "64"]

  @Test("iq.npy holds the very samples that the generator makes, and the manifest tells it")
  func samples() throws {
    let command = try Command()
    let made = try command.run(
      ["generate", "g", "--count", "9", "--iq", "--seed", "5"] + Self.tiny)
    #expect(made.status == 0, "\(made.errors)")
    #expect(try DatasetDirectory.readManifest(command("g")).iq == true)
    var configuration = SynthesisConfiguration.default
    configuration.samples = 4096
    configuration.seed = 5
    var generator = try SignalGenerator(configuration)
    var reader = try NPYReader<IQSample>(command("g/iq.npy"))
    #expect(reader.header.shape == [9, 4096])
    for index in 0..<9 {
      #expect(try reader.read(rows: 1) == generator.example(index).samples)
    }
    // A reader of the dataset holds its shape against the manifest.
    #expect(try DatasetDirectory.read(command("g")).count == 9)
    try NPYFile.write(
      [IQSample](repeating: .zero, count: 8 * 4096), shape: [8, 4096], to: command("g/iq.npy"))
    #expect { try DatasetDirectory.read(command("g")) } throws: {
      "\($0)".contains("iq.npy: shape: [8, 4096]; the manifest says [9, 4096]")
    }
    // A dataset without samples leaves none of an older one.
    #expect(
      try command.run(["generate", "g", "--count", "2", "--overwrite"] + Self.tiny).status == 0)
    #expect(!command.exists("g/iq.npy"))
  }

  @Test("--to - writes the bytes of the captures one after another, on any number of threads")
  func stream() throws {
    let command = try Command()
    let made = try command.run(
      ["generate", "g", "--count", "40", "--captures", "ci16"] + Self.tiny)
    #expect(made.status == 0, "\(made.errors)")
    let names = try command.names(in: "g/captures")
    var whole = Data()
    for index in 0..<40 {
      let name = try #require(names.first { $0.contains("-\(index).") })
      whole += try command.data("g/captures/\(name)")
    }
    let line = ["generate", "--to", "-", "--format", "ci16", "--samples", "4096"]
    for threads in ["1", "2", "3"] {
      let result = try command.run(line + ["--count", "40", "--threads", threads])
      #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
      #expect(result.output == whole)
    }
    let some = try command.run(line + ["--count", "40", "--only", "39,2:3"])
    let size = 4 * 4096
    #expect(
      some.output == whole[2 * size..<4 * size] + whole[39 * size..<40 * size])
  }

  @Test("a stream is classified as it comes, and ends well when nobody reads any more")
  func pipes() throws {
    let command = try Command()
    let classified = try command.shell(
      "psdpipe generate --to - --format cu8 --count 6 | psdpipe classify - --format cu8")
    #expect(classified.status == 0, "\(classified.errors)")
    #expect(try classified.records.count { $0["type"] as? String == "window" } == 6)
    let cut = try command.shell(
      """
      set -o pipefail
      psdpipe generate --to - --format cf32 --count 0 --samples 4096 | head -c 3000000 | wc -c
      """)
    #expect(cut.status == 0 && cut.errors.isEmpty, "\(cut.errors)")
    #expect(cut.text.contains("3000000"))
    let full = try command.shell("psdpipe generate --to - --format cu8 --count 9 >/dev/full")
    #expect(full.status == 74 && full.errors.contains("standard output"), "\(full.errors)")
    let limited = try command.shell(
      "ulimit -f 100; psdpipe generate --to - --format cu8 --count 9 >limited")
    #expect(limited.status == 74 && limited.errors.contains("File too large"), "\(limited.errors)")
  }

  @Test("--only writes single examples with the bytes that they have in the whole set")
  func only() throws {
    let command = try Command()
    let more = Self.tiny + ["--iq", "--captures", "cu8", "--sigmf", "--rate", "1M"]
    #expect(try command.run(["generate", "g", "--count", "20"] + more).status == 0)
    let made = try command.run(
      ["generate", "o", "--only", "19,3:5", "--only", "4", "--count", "20"] + more)
    #expect(made.status == 0, "\(made.errors)")
    let rows = [3, 4, 5, 19]
    let (whole, part) = try (
      DatasetDirectory.read(command("g")), DatasetDirectory.read(command("o"))
    )
    #expect(part.labels == rows.map { whole.labels[$0] })
    #expect(part.conditions == rows.map { whole.conditions[$0] })
    for (place, row) in rows.enumerated() {
      #expect(try part.spectra.values(of: place) == whole.spectra.values(of: row))
    }
    let (all, some) = try (
      NPYFile.read(command("g/iq.npy"), as: IQSample.self),
      NPYFile.read(command("o/iq.npy"), as: IQSample.self)
    )
    #expect(some.values == rows.flatMap { all.values[$0 * 4096..<($0 + 1) * 4096] })
    let names = try command.names(in: "o/captures")
    #expect(names.count == 8)
    for name in names {
      #expect(try command.data("o/captures/\(name)") == command.data("g/captures/\(name)"))
    }
    #expect(try DatasetDirectory.readManifest(command("o")).examples?.description == "3:5,19")
    // What such a dataset is replaced by takes just its captures away.
    let other = ["generate", "o", "--count", "4", "--overwrite", "--captures", "cu8"]
    #expect(try command.run(other + Self.tiny).status == 0)
    #expect(
      try command.names(in: "o/captures") == ["am-0.cu8", "fsk-1.cu8", "ofdm-3.cu8", "rrc-2.cu8"])
  }

  @Test("a run that was killed at any moment is resumed to the same bytes")
  func resume() throws {
    let command = try Command()
    let more =
      Self.tiny
      + ["--count", "300", "--iq", "--captures", "ci8", "--sigmf"]
      + ["--normalized", "decibelsAboveFloor"]
    #expect(try command.run(["generate", "whole"] + more).status == 0)
    let whole = try Self.contents(command, "whole")
    let progress = "part/.unfinished/progress.json"
    let moments: [(String, () -> Bool)] = [
      ("at once", { true }),
      ("in the first examples", { command.exists("part/.unfinished/captures/am-4.sigmf-data") }),
      ("after a checkpoint", { command.exists(progress) }),
      (
        "some time later",
        { (try? command.names(in: "part/.unfinished/captures").count) ?? 0 > 400 }
      ),
      ("when files get their names", { command.exists("part/captures") }),
    ]
    for (moment, hasCome) in moments {
      let running = try command.start(["generate", "part"] + more)
      while running.process.isRunning, !hasCome() { usleep(300) }
      kill(running.process.processIdentifier, SIGKILL)
      running.process.waitUntilExit()
      let wasSaved = command.exists(progress)
      if wasSaved {
        try command.expectFailure(
          ["generate", "part"] + more, status: 74, "part", "--resume", "--overwrite")
        try command.expectFailure(
          ["generate", "part", "--resume"] + more + ["--seed", "7", "--snr", "3"], status: 65,
          "another --snr, --seed", "plan.json")
      }
      let resumed = try command.run(["generate", "part", "--resume", "--threads", "1"] + more)
      #expect(resumed.status == 0, "\(moment): \(resumed.errors)")
      #expect(try Self.contents(command, "part") == whole, "\(moment)")
      // What is complete stays as it is, and another dataset is not it.
      #expect(try command.run(["generate", "part", "--resume"] + more).status == 0)
      #expect(
        try command.run(["generate", "part", "--resume", "--seed", "7"] + more).status == 74)
      #expect(try Self.contents(command, "part") == whole, "\(moment)")
      try FileManager.default.removeItem(atPath: command("part"))
    }
  }

  @Test("a complete dataset whose captures are of another format is not taken for the same")
  func otherCaptures() throws {
    let command = try Command()
    let line = ["generate", "g", "--count", "4", "--sigmf"] + Self.tiny
    #expect(try command.run(line + ["--captures", "ci16"]).status == 0)
    #expect(try DatasetDirectory.readManifest(command("g")).captureFormat == "ci16_le")
    let before = try Self.contents(command, "g")
    #expect(try command.run(line + ["--captures", "ci16", "--resume"]).status == 0)
    try command.expectFailure(
      line + ["--captures", "ci8", "--resume"], status: 74, "the file exists", "--overwrite")
    #expect(try Self.contents(command, "g") == before)
  }

  @Test("what fits on a full disk is kept, and told, and the run goes on from there")
  func full() throws {
    let command = try Command()
    let more = Self.tiny + ["--count", "300", "--iq", "--threads", "1"]
    #expect(try command.run(["generate", "whole"] + more).status == 0)
    // A limit on the size of files: 2000 KiB hold 62 rows of 32 KiB in iq.npy.
    let line = "psdpipe generate part \(more.joined(separator: " "))"
    let full = try command.shell("ulimit -f 2000; \(line)")
    #expect(full.status == 74, "\(full.errors)")
    #expect(
      full.errors.contains("iq.npy: cannot write: File too large; 62 of 300 examples are kept"),
      "\(full.errors)")
    let progress = String(
      decoding: try command.data("part/.unfinished/progress.json"), as: UTF8.self)
    #expect(progress.contains("\"count\":62"), "\(progress)")
    // No more room: nothing is lost.
    let again = try command.shell("ulimit -f 2000; \(line) --resume")
    #expect(again.errors.contains("62 of 300 examples are kept"), "\(again.errors)")
    let resumed = try command.shell("\(line) --resume")
    #expect(resumed.status == 0, "\(resumed.errors)")
    #expect(try Self.contents(command, "part") == Self.contents(command, "whole"))
  }

  @Test("a capture that does not fit leaves the examples before it")
  func fullOfCaptures() throws {
    let command = try Command()
    let more = Self.tiny + ["--count", "6", "--captures", "cf32", "--sigmf", "--threads", "1"]
    #expect(try command.run(["generate", "whole"] + more).status == 0)
    let line = "psdpipe generate part \(more.joined(separator: " "))"
    // 31 KiB hold no capture of 32 KiB.
    let full = try command.shell("ulimit -f 31; \(line)")
    #expect(full.status == 74 && full.errors.contains("am-0.sigmf-data"), "\(full.errors)")
    let resumed = try command.shell("\(line) --resume")
    #expect(resumed.status == 0, "\(resumed.errors)")
    #expect(try Self.contents(command, "part") == Self.contents(command, "whole"))
  }

  @Test("the rate that was told stands in the manifest, from an option or a scenario")
  func rate() throws {
    let command = try Command()
    let line = ["generate", "g", "--count", "2", "--overwrite"] + Self.tiny
    #expect(try command.run(line).status == 0)
    #expect(try DatasetDirectory.readManifest(command("g")).sampleRate == nil)
    let plain = try command.data("g/psd.npy")
    #expect(try command.run(line + ["--rate", "2.4M"]).status == 0)
    #expect(try DatasetDirectory.readManifest(command("g")).sampleRate == 2.4e6)
    #expect(try command.data("g/psd.npy") == plain)
    try command.file("s.json", #"{"sampleRate": 48000}"#)
    #expect(try command.run(line + ["--scenario", "s.json"]).status == 0)
    let path = command("g/manifest.json")
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(text.contains("\"sampleRate\" : 48000"))
    try text.replacing("48000", with: "-1").write(toFile: path, atomically: true, encoding: .utf8)
    #expect { try DatasetDirectory.readManifest(command("g")) } throws: {
      "\($0)" == "\(path): key sampleRate: is -1.0 Hz; it must be above 0, at most 1e12"
    }
  }

  @Test("a dataset that another process is writing is left alone")
  func lock() throws {
    let command = try Command()
    let line = ["generate", "g", "--count", "100000"] + Self.tiny
    let running = try command.start(line)
    while running.process.isRunning, !command.exists("g/.unfinished/progress.json") { usleep(300) }
    for more in [[], ["--resume"], ["--overwrite"]] {
      let other = try command.run(line + more)
      #expect(other.status == 74 && other.errors.contains("another process"), "\(other.errors)")
    }
    kill(running.process.processIdentifier, SIGTERM)
    running.process.waitUntilExit()
    // A run that is told to end keeps what it has; --overwrite begins anew.
    #expect(command.exists("g/.unfinished/progress.json"))
    let anew = try command.run(["generate", "g", "--count", "3", "--overwrite"] + Self.tiny)
    #expect(anew.status == 0, "\(anew.errors)")
    #expect(
      try command.names(in: "g") == ["conditions.jsonl", "labels.npy", "manifest.json", "psd.npy"])
  }

  @Test("the size is told before, and a disk with less room refuses at once")
  func size() throws {
    let command = try Command()
    let more = Self.tiny + ["--iq", "--captures", "cu8", "--sigmf"]
    let estimate = try command.run(["generate", "g", "--count", "50", "--dry-run"] + more)
    #expect(estimate.status == 0 && !command.exists("g"), "\(estimate.errors)")
    #expect(try command.run(["generate", "g", "--count", "50"] + more).status == 0)
    var found: [String: Int] = [:]
    for line in estimate.lines.dropLast() {
      let words = line.split(separator: " ")
      found[String(words[1])] = Int(words[0])
    }
    for name in ["psd.npy", "labels.npy", "iq.npy"] {
      #expect(try command.data("g/\(name)").count == found[name], "\(name)")
    }
    for name in ["conditions.jsonl", "manifest.json"] {
      let (bytes, guess) = try (command.data("g/\(name)").count, #require(found[name]))
      // Sixteen examples tell of fifty.
      #expect(abs(Double(guess) / Double(bytes) - 1) < 0.2, "\(name): \(guess) for \(bytes)")
    }
    let captures = try command.names(in: "g/captures")
      .reduce(0) { try $0 + command.data("g/captures/\($1)").count }
    let guess = try #require(found["captures/"])
    #expect(abs(Double(guess) / Double(captures) - 1) < 0.05, "\(guess) for \(captures)")
    try command.expectFailure(
      ["generate", "huge", "--iq", "--count", "4000000000"], status: 74, "huge", "TB", "free")
  }

  @Test("evaluate proves that a model has not seen the examples it is tested by")
  func trainedOn() throws {
    let command = try Command()
    try command.dataset()
    try command.dataset("test", "--seed", "2")
    try command.dataset("same", "--only", "17,50:60", "--count", "100")
    #expect(try command.train("m").status == 0)
    let line = ["evaluate", "m", "test", "--trained-on", "data"]
    let clean = try command.run(line)
    #expect(clean.status == 0, "\(clean.errors)")
    #expect(clean.lines.first == "no example of test is in data")
    try command.expectFailure(
      ["evaluate", "m", "same", "--trained-on", "data"], status: 65, "same: row 0: 1 examples",
      "data, this one in row 17")
    try command.expectFailure(
      line + ["--trained-on", "none"], status: 66, "none/manifest.json")
  }
}
