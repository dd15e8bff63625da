import Foundation
import SignalPipeline
import SystemPackage
import Testing

@Suite struct SigMFWriterTests {
  private static func message(_ metadata: SigMFMetadata) -> String {
    do {
      _ = try SigMFWriter.text(of: metadata, path: "x")
      return "written"
    } catch {
      return "\(error)"
    }
  }

  private static let plain = SigMFMetadata(global: SigMFGlobal(format: .ci16, sampleRate: 1e6))

  @Test("a recording that is written is read back, and its digest holds")
  func recording() throws {
    let folder = try ScratchFolder()
    var metadata = Self.plain
    metadata.captures = [
      SigMFCapture(sampleStart: 2, frequency: 2.4e9),
      SigMFCapture(sampleStart: 0, frequency: 433.92e6, datetime: "2024-01-01T00:00:00Z"),
    ]
    metadata.annotations = [
      SigMFAnnotation(sampleStart: 3, sampleCount: 1, label: "late"),
      SigMFAnnotation(sampleStart: 1, sampleCount: 1, label: "early"),
    ]
    try SigMFWriter.write(
      metadata, samples: [UInt8](0..<16), to: FilePath(folder("a.b")))
    let recording = try #require(try SigMFRecording.locate(FilePath(folder("a.b.sigmf-meta"))))
    try recording.verify()
    #expect(recording.segments.map(\.centerFrequency) == [433.92e6, 2.4e9])
    #expect(recording.metadata.annotations.map(\.label) == ["early", "late"])
    #expect(recording.facts.format == .ci16)
    #expect(recording.facts.dataBytes == 16)
  }

  @Test("own fields declare their extension, once")
  func extensions() throws {
    var metadata = Self.plain
    metadata.captures[0].extra["psdpipe:x"] = .bool(true)
    for _ in 0..<2 {
      let text = try SigMFWriter.text(of: metadata, path: "x")
      metadata = try SigMFMetadata(json: text, path: "x")
      #expect(metadata.global.extensions == [.psdpipe])
    }
    #expect(SigMFExtension.psdpipe.isOptional)
  }

  @Test("what SigMF does not allow is not written")
  func refusals() {
    #expect(Self.message(Self.plain) == "written")
    var metadata = Self.plain
    metadata.global.extra["other:field"] = .null
    #expect(Self.message(metadata).hasPrefix("x: global.other:field: the field must be "))
    metadata = Self.plain
    metadata.captures[0].extra["plain"] = .null
    #expect(Self.message(metadata).hasPrefix("x: captures[0].plain: the field must be "))
    metadata = Self.plain
    metadata.annotations = [
      SigMFAnnotation(
        sampleStart: 0, sampleCount: 1, frequencies: .init(lower: 2, upper: 1), label: nil)
    ]
    #expect(
      Self.message(metadata)
        == "x: annotations[0].core:freq_upper_edge: is 1.0 Hz; the lower edge is 2.0 Hz")
    metadata.annotations[0].frequencies = .init(lower: .nan, upper: 1)
    #expect(Self.message(metadata).hasPrefix("x: annotations[0].core:freq_upper_edge: "))
    metadata = Self.plain
    metadata.captures[0].frequency = .infinity
    #expect(Self.message(metadata).hasPrefix("x: captures[0].core:frequency: a string where "))
    metadata = Self.plain
    metadata.captures[0].sampleStart = -1
    #expect(Self.message(metadata).hasPrefix("x: captures[0].core:sample_start: is -1"))
  }

  @Test("a band is at RF where the centre is known, and ends where the recorded band does")
  func bands() {
    typealias Band = SigMFAnnotation.Band
    #expect(
      Band(offset: 0.25, bandwidth: 0.125, sampleRate: 1000, centerFrequency: nil)
        == Band(lower: 187.5, upper: 312.5))
    #expect(
      Band(offset: 0.25, bandwidth: 0.125, sampleRate: 1000, centerFrequency: 1e6)
        == Band(lower: 1_000_187.5, upper: 1_000_312.5))
    #expect(
      Band(offset: 0.5, bandwidth: 0.5, sampleRate: 1000, centerFrequency: nil)
        == Band(lower: 250, upper: 500))
  }

  @Test("a generated example tells its class and what was drawn, at any rate or none")
  func synthetic() throws {
    var configuration = SynthesisConfiguration.default
    configuration.samples = 4096
    var generator = try SignalGenerator(configuration)
    for index in 0..<8 {
      let drawn = generator.example(index).conditions
      for rate in [nil, 48_000.0] {
        let metadata = try SyntheticRecording.metadata(
          of: drawn, samples: 4096, format: .cu8, sampleRate: rate)
        let text = try SigMFWriter.text(of: metadata, path: "x")
        let read = try SigMFMetadata(json: text, path: "x").annotations[0]
        #expect(read.label == drawn.signalClass.rawValue)
        #expect((read.frequencies == nil) == (rate == nil))
        #expect(read.extra["psdpipe:offset"] == .number(drawn.offset))
        #expect(read.extra["psdpipe:snr"] == .number(drawn.snr))
        let impairments = try #require(read.extra["psdpipe:impairments"])
        #expect(try impairments.decode(as: Impairments.self) == drawn.impairments)
      }
    }
  }
}
