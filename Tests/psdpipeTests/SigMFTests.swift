import Foundation
import SignalPipeline
import SystemPackage
import Testing

/// What the command writes as SigMF; Tests/Reference/validate_sigmf.sh asks sigmf_validate, too.
@Suite struct SigMFTests {
  private static func recording(_ path: String) throws -> SigMFRecording {
    try #require(try SigMFRecording.locate(FilePath(path)))
  }

  @Test("generate writes each capture as a recording that tells its class and its conditions")
  func generate() throws {
    let command = try Command()
    let result = try command.run(
      ["generate", "g", "--count", "3", "--captures", "ci16", "--sigmf", "--rate", "48k"]
        + Command.small)
    #expect(result.status == 0, "\(result.errors)")
    let names = try command.names(in: "g/captures")
    #expect(names.count == 6)
    for name in names where name.hasSuffix("-meta") {
      let recording = try Self.recording(command("g/captures/\(name)"))
      try recording.verify()
      #expect(recording.facts.sampleRate == 48_000)
      #expect(recording.segments.map(\.count) == [16_384])
      let annotation = try #require(recording.metadata.annotations.first)
      #expect(name.hasPrefix(annotation.label ?? "-"))
      let band = try #require(annotation.frequencies)
      #expect(-24_000 <= band.lower && band.lower < band.upper && band.upper <= 24_000)
    }
  }

  @Test("classify --annotate writes beside a capture and leaves it as it is")
  func annotate() throws {
    let command = try Command()
    let capture = Command.samples + "/adsb_1090MHz_2Msps.cu8"
    let bytes = try Data(contentsOf: URL(filePath: capture))
    try command.file("a.cu8", bytes)
    let arguments = ["classify", "a.cu8", "--rate", "2M", "--center", "1090M"]
    let plain = try command.run(arguments)
    let annotated = try command.run(arguments + ["--annotate"])
    #expect(annotated.status == 0, "\(annotated.errors)")
    #expect(annotated.text == plain.text)
    #expect(try command.names() == ["a.cu8", "a.sigmf-meta"])
    #expect(try command.data("a.cu8") == bytes)
    let recording = try Self.recording(command("a.sigmf-meta"))
    #expect(recording.facts.centerFrequency == 1_090_000_000)
    let kinds = try plain.records.dropLast().map { $0["class"] as? String }
    #expect(
      recording.metadata.annotations.map(\.label)
        == kinds.filter { $0 != "noise" })
  }

  @Test("a file that stands where annotations would go stays, and is told before the work")
  func standing() throws {
    let command = try Command()
    try command.noise("a.cu8", samples: 70_000)
    try command.file("a.sigmf-meta", "{}")
    let first = try command.run("classify", "a.cu8", "--annotate")
    #expect(first.status == 65)
    #expect(first.errors.contains("a.sigmf-meta"), "\(first.errors)")
    #expect(try command.data("a.sigmf-meta") == Data("{}".utf8))
    try command.noise("b.cu8", samples: 70_000)
    #expect(try command.run("classify", "b.cu8", "--annotate").status == 0)
    let written = try command.data("b.sigmf-meta")
    for inputs in [["b.cu8"], ["b.sigmf-meta"], ["none.cu8", "b.cu8"]] {
      try command.expectFailure(
        ["classify", "--annotate"] + inputs, status: 74, "b.sigmf-meta",
        "holds the annotations of an earlier run; move or remove it")
    }
    #expect(try command.data("b.sigmf-meta") == written)
  }

  /// Metadata as text; the captures and the global fields beside the required ones are JSON.
  private static func metadata(_ captures: String, _ global: String = "") -> String {
    """
    {"global":{"core:datatype":"cu8","core:version":"1.2.0"\(global)},"captures":[\(captures)],
    "annotations":[]}
    """
  }

  /// A recording of two centres, the second after a gap of time, in the folder.
  private static func hopping(in command: Command) throws {
    try command.noise("hop.sigmf-data", samples: 140_000)
    try command.file(
      "hop.sigmf-meta",
      metadata(
        """
        {"core:sample_start":0,"core:frequency":100e6,"core:datetime":"2024-01-01T00:00:00+00:00"},
        {"core:sample_start":70000,"core:frequency":101e6,"core:datetime":"2024-01-01T00:00:09Z"}
        """, #","core:sample_rate":1e6"#))
  }

  @Test("windows lie within segments and tell their centre and time; inspect lists the segments")
  func segments() throws {
    let command = try Command()
    try Self.hopping(in: command)
    let told = try command.run("inspect", "hop.sigmf-meta").records[0]
    #expect(told["center_hz"] == nil)
    let segments = try #require(told["segments"] as? [[String: Any]])
    #expect(segments.map { $0["start_sample"] as? Int } == [0, 70_000])
    #expect(segments.map { $0["center_hz"] as? Double } == [100e6, 101e6])
    #expect(segments.map { $0["continues"] as? Bool } == [false, false])
    #expect(
      told["deviations"] as? [String] == [
        "captures[0].core:datetime: is '2024-01-01T00:00:00+00:00'; taken as 2024-01-01T00:00:00Z"
      ])
    let table = try command.run("inspect", "hop.sigmf-meta", "--as", "table")
    #expect(table.lines.contains("  center      by segment"))
    #expect(
      table.lines.suffix(2) == [
        "  segment 0   0, 70000 samples, 100 MHz, 2024-01-01T00:00:00Z",
        "  segment 1   70000, 70000 samples, 101 MHz, 2024-01-01T00:00:09Z, after a gap",
      ])
    let records = try command.run("classify", "hop.sigmf-meta").records
    #expect(records.map { $0["start_sample"] as? Int } == [0, 70_000, nil])
    #expect(records.map { $0["center_hz"] as? Double } == [100e6, 101e6, nil])
    #expect(
      records.map { $0["start_time"] as? String }
        == ["2024-01-01T00:00:00Z", "2024-01-01T00:00:09Z", nil])
    #expect(records[2]["skipped_samples"] as? Int == 2 * (70_000 - 65_536))
    let given = try command.run("classify", "hop.sigmf-meta", "--center", "7M").records
    #expect(given.map { $0["center_hz"] as? Double } == [7e6, 7e6, 7e6])
  }

  @Test("psd names segments that have no spectrum in common, and takes one of them")
  func spectrum() throws {
    let command = try Command()
    try Self.hopping(in: command)
    try command.expectFailure(
      ["psd", "hop.sigmf-meta"], status: 65, "hop.sigmf-meta", "0 at 100.000 MHz",
      "1 at 101.000 MHz", "--segment")
    try command.expectFailure(
      ["psd", "hop.sigmf-meta", "--segment", "2"], status: 65, "no segment 2", "0 to 1")
    let chosen = try command.run("psd", "hop.sigmf-meta", "--segment", "1", "--bins", "64")
    #expect(chosen.status == 0, "\(chosen.errors)")
    #expect(chosen.lines[1].hasPrefix("100500000.0,"))
    let bytes = try command.data("hop.sigmf-data")
    try command.file("part.cu8", bytes[140_000...])
    let part = try command.run(
      "psd", "part.cu8", "--rate", "1M", "--center", "101M", "--bins", "64")
    #expect(chosen.text == part.text)
  }

  private static let goldens =
    #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(2)
    .joined(separator: "/") + "/SignalPipelineTests/Goldens/SigMF"

  /// Copies golden files into the folder.
  private static func copy(_ names: String..., to command: Command) throws {
    for name in names {
      try command.file(name, Data(contentsOf: URL(filePath: "\(goldens)/\(name)")))
    }
  }

  @Test("an archive and a collection stand for their recordings, each under its own path")
  func several() throws {
    let command = try Command()
    try Self.copy(
      "several.sigmf", "both.sigmf-collection", "tuned.sigmf-meta", "tuned.sigmf-data",
      "part.sigmf-meta", to: command)
    let told = try command.run("inspect", "several.sigmf", "both.sigmf-collection")
    #expect(told.status == 1)
    #expect(
      try told.records.map { $0["source"] as? String } == [
        "several.sigmf/b", "several.sigmf/foreign", "several.sigmf/a", "tuned.sigmf-meta",
        "part.sigmf-meta",
      ])
    #expect(
      try told.records.map { $0["samples"] as? Int } == [200, 700, 300, 300, nil])
    #expect(
      told.errors
        == "psdpipe: part.sigmf-meta: the samples are missing: there is no part.sigmf-data\n")
    let small = try command.run("classify", "several.sigmf", "--window", "100")
    #expect(small.status == 64)
    let classified = try command.run("classify", "several.sigmf")
    #expect(classified.status == 1)
    #expect(
      try classified.records.map { $0["source"] as? String } == [
        "several.sigmf/b", "several.sigmf/foreign", "several.sigmf/a",
      ])
    for name in ["several.sigmf", "both.sigmf-collection"] {
      try command.expectFailure(["psd", name], status: 65, name, "recordings; name one: ")
    }
    #expect(
      try command.run("psd", "several.sigmf/foreign", "--segment", "0", "--bins", "64").status == 0)
  }

  @Test("--verify holds samples against their digest, wherever they lie")
  func verify() throws {
    let command = try Command()
    try Self.copy(
      "part.sigmf-meta", "part.sigmf-data", "foreign.sigmf-meta", "foreign.dat", "several.sigmf",
      to: command)
    for path in [
      "part.sigmf-meta", "part.sigmf-data", "foreign.dat", "several.sigmf", "several.sigmf/a",
    ] {
      #expect(try command.run("inspect", path, "--verify").status == 0, "\(path)")
    }
    #expect(
      try command.run(
        "psd", "part.sigmf-data", "--verify", "--center", "0", "--bins", "64"
      ).status == 0)
    func change(_ name: String, at index: Int) throws {
      var bytes = try command.data(name)
      bytes[index] ^= 1
      try command.file(name, bytes)
    }
    try change("part.sigmf-data", at: 7)
    try change("foreign.dat", at: 1)  // in a header, which the digest covers
    let digest = try #require(
      try SigMFRecording.locate(FilePath(command("part.sigmf-meta")))?.metadata.global.sha512)
    var changed = SHA512()
    changed.update([UInt8](try command.data("part.sigmf-data")))
    for name in ["classify", "inspect", "psd"] {
      let result = try command.run(name, "part.sigmf-meta", "--verify")
      #expect(result.status == 65)
      #expect(
        result.errors
          == "psdpipe: part.sigmf-meta: global.core:sha512: is \(digest.prefix(16))…, but "
          + "part.sigmf-data has \(changed.hexDigest().prefix(16))…\n")
      try command.expectFailure(
        [name, "foreign.dat", "--verify"], status: 65, "foreign.sigmf-meta: global.core:sha512")
    }
    // An archive's other recordings are none the worse for one that is changed.
    let archive = try #require(
      try SigMFRecording.locate(FilePath(command("several.sigmf/b"))))
    try change("several.sigmf", at: archive.facts.dataOffset)
    let several = try command.run("inspect", "several.sigmf", "--verify")
    #expect(several.status == 1)
    #expect(try several.records.map { $0["type"] as? String } == ["error", "capture", "capture"])
    #expect(
      several.errors.contains("several.sigmf/b/b.sigmf-meta: global.core:sha512: is "),
      "\(several.errors)")

    try command.file("bare.sigmf-meta", Self.metadata(""))
    try command.noise("bare.sigmf-data", samples: 10)
    try command.expectFailure(
      ["inspect", "bare.sigmf-meta", "--verify"], status: 65, "global.core:sha512",
      "this field is missing")
    try command.expectFailure(
      ["inspect", "-", "--verify"], status: 65, "save it to a file",
      input: .path(command("several.sigmf")))
  }

  @Test("--verify holds a collection's recordings against the digests of their metadata")
  func verifyCollection() throws {
    let command = try Command()
    try Self.copy(
      "both.sigmf-collection", "tuned.sigmf-meta", "tuned.sigmf-data", "part.sigmf-meta",
      "part.sigmf-data", to: command)
    let line = ["inspect", "both.sigmf-collection"]
    #expect(try command.run(line + ["--verify"]).status == 0)
    try command.file(
      "part.sigmf-meta", try command.data("part.sigmf-meta") + Data(" ".utf8))
    #expect(try command.run(line).status == 0)
    try command.expectFailure(
      line + ["--verify"], status: 65, "both.sigmf-collection: collection.core:streams[1].hash: is",
      "part.sigmf-meta has")
    try FileManager.default.removeItem(atPath: command("tuned.sigmf-meta"))
    try command.expectFailure(line + ["--verify"], status: 66, "tuned.sigmf-meta", "No such file")
  }
}
