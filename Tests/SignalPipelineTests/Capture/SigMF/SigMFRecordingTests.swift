import Foundation
import SignalPipeline
import SystemPackage
import Testing

@Suite struct SigMFRecordingTests {
  private static func locate(_ path: FilePath) throws -> SigMFRecording {
    try #require(try SigMFRecording.locate(path))
  }

  private static func error(_ path: String) -> String {
    do throws(FileError) {
      let found = try SigMFRecording.locate(FilePath(path))
      return found == nil ? "nil" : "a recording"
    } catch {
      return "\(error)".replacing(path, with: "PATH")
    }
  }

  private static let minimal =
    #"{"global":{"core:datatype":"cu8","core:version":"1.2.0"},"captures":[],"annotations":[]}"#

  @Test(
    "samples, digest and rate are those that sigmf-python reads",
    arguments: [
      "tuned.sigmf-meta", "tuned.sigmf-data", "part.sigmf-meta", "foreign.sigmf-meta",
      "foreign.dat",
    ])
  func samples(_ file: String) throws {
    let expected = try SigMFGoldens.expected(
      String(file.prefix { $0 != "." }), as: SigMFGoldens.Recording.self)
    let recording = try Self.locate(SigMFGoldens.path(file))
    #expect(recording.facts.format?.rawValue == expected.datatype)
    #expect(recording.facts.sampleRate == expected.rate)
    #expect(recording.metadata.global.sha512 == expected.sha512)
    try recording.verify()
    let samples = try SigMFGoldens.samples(of: recording)
    #expect(samples.count == expected.count)
    // sigmf-python scales unsigned bytes by 128 about 128, this library by 127.5 about 127.5.
    let tolerance: Float = expected.datatype == "cu8" ? 1 / 127.5 : 1e-6
    for (sample, pair) in [
      (samples[0], expected.first), (samples[samples.count - 1], expected.last),
    ] {
      #expect(abs(sample.i - pair[0]) <= tolerance)
      #expect(abs(sample.q - pair[1]) <= tolerance)
    }
  }

  @Test("each capture segment has its own centre and time")
  func segments() throws {
    let recording = try Self.locate(SigMFGoldens.path("tuned.sigmf-meta"))
    #expect(
      recording.segments == [
        CaptureSegment(
          start: 0, count: 100, dataOffset: 0, centerFrequency: 433_920_000,
          startTime: "2024-02-29T23:59:60.25Z"),
        CaptureSegment(start: 100, count: 150, dataOffset: 800, centerFrequency: 434.5e6),
        // Its core:global_index, left out, falls behind the one before.
        CaptureSegment(start: 250, count: 50, dataOffset: 2000, continues: false),
      ])
    #expect(recording.facts.centerFrequency == nil)
    #expect(recording.facts.startTime == "2024-02-29T23:59:60.25Z")
    #expect(recording.facts.dataOffset == 0)
    #expect(recording.facts.dataBytes == 2400)
  }

  @Test("indices count from core:offset")
  func offset() throws {
    let recording = try Self.locate(SigMFGoldens.path("part.sigmf-meta"))
    #expect(recording.metadata.global.offset == 1000)
    #expect(recording.segments.map(\.start) == [0, 150])
    #expect(recording.segments.map(\.dataOffset) == [0, 600])
  }

  @Test("headers between chunks and a trailer are no samples")
  func foreign() throws {
    let expected = try SigMFGoldens.expected("foreign", as: SigMFGoldens.Recording.self)
    let recording = try Self.locate(SigMFGoldens.path("foreign.sigmf-meta"))
    #expect(recording.dataPath.lastComponent?.string == "foreign.dat")
    #expect(
      recording.segments.map { [$0.dataOffset, $0.dataOffset + 2 * ($0.count ?? 0)] }
        == expected.boundaries)
    #expect(recording.segments.map(\.centerFrequency) == [100e6, 101e6])
    #expect(recording.facts.dataOffset == 4)
    #expect(recording.facts.dataBytes == 1406)
  }

  @Test("the recordings of a collection come in its order")
  func collection() throws {
    let path = try SigMFGoldens.path("both.sigmf-collection")
    let paths = try SigMFRecording.paths(of: path)
    #expect(paths.map { $0.lastComponent?.string } == ["tuned.sigmf-meta", "part.sigmf-meta"])
    #expect(Self.error(path.string).contains("a collection of 2 recordings; name one: "))
    let collection = try SigMFCollection(
      json: InputFile.read(path.string, limit: 1 << 20), path: path.string)
    for (index, metadata) in paths.enumerated() {
      let text = try InputFile.read(metadata.string, limit: 1 << 20)
      try collection.verify(index, metadata: text)
      #expect(throws: FileError.self) { try collection.verify(index, metadata: text + [0x20]) }
    }
  }

  @Test("a changed sample is found by its digest")
  func verify() throws {
    let folder = try ScratchFolder()
    try SigMFGoldens.copy("part", to: folder)
    var bytes = try folder.bytes("part.sigmf-data")
    bytes[17] ^= 1
    let data = try folder.file("part.sigmf-data", bytes)
    let recording = try Self.locate(FilePath(data))
    #expect {
      try recording.verify()
    } throws: {
      "\($0)".hasPrefix("\(folder("part.sigmf-meta")): global.core:sha512: is ")
    }
    let bare = try folder.file("bare.sigmf-meta", Self.minimal)
    _ = try folder.file("bare.sigmf-data", [1, 2, 3, 4])
    #expect(throws: FileError.self) { try Self.locate(FilePath(bare)).verify() }
  }

  @Test("a name that has nothing to do with SigMF is none, nor is one that only looks alike")
  func others() throws {
    let folder = try ScratchFolder()
    let raw = try folder.file("tuned.cu8", [1, 2])
    try SigMFGoldens.copy("tuned", to: folder)
    #expect(Self.error("-") == "nil")
    #expect(Self.error(raw) == "nil")
    #expect(Self.error(folder("nothing.cf32")) == "nil")
    #expect(Self.error(folder("nothing.sigmf")) == "nil")
    #expect(try SigMFRecording.paths(of: FilePath(raw)) == [FilePath(raw)])
  }

  @Test("what is not there is told by name")
  func missing() throws {
    let folder = try ScratchFolder()
    let meta = try folder.file("a.sigmf-meta", Self.minimal)
    #expect(
      Self.error(meta) == "PATH: the samples are missing: there is no \(folder("a.sigmf-data"))")
    let data = try folder.file("b.sigmf-data", [1, 2])
    #expect(
      Self.error(data)
        == "PATH: its metadata is missing: there is no \(folder("b.sigmf-meta")); "
        + "--format and --rate read the samples without")
    let alone = try folder.file(
      "c.sigmf-meta", Self.minimal.replacing("1.2.0\"", with: "1.2.0\",\"core:metadata_only\":true")
    )
    #expect(
      Self.error(alone)
        == "PATH: global.core:metadata_only: is true: the metadata stands without samples")
    _ = try folder.file("c.sigmf-data", [1, 2])
    #expect(Self.error(alone) == "a recording")
    let foreign = try folder.file(
      "d.sigmf-meta", Self.minimal.replacing("1.2.0\"", with: "1.2.0\",\"core:dataset\":\"x.raw\""))
    #expect(
      Self.error(foreign)
        == "PATH: global.core:dataset: the samples are missing: there is no \(folder("x.raw"))")
  }

  @Test(
    "metadata that does not fit the dataset is told by its JSON path",
    arguments: [
      (#""core:num_channels":2"#, "", "global.core:num_channels: is 2; only recordings of one "),
      (
        #""core:trailing_bytes":9"#, "", "global.core:trailing_bytes: is 9; the dataset has 8 bytes"
      ),
      ("", #"{"core:sample_start":5}"#, "captures[0].core:sample_start: the samples would begin "),
      (
        "", #"{"core:sample_start":0},{"core:sample_start":9223372036854775807}"#,
        "captures[1].core:sample_start: the samples would begin after the dataset's byte 8"
      ),
      (
        "", #"{"core:sample_start":2,"core:header_bytes":9223372036854775807}"#,
        "captures[0].core:header_bytes: the samples would begin after "
      ),
      (
        "", #"{"core:sample_start":0,"core:header_bytes":9},{"core:sample_start":1}"#,
        "captures[0].core:header_bytes: the samples would begin after "
      ),
    ])
  func misfits(_ global: String, _ captures: String, _ expected: String) throws {
    let folder = try ScratchFolder()
    _ = try folder.file("a.sigmf-data", [UInt8](repeating: 128, count: 8))
    let text = Self.minimal.replacing(
      #""1.2.0""#, with: global.isEmpty ? #""1.2.0""# : #""1.2.0","# + global
    ).replacing("[],\"ann", with: "[\(captures)],\"ann")
    let path = try folder.file("a.sigmf-meta", text)
    let error = Self.error(path)
    #expect(error.hasPrefix("PATH: " + expected), "\(error)")
  }

  @Test("a segment that begins before the dataset holds from its first sample on")
  func early() throws {
    let folder = try ScratchFolder()
    _ = try folder.file("a.sigmf-data", [UInt8](repeating: 128, count: 20))
    let captures = """
      {"core:sample_start":0,"core:frequency":1,"core:datetime":"2024-01-01T00:00:00Z"},
      {"core:sample_start":90,"core:frequency":2,"core:datetime":"2024-01-01T00:00:01Z"},
      {"core:sample_start":104,"core:frequency":3,"core:datetime":"2024-01-01T00:00:02Z"}
      """
    let path = try folder.file(
      "a.sigmf-meta",
      Self.minimal.replacing(#""1.2.0""#, with: #""1.2.0","core:offset":100"#)
        .replacing("[],\"ann", with: "[\(captures)],\"ann"))
    #expect(
      try Self.locate(FilePath(path)).segments == [
        CaptureSegment(start: 0, count: 4, dataOffset: 0, centerFrequency: 2),
        CaptureSegment(
          start: 4, count: 6, dataOffset: 8, centerFrequency: 3, startTime: "2024-01-01T00:00:02Z",
          continues: true),
      ])
  }

  @Test(
    "a segment continues the one before by its index in the stream, or else by its time",
    arguments: [
      ("", "", true),
      (#","core:global_index":70"#, #","core:global_index":80"#, true),
      (#","core:global_index":70"#, #","core:global_index":81"#, false),
      ("", #","core:global_index":10"#, true), ("", #","core:global_index":900"#, false),
      (
        #","core:global_index":5,"core:datetime":"2024-01-01T00:00:00Z""#,
        #","core:global_index":15,"core:datetime":"2024-01-01T09:00:00Z""#, true
      ),
      // Ten samples take 10 ms; times are as exact as they are written.
      (
        #","core:datetime":"2024-01-01T00:00:00.000Z""#,
        #","core:datetime":"2024-01-01T00:00:00.010Z""#, true
      ),
      (
        #","core:datetime":"2024-01-01T00:00:00.000Z""#,
        #","core:datetime":"2024-01-01T00:00:00.013Z""#, false
      ),
      (
        #","core:datetime":"2024-01-01T00:00:00.000Z""#,
        #","core:datetime":"2023-12-31T23:59:59.900Z""#, false
      ),
      (
        #","core:datetime":"2023-12-31T23:59:59.995Z""#,
        #","core:datetime":"2024-01-01T00:00:00.005Z""#, true
      ),
      (
        #","core:datetime":"2024-01-01T00:00:00Z""#, #","core:datetime":"2024-01-01T00:00:01Z""#,
        true
      ),
      (
        #","core:datetime":"2024-01-01T00:00:00Z""#, #","core:datetime":"2024-01-01T00:00:02Z""#,
        false
      ),
      (#","core:datetime":"2024-01-01T00:00:00Z""#, "", true),
    ])
  func continuity(_ first: String, _ next: String, _ continues: Bool) throws {
    let folder = try ScratchFolder()
    _ = try folder.file("a.sigmf-data", [UInt8](repeating: 128, count: 40))
    let path = try folder.file(
      "a.sigmf-meta",
      Self.minimal.replacing(#""1.2.0""#, with: #""1.2.0","core:sample_rate":1000"#)
        .replacing(
          "[],\"ann",
          with: #"[{"core:sample_start":0\#(first)},{"core:sample_start":10\#(next)}],"#
            + "\"ann"))
    #expect(
      try Self.locate(FilePath(path)).segments.map(\.continues) == [false, continues])
  }

  @Test("samples before the first capture segment are a segment that tells nothing")
  func late() throws {
    let folder = try ScratchFolder()
    _ = try folder.file("a.sigmf-data", [UInt8](repeating: 128, count: 21))
    let path = try folder.file(
      "a.sigmf-meta",
      Self.minimal.replacing(
        "[],\"ann",
        with: #"[{"core:sample_start":3,"core:frequency":5},{"core:sample_start":10}],"#
          + "\"ann"))
    let recording = try Self.locate(FilePath(path))
    #expect(recording.segments.map(\.start) == [0, 3])
    #expect(recording.segments.map(\.centerFrequency) == [nil, 5])
    // The byte that is no whole sample stays, for the reader to tell.
    #expect(recording.facts.dataBytes == 21)
  }
}
