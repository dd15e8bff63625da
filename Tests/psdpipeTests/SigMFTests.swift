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

  @Test("a file that stands where annotations would go stays, and is told")
  func standing() throws {
    let command = try Command()
    try command.noise("a.cu8", samples: 70_000)
    try command.file("a.sigmf-meta", "{}")
    let first = try command.run("classify", "a.cu8", "--annotate")
    #expect(first.status != 0)
    #expect(first.errors.contains("a.sigmf-meta"), "\(first.errors)")
    #expect(try command.data("a.sigmf-meta") == Data("{}".utf8))
  }
}
