import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// `inspect` on what tells much, little and nothing.
@Suite struct InspectTests {
  private static let goldens =
    #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(2)
    .joined(separator: "/") + "/SignalPipelineTests/Goldens/Capture"

  @Test("each fact is told with what it comes from")
  func origins() throws {
    let command = try Command()
    try command.noise("g001_433.92M_250k.cu8", samples: 1000)
    let told = try command.run("inspect", "g001_433.92M_250k.cu8", "--rate", "1M").records
    #expect(told.count == 1)
    #expect(told[0]["type"] as? String == "capture")
    #expect(told[0]["container"] as? String == "raw")
    #expect(told[0]["format"] as? String == "cu8")
    #expect(told[0]["sample_rate_hz"] as? Double == 1e6)
    #expect(told[0]["center_hz"] as? Double == 433_920_000)
    #expect(told[0]["samples"] as? Int == 1000)
    #expect(told[0]["duration_s"] as? Double == 0.001)
    #expect(
      told[0]["origins"] as? [String: String]
        == ["format": "name", "sample_rate_hz": "option", "center_hz": "name"])
  }

  @Test("a header is told from a file and from a pipe")
  func header() throws {
    let command = try Command()
    let path = Self.goldens + "/auxi.wav"
    for result in [
      try command.run("inspect", path), try command.run("inspect", "-", input: .path(path)),
      try command.shell("cat '\(path)' | psdpipe inspect -"),
    ] {
      #expect(result.status == 0, "\(result.errors)")
      let record = try #require(try result.records.first)
      #expect(record["container"] as? String == "wav")
      #expect(record["start_time"] as? String == "2020-12-31T12:00:30.570Z")
      #expect(record["center_hz"] as? Int == 433_920_000)
      #expect(record["skipped_bytes"] as? Int == 216)
    }
  }

  @Test("what is done to the samples is told, and a real capture's rate and centre are its own")
  func processing() throws {
    let command = try Command()
    let told = try command.run(
      "inspect", Self.goldens + "/scipy-ri16_le.wav", "--center", "1M", "--iq-swap", "--remove-dc",
      "--gain", "-6", "--conjugate"
    ).records
    #expect(
      told[0]["processing"] as? [String]
        == ["remove-dc", "gain=-6dB", "real-to-complex", "iq-swap", "conjugate"])
    #expect(told[0]["sample_rate_hz"] as? Int == 24_000)
    #expect(told[0]["center_hz"] as? Int == 1_012_000)
    #expect(told[0]["center_shift_hz"] as? Int == 12_000)
    #expect(told[0]["center_shift"] as? Double == 0.5)
    try command.file("a.s16", [1, 2, 3, 4])
    let unknown = try command.run("inspect", "a.s16", "--center", "1M").records[0]
    #expect(unknown["center_shift"] as? Double == 0.5)
    #expect(unknown["center_shift_hz"] == nil && unknown["center_hz"] == nil)
    #expect(unknown["origins"] as? [String: String] == ["format": "name"])
    let table = try command.run("inspect", "a.s16", "--as", "table")
    #expect(table.lines.last == "  shift       0.5 cycles/sample")
    try command.expectFailure(
      ["inspect", Self.goldens + "/scipy-ri16_le.wav", "--real", "refuse", "--as", "table"],
      status: 65, "ri16_le", "--real convert")
    try command.expectFailure(["inspect", "a.cu8", "--gain", "900"], status: 64, "--gain is 900")
  }

  @Test("samples that are not those of their metadata's digest are told on request")
  func verify() throws {
    let command = try Command()
    let golden = Self.goldens + "/../SigMF/part"
    for end in ["sigmf-meta", "sigmf-data"] {
      try command.file("part.\(end)", Data(contentsOf: URL(filePath: "\(golden).\(end)")))
    }
    #expect(try command.run("inspect", "part.sigmf-meta", "--verify").status == 0)
    var samples = try command.data("part.sigmf-data")
    samples[7] ^= 1
    try command.file("part.sigmf-data", samples)
    #expect(try command.run("inspect", "part.sigmf-meta").status == 0)
    try command.expectFailure(
      ["inspect", "part.sigmf-data", "--verify"], status: 65, "global.core:sha512")
    try command.noise("a.cu8", samples: 4)
    try command.expectFailure(["inspect", "a.cu8", "--verify"], status: 65, "no SigMF metadata")
  }

  @Test("a table has a block of lines for each capture")
  func table() throws {
    let result = try Command().run("inspect", Self.goldens + "/auxi.wav", "--as", "table")
    #expect(
      result.lines.dropFirst() == [
        "  container   wav", "  format      ci16_le                     header",
        "  rate        48 ksps                     header",
        "  center      433.92 MHz                  header",
        "  start       2020-12-31T12:00:30.570Z    header", "  samples     7",
        "  duration    0.000146 s", "  skipped     216 bytes",
      ])
  }

  @Test("what cannot be opened is named, and the others are told")
  func bad() throws {
    let command = try Command()
    try command.noise("a.cu8", samples: 10)
    try command.file("b.cu8.zst", [0x28, 0xB5, 0x2F, 0xFD])
    let result = try command.run("inspect", "a.cu8", "b.cu8.zst", "a.cu8")
    #expect(result.status == 1)
    #expect(try result.records.map { $0["type"] as? String } == ["capture", "error", "capture"])
    #expect(result.errors.hasPrefix("psdpipe: b.cu8.zst: this is zstd, which is not read"))
    #expect(try command.run("inspect", "b.cu8.zst").status == 65)
    #expect(try command.run("inspect", "c.cu8").status == 66)
    #expect(try command.run("inspect", "-", "-").status == 64)
  }

  @Test(
    "a header on standard input is refused where it contradicts --format, or is of another kind",
    arguments: [
      ("Capture/scipy-ci16_le.wav", "cu8", "its header says ci16_le, but cu8 was asked for"),
      ("Capture/c8.npy", "cu8", "its header says cf32_le, but cu8 was asked for"),
      ("SigMF/ustar.sigmf", "cu8", "its header says cf32_le, but cu8 was asked for"),
      ("Capture/refused-avi.wav", "cu8", "a RIFF file of kind 'AVI ', not WAVE"),
    ])
  func override(name: String, format: String, reason: String) throws {
    let command = try Command()
    let path = Self.goldens + "/../" + name
    for subcommand in ["inspect", "classify", "psd"] {
      let file = try command.run(subcommand, path, "--format", format)
      let piped = try command.run(subcommand, "-", "--format", format, input: .path(path))
      for result in [file, piped] {
        #expect(result.status == 65)
        #expect(result.errors.contains(reason), "\(result.errors)")
      }
    }
  }

  @Test(
    "names with blanks, quotes, line feeds and other scripts are names like any other",
    arguments: ["a b.cu8", " .cu8", "-x.cu8", "new\nline.cu8", "\"it's\".cu8", "é日本.cu8"])
  func names(_ name: String) throws {
    let command = try Command()
    try command.noise(name, samples: 10_000)
    let record = try #require(try command.run("inspect", "./\(name)").records.first)
    #expect(record["source"] as? String == "./\(name)" && record["format"] as? String == "cu8")
    let listed = try command.run("classify", ".", "--short")
    #expect(listed.status == 0, "\(listed.errors)")
    #expect(try listed.records.count == 2)
    #expect(try command.run("psd", "./\(name)", "--out", "a.svg").status == 0)
    #expect(XMLParser(data: try command.data("a.svg")).parse())
  }

  @Test("standard input without a format is answered with the command line that has one")
  func standardInput() throws {
    let command = try Command()
    let path = Command.samples + "/adsb_1090MHz_2Msps.cu8"
    try command.expectFailure(
      ["classify", "-"], status: 65, "for example: --format cu8 --rate 2.4M",
      input: .path(path))
  }

  @Test("a compressed capture is classified through the pipe that its refusal shows")
  func pipe() throws {
    let command = try Command()
    try command.noise("a.cu8", samples: 65_536)
    let plain = try command.run("classify", "a.cu8")
    let made = try command.shell("gzip -k a.cu8")
    #expect(made.status == 0)
    let refused = try command.run("classify", "a.cu8.gz")
    let shown = try #require(refused.errors.split(separator: "use a pipe: ").last)
    let line = shown.replacing(" --rate 2.4M", with: "").trimmingCharacters(in: .newlines)
    let piped = try command.shell(line)
    #expect(piped.status == 0, "\(line): \(piped.errors)")
    #expect(piped.text.replacing("\"source\":\"-\"", with: "\"source\":\"a.cu8\"") == plain.text)
  }
}
