import Foundation
import SignalPipeline
import Testing

/// `psd --every`: spectra one after another, as they come.
@Suite struct SpectrumSeriesTests {
  /// 10,000 samples of the ADS-B capture, under a name that tells no rate.
  private func capture(_ command: Command, _ name: String = "a.cu8", samples: Int = 10_000) throws {
    let path = Command.samples + "/adsb_1090MHz_2Msps.cu8"
    try command.file(name, Data(contentsOf: URL(filePath: path)).prefix(2 * samples))
  }

  @Test("each stretch has the spectrum that it would have alone")
  func stretches() throws {
    let command = try Command()
    try capture(command)
    let options = ["--bins", "64", "--kurtosis", "--average", "median"]
    let result = try command.run(["psd", "a.cu8", "--every", "3000"] + options)
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
    let records = try result.records
    #expect(records.map { $0["start_sample"] as? Int } == [0, 3000, 6000, 9000])
    #expect(records.map { $0["samples"] as? Int } == [3000, 3000, 3000, 1000])
    let whole = try command.data("a.cu8")
    for (index, record) in records.enumerated() {
      try command.file("part.cu8", whole.dropFirst(6000 * index).prefix(6000))
      let alone = try command.run(["psd", "part.cu8", "--as", "json"] + options).records[0]
      for key in ["density", "kurtosis"] {
        #expect(record[key] as? [Double] == alone[key] as? [Double], "\(key) of \(index)")
      }
      #expect(record["frequency"] == nil && (alone["frequency"] as? [Double])?.count == 64)
      #expect(record["first_frequency"] as? Double == -0.5)
      #expect(record["frequency_step"] as? Double == 1.0 / 64)
    }
  }

  @Test("times are the stream's, in every form", arguments: ["20ms", "0.02s", "20000us", "40000"])
  func times(_ every: String) throws {
    let command = try Command()
    let line = [
      "psd", Command.samples + "/adsb_1090MHz_2Msps.cu8", "--bins", "16", "--every", every,
    ]
    let rows = try command.run(line + ["--as", "csv"]).lines.map {
      $0.split(separator: ",").map(String.init)
    }
    #expect(
      rows[0] == [
        "start_sample", "start_s", "frequency_hz", "density_fs2_per_hz", "density_db_fs2_per_hz",
      ])
    #expect(rows.count == 1 + 5 * 16 && rows.allSatisfy { $0.count == 5 })
    #expect(rows[1 + 2 * 16].prefix(3) == ["80000", "0.04", "1089000000.0"])
    let records = try command.run(line).records
    #expect(records.map { $0["start_s"] as? Double } == [0, 0.02, 0.04, 0.06, 0.08])
    let table = try command.run(line + ["--as", "table"])
    #expect(table.text.contains("from 0.020 s, 40000 samples"), "\(table.text)")
  }

  @Test("files hold all spectra of a series, and NumPy a row each")
  func files() throws {
    let command = try Command()
    try capture(command)
    let line = ["psd", "a.cu8", "--every", "3000", "--bins", "64"]
    let result = try command.run(
      line + ["--out", "a.json", "--out", "a.csv", "--out", "a.npy", "--waterfall", "a.png"])
    #expect(result.status == 0 && result.output.isEmpty && result.errors.isEmpty)
    #expect(try command.data("a.json") == (try command.run(line).output))
    #expect(try command.data("a.csv") == (try command.run(line + ["--as", "csv"]).output))
    let array = try NPYFile.read(command("a.npy"), as: Float.self)
    let records = try command.run(line).records
    #expect(array.shape == [4, 64])
    #expect(
      array.values == records.flatMap { ($0["density"] as? [Double] ?? []).map { Float($0) } })
  }

  @Test("a live stream is told as it flows, and a signal ends it with what there is")
  func live() throws {
    let command = try Command()
    try capture(command)
    let samples = try command.data("a.cu8")
    #expect(mkfifo(command("live.cu8"), 0o600) == 0)
    let running = try command.start([
      "psd", "live.cu8", "--every", "3000", "--bins", "64", "--out", "all.csv", "--as", "json",
      "--waterfall", "w.svg",
    ])
    let writer = try FileHandle(forWritingTo: URL(filePath: command("live.cu8")))
    try writer.write(contentsOf: samples.prefix(2 * 7000))
    func lines() throws -> Int {
      try Data(contentsOf: running.output).count { $0 == UInt8(ascii: "\n") }
    }
    // Two whole stretches are there although the stream goes on.
    while running.process.isRunning, try lines() < 2 { usleep(10_000) }
    #expect(!command.exists("all.csv"))
    kill(running.process.processIdentifier, SIGTERM)
    running.process.waitUntilExit()
    try writer.close()
    let result = try running.result()
    #expect(result.status == 128 + SIGTERM && result.errors.isEmpty, "\(result.errors)")
    let records = try result.records
    #expect(records.map { $0["samples"] as? Int } == [3000, 3000, 1000])
    #expect(try command.data("all.csv").count { $0 == UInt8(ascii: "\n") } == 1 + 3 * 64)
    #expect(command.exists("w.svg"))
    #expect(try command.names() == ["a.cu8", "all.csv", "live.cu8", "w.svg"])
  }

  @Test("a fault at a stream's end takes none of the stretches before it")
  func faultAtEnd() throws {
    let command = try Command()
    try command.noise("a.cu8", samples: 10_000)
    try command.file("odd.cu8", try command.data("a.cu8") + [77])
    let result = try command.run(
      "psd", "odd.cu8", "--every", "3000", "--bins", "64", "--out", "e.csv", "--out", "e.npy",
      "--waterfall", "e.png", "--as", "json")
    #expect(result.status == 65 && result.errors.contains("1 byte left"), "\(result.errors)")
    #expect(result.lines.count == 3)
    #expect(try NPYFile.read(command("e.npy"), as: Float.self).shape == [3, 64])
    #expect(command.exists("e.csv") && command.exists("e.png"))
  }

  @Test("a signal ends the wait for a pipe's writer")
  func noWriter() throws {
    let command = try Command()
    #expect(mkfifo(command("live.cu8"), 0o600) == 0)
    let running = try command.start(["psd", "live.cu8"])
    usleep(300_000)
    kill(running.process.processIdentifier, SIGINT)
    running.process.waitUntilExit()
    let result = try running.result()
    #expect(result.status == 128 + SIGINT && result.errors.isEmpty, "\(result.errors)")
  }

  @Test("an interrupted stream of less than a segment is nobody's fault and leaves no file")
  func early() throws {
    let command = try Command()
    try capture(command)
    #expect(mkfifo(command("live.cu8"), 0o600) == 0)
    let running = try command.start(["psd", "live.cu8", "--out", "a.svg"])
    let writer = try FileHandle(forWritingTo: URL(filePath: command("live.cu8")))
    try writer.write(contentsOf: try command.data("a.cu8").prefix(2000))
    // Its file is open once the capture is.
    while running.process.isRunning, try command.names().count < 3 { usleep(10_000) }
    kill(running.process.processIdentifier, SIGTERM)
    running.process.waitUntilExit()
    try writer.close()
    let result = try running.result()
    #expect(result.status == 128 + SIGTERM && result.errors.isEmpty, "\(result.errors)")
    #expect(try command.names() == ["a.cu8", "live.cu8"])
  }

  @Test("the memory of a long stream does not grow with it")
  func memory() throws {
    let command = try Command()
    #expect(mkfifo(command("live.cu8"), 0o600) == 0)
    let running = try command.start([
      "psd", "live.cu8", "--every", "1000000", "--bins", "256", "--noise-floor", "--peaks", "3",
      "--as", "json", "--out", "a.npy", "--waterfall", "w.png",
    ])
    let writer = try FileHandle(forWritingTo: URL(filePath: command("live.cu8")))
    /// The peak of resident memory after so many more spectra [KiB].
    func peak(_ spectra: Int) throws -> Int {
      let block = Data(count: 2_000_000)
      for _ in 0..<spectra { try writer.write(contentsOf: block) }
      let path = "/proc/\(running.process.processIdentifier)/status"
      let status = try String(contentsOfFile: path, encoding: .utf8)
      let match = try #require(status.firstMatch(of: /VmHWM:\s+(\d+) kB/))
      return try #require(Int(match.1))
    }
    let short = try peak(20)
    let long = try peak(180)
    try writer.close()
    running.process.waitUntilExit()
    #expect(try running.result().records.count == 200)
    #expect(long < short + 2048, "\(short) KiB, then \(long) KiB")
  }

  @Test("a stretch that cannot be is told before anything is read")
  func faults() throws {
    let command = try Command()
    try capture(command)
    try command.expectFailure(
      ["psd", "a.cu8", "--every", "1s"], status: 64, "--every is 1s", "--rate", "samples")
    try command.expectFailure(
      ["psd", "a.cu8", "--every", "1ms", "--rate", "1M"], status: 64, "--every is 1ms",
      "1000 samples", "8192", "--bins")
    try command.expectFailure(
      ["psd", "a.cu8", "--every", "100"], status: 64, "--every is 100;", "8192")
    try command.expectFailure(
      ["psd", "a.cu8", "--every", "1e30s", "--rate", "1M"], status: 64, "--every is 1e30s", "2^53")
    try command.expectFailure(
      ["psd", "a.cu8", "--every", "20000", "--bins", "16384"], status: 65, "a.cu8", "10000 samples",
      "16384")
    // Whole stretches before a fault are told, what follows is not.
    try command.file("cut.cu8", try command.data("a.cu8").prefix(2 * 7000 + 1))
    let cut = try command.run("psd", "cut.cu8", "--every", "3000", "--bins", "64")
    #expect(cut.status == 65 && cut.errors.contains("byte 14000"), "\(cut.errors)")
    #expect(try cut.records.count == 2)
  }
}
