import Foundation
import SignalPipeline
import Testing

/// `classify` on captures that are fine, and on captures that are not.
@Suite struct ClassifyTests {
  private static let capture = Command.samples + "/adsb_1090MHz_2Msps.cu8"

  @Test("each window is a record, and each input ends in a summary")
  func records() throws {
    let result = try Command().run("classify", Self.capture, "--rate", "2M", "--center", "1090M")
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
    let records = try result.records
    #expect(records.map { $0["type"] as? String } == ["window", "window", "summary"])
    #expect(records.allSatisfy { $0["source"] as? String == Self.capture })
    #expect(records[1]["start_sample"] as? Int == 65_536)
    #expect(records[1]["start_s"] as? Double == 0.032768)
    #expect(records[2]["windows"] as? Int == 2)
    #expect(records[2]["skipped_samples"] as? Int == 163_840 - 2 * 65_536)
    #expect(records[2]["center_hz"] as? Double == 1_090_000_000)
  }

  @Test("standard input gives the file's records but for the source's name")
  func standardInput() throws {
    let command = try Command()
    let file = try command.run("classify", Self.capture)
    let piped = try command.shell(
      "cat '\(Self.capture)' | psdpipe classify - --format cu8 --rate 2M --center 1090M")
    #expect(piped.status == 0)
    #expect(
      file.text == piped.text.replacing("\"source\":\"-\"", with: "\"source\":\"\(Self.capture)\""))
  }

  @Test("a folder gives each file's records in the order of the paths", arguments: ["1", "2"])
  func folder(_ threads: String) throws {
    let command = try Command()
    let whole = try command.run("classify", Command.samples, "--threads", threads)
    #expect(whole.status == 0, "\(whole.errors)")
    var sources: [String] = []
    for record in try whole.records where record["type"] as? String == "summary" {
      sources.append(try #require(record["source"] as? String))
    }
    #expect(sources.count >= 3 && sources == sources.sorted())
    let single = try sources.map { try command.run("classify", $0).text }
    #expect(whole.text == single.joined())
  }

  @Test("CSV has the same columns in every line")
  func csv() throws {
    let command = try Command()
    try command.file("empty.cu8", "")
    let result = try command.run("classify", Self.capture, "empty.cu8", "--as", "csv")
    #expect(result.status == 1)
    let columns = result.lines.map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    #expect(columns.count == 5 && Set(columns.map(\.count)).count == 1)
    #expect(columns.map { $0[0] } == ["type", "window", "window", "summary", "error"])
    #expect(columns[0].last == "error" && columns[4].last?.contains("empty.cu8") == true)
  }

  @Test("a table lists the windows of one input, and of several one line each")
  func table() throws {
    let command = try Command()
    let one = try command.run("classify", Self.capture, "--as", "table", "--rate", "2M")
    #expect(one.status == 0 && one.errors.isEmpty, "\(one.errors)")
    #expect(one.lines.count == 4)
    #expect(one.lines[0].contains("0.00 s, peak at") && one.lines[1].contains("0.03 s, peak at"))
    #expect(one.lines[2].hasPrefix("CLASS") && one.lines[3].hasSuffix(Self.capture))
    let two = try command.run("classify", Self.capture, Self.capture, "--as", "table")
    #expect(two.lines.count == 3)
    #expect(two.lines[0].hasPrefix("CLASS"))
    #expect(two.lines.dropFirst().allSatisfy { $0.hasSuffix(Self.capture) })
  }

  @Test("bands are asked for, and a model that states no bandwidths is refused for them")
  func bands() throws {
    let command = try Command()
    let capture = Command.samples + "/synthetic/rrc-2.cu8"
    let plain = try command.run("classify", capture)
    let result = try command.run("classify", capture, "--bands")
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
    // The other records are those of a run without bands.
    let others = result.lines.filter { !$0.hasPrefix(#"{"type":"band""#) }
    #expect(others == plain.lines)
    let bands = try result.records.filter { $0["type"] as? String == "band" }
    #expect(!bands.isEmpty)
    for band in bands {
      #expect(band["class"] as? String == "rrc")
      let width = try #require(band["bandwidth"] as? Double)
      #expect(width > 0.03 && width < 0.25)
    }
    let model = try BuiltInModel.load()
    var silent = model
    silent.bandwidths = nil
    try ModelFile.write(silent, to: command("m.safetensors"))
    try command.expectFailure(
      ["classify", capture, "--bands", "-m", "m.safetensors"], status: 65, "m.safetensors",
      "key bandwidths", "--bands", "train")
    var fixed = model
    fixed.binWidth = 1000
    try ModelFile.write(fixed, to: command("f.safetensors"))
    try command.noise("raw.cu8", samples: 65_536)
    try command.expectFailure(
      ["classify", "raw.cu8", "-m", "f.safetensors"], status: 65, "raw.cu8", "8192000", "--rate")
  }

  @Test("a live stream that is interrupted ends with the summary of its windows")
  func interrupted() throws {
    let command = try Command()
    let program = try #require(Command.program)
    // The stream stays open after two windows; some seconds are a bound, not a measure.
    let result = try command.shell(
      """
      mkfifo pipe
      (cat '\(Self.capture)'; exec sleep 60) > pipe & feeder=$!
      '\(program)' classify - --format cu8 < pipe > out & reader=$!
      for try in $(seq 600); do [ "$(wc -l < out)" -ge 2 ] && break; sleep 0.1; done
      kill -TERM $reader; wait $reader; echo $?; kill -KILL $feeder
      cat out
      """)
    #expect(result.lines.first == "143")
    let records = try result.lines.dropFirst().map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    #expect(records.map { $0["type"] as? String } == ["window", "window", "summary"])
    #expect(records.last?["windows"] as? Int == 2)
  }

  @Test("one bad file among good ones is named, and the others are classified")
  func oneBad() throws {
    let command = try Command()
    try FileManager.default.createDirectory(
      atPath: command("captures"), withIntermediateDirectories: true)
    try command.noise("captures/a.cu8", samples: 65_536)
    try command.file("captures/b.cu8", [1, 2, 3])
    try command.noise("captures/c.cu8", samples: 65_536)
    let result = try command.run("classify", "captures", "--threads", "2")
    #expect(result.status == 1)
    #expect(
      result.errors == "psdpipe: captures/b.cu8: byte 2: 1 byte left, a cu8 sample has 2\n")
    let records = try result.records
    #expect(
      records.map { $0["type"] as? String }
        == ["window", "summary", "error", "window", "summary"])
    #expect(records[2]["source"] as? String == "captures/b.cu8")
    // White noise is what nothing stands out of.
    #expect(records[4]["class"] as? String == "noise")
  }

  @Test("a capture that cannot be read ends with the reason and its status")
  func unreadable() throws {
    let command = try Command()
    try command.file("empty.cu8", "")
    try command.file("cut.cu8", [1, 2, 3])
    try command.noise("name.xyz", samples: 10)
    try command.noise("short.cu8", samples: 20_000)
    try command.noise("tiny.cu8", samples: 100)
    try FileManager.default.createDirectory(
      atPath: command("folder"), withIntermediateDirectories: true)
    for name in ["classify", "psd"] {
      try command.expectFailure([name, "none.cu8"], status: 66, "none.cu8", "No such file")
      try command.expectFailure(
        [name, "none.cu8/x.cu8"], status: 66, "none.cu8/x.cu8", "No such file")
      try command.expectFailure([name, "empty.cu8"], status: 65, "empty.cu8", "empty")
      try command.expectFailure([name, "cut.cu8"], status: 65, "cut.cu8", "byte 2", "1 byte left")
      try command.expectFailure(
        [name, "name.xyz"], status: 65, "name.xyz", ".xyz", "--format cu8", "cf32_le")
      try command.expectFailure(
        [name, "-"], status: 65, "standard input", "--format", input: .path(command("tiny.cu8")))
      try command.expectFailure(
        [name, "tiny.cu8", "--skip-bytes", UsageTests.huge], status: 65, "tiny.cu8", "byte 200")
    }
    try command.expectFailure(["classify", "folder"], status: 66, "folder", "no captures", ".cu8")
    try command.expectFailure(
      ["classify", "short.cu8"], status: 65, "short.cu8", "20000", "65536", "--short")
    try command.expectFailure(
      ["classify", "tiny.cu8", "--short"], status: 65, "tiny.cu8", "100", "8192")
    try command.expectFailure(["psd", "tiny.cu8"], status: 65, "tiny.cu8", "100", "8192")
    #expect(try command.run("classify", "short.cu8", "--short").status == 0)
    let closed = try command.shell("psdpipe classify - --format cu8 <&-")
    #expect(
      closed.status == 74
        && closed.errors == "psdpipe: -: byte 0: cannot read: Bad file descriptor\n")
  }

  @Test("samples that are not finite are an error unless they are to be replaced")
  func nonfinite() throws {
    let command = try Command()
    var values = [Float](repeating: 0.25, count: 2 * 65_536)
    values[2 * 1000] = .nan
    values[2 * 2000 + 1] = .infinity
    try command.file("a.cf32", values.withUnsafeBytes { Array($0) })
    for name in ["classify", "psd"] {
      try command.expectFailure(
        [name, "a.cf32"], status: 65, "a.cf32", "sample 1000", "byte 8000", "--replace-nonfinite")
    }
    let result = try command.run("classify", "a.cf32", "--replace-nonfinite")
    #expect(result.status == 0, "\(result.errors)")
    #expect(try result.records.last?["replaced_samples"] as? Int == 2)
    let spectrum = try command.run("psd", "a.cf32", "--replace-nonfinite")
    #expect(spectrum.status == 0 && spectrum.errors.contains("2 samples replaced"))
    #expect(!spectrum.text.contains("nan"))
  }

  @Test("a model file that is none ends with 65 and says where it breaks")
  func models() throws {
    let command = try Command()
    try command.noise("a.cu8", samples: 65_536)
    try command.noise("random", samples: 500)
    try command.file("short", [1, 2, 3])
    try command.file("header", [255, 255, 255, 255, 255, 255, 255, 127] + Array("{}".utf8))
    let text = Array("{\"__metadata__\":{\"format\":\"pt\"}}".utf8)
    try command.file("other", [UInt8(text.count), 0, 0, 0, 0, 0, 0, 0] + text)
    try command.file("json", [5, 0, 0, 0, 0, 0, 0, 0] + Array("{\"a\":".utf8))
    for (name, part) in [
      ("random", "byte 0"), ("short", "3 bytes"), ("header", "byte 0"), ("other", "pt"),
      ("json", "line 1, column 6"),
    ] {
      for line in [["classify", "a.cu8", "-m", name], ["model", "inspect", name]] {
        try command.expectFailure(line, status: 65, "\(name): ", part)
      }
    }
    try command.expectFailure(["classify", "a.cu8", "-m", "none"], status: 66, "none", "No such")
    try command.expectFailure(["model", "inspect", "."], status: 74, ".", "directory")
  }

  @Test("a full disk is told, and a reader that has enough ends the program quietly")
  func closedOutput() throws {
    let command = try Command()
    for arguments in ["classify '\(Self.capture)'", "psd '\(Self.capture)'", "--help"] {
      let full = try command.shell("psdpipe \(arguments) >/dev/full")
      #expect(full.status == 74)
      #expect(full.errors == "psdpipe: standard output: No space left on device\n")
    }
    let head = try command.shell(
      "psdpipe psd '\(Self.capture)' | head -1; psdpipe classify '\(Self.capture)' | head -1")
    #expect(head.status == 0 && head.errors.isEmpty, "\(head.errors)")
    #expect(head.lines.count == 2)
    let closed = try command.shell("psdpipe classify '\(Self.capture)' >&-")
    #expect(closed.status == 74 && closed.errors.contains("standard output"), "\(closed.errors)")
  }
}
