import Foundation
import SignalPipeline
import Synchronization
import SystemPackage
import Testing

@Suite struct SigMFAnnotationWriterTests {
  typealias Scene = ClassificationScene

  /// Classifies files and annotates them; what was written, and what could not be.
  private static func annotate(
    _ paths: [FilePath], _ capture: CaptureConfiguration = .default
  ) throws -> (written: [FilePath], failures: [String]) {
    let model = try Scene.model()
    let writer = try Mutex(
      SigMFAnnotationWriter(classes: model.classes, inputs: paths, opening: capture))
    let result = Mutex((written: [FilePath](), failures: [String]()))
    try BatchClassifier(model).classify(paths, opening: capture, workers: 1) { event in
      do throws(FileError) {
        let path = try writer.withLock { writer throws(FileError) in try writer.add(event) }
        if let path { result.withLock { $0.written.append(path) } }
      } catch {
        let message = "\(error)"
        result.withLock { $0.failures.append(message) }
      }
    }
    return result.withLock { $0 }
  }

  private static func bytes(windows: Int, tone: Double? = 0.2) -> [UInt8] {
    CaptureFixture.bytes(Scene.samples(windows * Scene.window, tone: tone, seed: 4))
  }

  @Test("a raw capture gets metadata that describes it, with one annotation a window")
  func raw() throws {
    let fixture = try CaptureFixture()
    let header: [UInt8] = [1, 2, 3, 4]
    let path = try fixture.write(header + Self.bytes(windows: 3), to: "a.cf32")
    let before = try InputFile.read(path.string, limit: 1 << 20)
    let (written, failures) = try Self.annotate(
      [path],
      CaptureConfiguration(sampleRate: 1e6, centerFrequency: 433.92e6, skipBytes: header.count))
    #expect(failures.isEmpty)
    #expect(written == [fixture.folder.appending("a.sigmf-meta")])
    #expect(try InputFile.read(path.string, limit: 1 << 20) == before)
    for name in ["a.cf32", "a.sigmf-meta"] {
      let recording = try #require(try SigMFRecording.locate(fixture.folder.appending(name)))
      #expect(recording.dataPath == path)
      #expect(recording.facts.dataOffset == header.count)
      #expect(recording.facts.sampleRate == 1e6)
      #expect(recording.facts.centerFrequency == 433.92e6)
      let annotations = recording.metadata.annotations
      #expect(annotations.map(\.sampleStart) == [0, 4096, 8192])
      for annotation in annotations {
        #expect(annotation.sampleCount == Scene.window)
        #expect(["narrow", "wide", "other"].contains(annotation.label))
        guard case .object(let classes) = annotation.extra["psdpipe:class_probabilities"] else {
          Issue.record("no probabilities")
          continue
        }
        #expect(Set(classes.keys) == ["narrow", "wide", "other"])
      }
    }
    // A second run is told before anything is read, even where no window had a signal.
    #expect(
      try Self.refusal([path])
        == "\(fixture.folder.appending("a.sigmf-meta")): holds the annotations of an earlier run; "
        + "move or remove it")
  }

  /// The error of what stands in the way of annotations.
  private static func refusal(
    _ paths: [FilePath], _ opening: CaptureConfiguration = .default
  ) throws -> String? {
    do {
      _ = try SigMFAnnotationWriter(classes: ["a"], inputs: paths, opening: opening)
      return nil
    } catch {
      return "\(error)"
    }
  }

  @Test("what stands in the way is told before, and leaves no trace")
  func refusals() throws {
    let fixture = try CaptureFixture()
    func path(_ name: String) -> FilePath { fixture.folder.appending(name) }
    let raw = try fixture.write([1, 2], to: "a.cu8")
    #expect(
      try Self.refusal([raw, raw])
        == "\(raw): is given twice; it is annotated once")
    #expect(mkfifo(path("pipe.cu8").string, 0o600) == 0)
    #expect(
      try Self.refusal([path("pipe.cu8")])
        == "\(path("pipe.cu8")): annotations stand beside a file, and this is none")
    let wide = try fixture.write(
      [UInt8](Data(contentsOf: URL(filePath: ScratchFolder.golden("Capture/sox-ci24_le.wav")))),
      to: "wide.wav")
    #expect(
      try Self.refusal([wide])
        == "\(wide): SigMF has no name for ci24_le samples: they can't be annotated")
    #expect(throws: ConfigurationError.self) {
      try SigMFAnnotationWriter(
        classes: [], inputs: [raw], opening: CaptureConfiguration(segment: 0))
    }
    // What can't be opened is told when it is opened, as without annotations.
    #expect(try Self.refusal([path("none.cu8"), path("none/none.cu8")]) == nil)

    let metadata = SigMFMetadata(global: SigMFGlobal(format: .cu8))
    try SigMFWriter.write(metadata, samples: [1, 2], to: path("r"))
    #expect(
      try Self.refusal([path("r.sigmf-meta"), path("r.sigmf-data")])
        == "\(path("r.sigmf-data")): is the same capture as \(path("r.sigmf-meta")); "
        + "its annotations go to one file, \(path("r.psdpipe.sigmf-meta"))")
    try fixture.write([], to: "r.psdpipe.sigmf-meta")
    #expect(
      try Self.refusal([raw, path("r.sigmf-data")])
        == "\(path("r.psdpipe.sigmf-meta")): stands there already; move or remove it")
    var foreign = metadata
    foreign.global.dataset = "a.cu8"
    try SigMFWriter.write(foreign, to: path("a.sigmf-meta"))
    #expect(
      try Self.refusal([raw], CaptureConfiguration(skipBytes: 1))
        == "\(raw): \(path("a.sigmf-meta")) describes it; leave --skip-bytes out")
    #expect(try Self.refusal([raw]) == nil)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: fixture.folder.string).sorted() == [
        "a.cu8", "a.sigmf-meta", "pipe.cu8", "r.psdpipe.sigmf-meta", "r.sigmf-data",
        "r.sigmf-meta", "wide.wav",
      ])
  }

  @Test("a file that comes to stand in the way meanwhile is left alone")
  func race() throws {
    let fixture = try CaptureFixture()
    let path = try fixture.write(Self.bytes(windows: 1), to: "a.cf32")
    let model = try Scene.model()
    let writer = try Mutex(
      SigMFAnnotationWriter(classes: model.classes, inputs: [path], opening: .default))
    let other = fixture.folder.appending("a.sigmf-meta")
    let error = #expect(throws: FileError.self) {
      try BatchClassifier(model).classify([path], opening: .default, workers: 1) { event in
        if case .window = event { try OutputFile.write([7], to: other.string) }
        _ = try writer.withLock { try $0.add(event) }
      }
    }
    #expect(error?.reason == "stands there already; move or remove it")
    #expect(
      try InputFile.read(other.string, limit: 9) == [7])
  }

  /// Real samples: noise and a tone, in ri16.
  private static func real(_ count: Int) -> [UInt8] {
    Scene.samples(count, tone: 0.1, seed: 6).flatMap { sample in
      withUnsafeBytes(of: Int16(8000 * sample.i).littleEndian) { Array($0) }
    }
  }

  @Test("annotations of real samples count stored ones, and end where these do")
  func realSamples() throws {
    let fixture = try CaptureFixture()
    let raw = try fixture.write(Self.real(4 * Scene.window + 11), to: "a.s16")
    let written = try Self.annotate([raw], CaptureConfiguration(sampleRate: 48_000)).written
    let recording = try #require(try SigMFRecording.locate(raw))
    #expect(written == [recording.metadataPath])
    #expect(recording.metadata.global.datatype == "ri16_le")
    #expect(recording.metadata.global.sampleRate == 48_000)
    #expect(
      recording.metadata.annotations.map(\.sampleStart) == [0, 2 * Scene.window])
    #expect(recording.metadata.annotations.allSatisfy { $0.sampleCount == 2 * Scene.window })

    // Of an odd number of samples the last complex one stands for one alone.
    let odd = try fixture.write(Self.real(2 * Scene.window - 1), to: "odd.s16")
    _ = try Self.annotate([odd])
    let annotation = try #require(try SigMFRecording.locate(odd)?.metadata.annotations.first)
    #expect(annotation.sampleStart == 0)
    #expect(annotation.sampleCount == 2 * Scene.window - 1)

    // A recording's indices count from its offset.
    var metadata = SigMFMetadata(
      global: SigMFGlobal(format: try #require(SampleFormat(rawValue: "ri16_le"))),
      captures: [SigMFCapture(sampleStart: 1001)])
    metadata.global.offset = 1001
    try SigMFWriter.write(
      metadata, samples: Self.real(2 * Scene.window - 1), to: fixture.folder.appending("r"))
    let copy = try #require(
      try Self.annotate([fixture.folder.appending("r.sigmf-meta")]).written.first)
    let read = try SigMFMetadata(
      json: InputFile.read(copy.string, limit: 1 << 20), path: copy.string)
    #expect(read.annotations.map(\.sampleStart) == [1001])
    #expect(read.annotations.map(\.sampleCount) == [2 * Scene.window - 1])
  }

  /// A WAV file of 16-bit samples with a chunk behind them.
  private static func wav(_ samples: [UInt8], channels: Int, rate: Int) -> [UInt8] {
    func number(_ value: Int, _ size: Int) -> [UInt8] {
      (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    let format =
      number(1, 2) + number(channels, 2) + number(rate, 4) + number(2 * channels * rate, 4)
      + number(2 * channels, 2) + number(16, 2)
    let chunks =
      Array("WAVEfmt ".utf8) + number(16, 4) + format + Array("data".utf8)
      + number(samples.count, 4) + samples + Array("LIST".utf8) + number(4, 4) + [1, 2, 3, 4]
    return Array("RIFF".utf8) + number(chunks.count, 4) + chunks
  }

  @Test("WAV and NumPy files get metadata that leads to the same samples without their headers")
  func containers() throws {
    let fixture = try CaptureFixture()
    let mono = try fixture.write(
      Self.wav(Self.real(2 * Scene.window), channels: 1, rate: 48_000), to: "mono.wav")
    let stereo = try fixture.write(
      Self.wav(Self.real(4 * Scene.window), channels: 2, rate: 250_000), to: "stereo.wav")
    let samples = Self.bytes(windows: 2)
    let header = "{'descr': '<c8', 'fortran_order': False, 'shape': (\(samples.count / 8),)}"
    let padded = header + String(repeating: " ", count: 117 - header.utf8.count) + "\n"
    let array = try fixture.write(
      [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(padded.utf8.count), 0] + Array(padded.utf8)
        + samples, to: "array.npy")
    for (path, datatype, offset, trailing, rate, spans) in [
      (mono, "ri16_le", 44, 12, 48_000, [[0, 2 * Scene.window]]),
      (
        stereo, "ci16_le", 44, 12, 250_000,
        [[0, Scene.window], [Scene.window, Scene.window]]
      ),
      (
        array, "cf32_le", 128, 0, nil,
        [[0, Scene.window], [Scene.window, Scene.window]]
      ),
    ] as [(FilePath, String, Int, Int, Double?, [[Int]])] {
      let plain = CaptureFixture.content(of: try CaptureOpening.open(path))
      let (written, failures) = try Self.annotate([path])
      #expect(failures.isEmpty)
      let recording = try #require(try SigMFRecording.locate(path))
      #expect(written == [recording.metadataPath])
      #expect(recording.dataPath == path)
      #expect(recording.metadata.global.datatype == datatype)
      #expect(recording.metadata.global.sampleRate == rate)
      #expect(recording.metadata.global.trailingBytes == trailing)
      #expect(recording.facts.dataOffset == offset)
      #expect(
        recording.metadata.annotations.map { [$0.sampleStart, $0.sampleCount ?? -1] } == spans)
      // The metadata makes it a SigMF recording, of the same samples.
      let reader = try CaptureOpening.open(path)
      #expect(reader.info.container == .sigmf)
      #expect(CaptureFixture.content(of: reader).samples == plain.samples)
    }
  }

  @Test("windows of segments and of chunks behind headers are annotated at their samples")
  func segments() throws {
    let fixture = try CaptureFixture()
    let bytes = Self.bytes(windows: 3)
    let cut = 8 * (Scene.window + 500)
    try fixture.write([1, 2] + bytes[..<cut] + [3, 4, 5] + bytes[cut...], to: "a.raw")
    var metadata = SigMFMetadata(
      global: SigMFGlobal(format: .cf32, sampleRate: 1e6),
      captures: [
        SigMFCapture(sampleStart: 70, frequency: 1e6),
        SigMFCapture(sampleStart: 70 + Scene.window + 500, frequency: 2e6),
      ])
    metadata.global.offset = 70
    metadata.global.dataset = "a.raw"
    metadata.captures[0].headerBytes = 2
    metadata.captures[1].headerBytes = 3
    try SigMFWriter.write(metadata, to: fixture.folder.appending("a.sigmf-meta"))
    let (written, failures) = try Self.annotate([fixture.folder.appending("a.raw")])
    #expect(failures.isEmpty)
    let copy = try SigMFMetadata(
      json: InputFile.read(try #require(written.first).string, limit: 1 << 20), path: "copy")
    #expect(copy.captures == metadata.captures)
    #expect(copy.global.dataset == "a.raw")
    #expect(
      copy.annotations.map(\.sampleStart) == [70, 70 + Scene.window + 500])
  }

  @Test("recordings in an archive are annotated beside it, each under its name")
  func archives() throws {
    let fixture = try CaptureFixture()
    let archive = try fixture.write(
      InputFile.read(SigMFGoldens.path("several.sigmf").string, limit: 1 << 20), to: "x.sigmf")
    let model = try Scene.model()
    let writer = Mutex(
      try SigMFAnnotationWriter(
        classes: model.classes, inputs: CaptureWalk.files(in: [archive]), opening: .default))
    let names = Mutex<[String?]>([])
    try BatchClassifier(model, configuration: .init(window: 256, acceptsShort: true)).classify(
      CaptureWalk.files(in: [archive]), opening: .default, workers: 1
    ) { event in
      if case .failure = event { return }
      let path = try writer.withLock { try $0.add(event) }
      if let path { names.withLock { $0.append(path.lastComponent?.string) } }
    }
    // The first holds less than one FFT length.
    #expect(
      names.withLock { $0 } == ["x.foreign.psdpipe.sigmf-meta"])
  }

  @Test("two captures that differ in their extension get metadata each")
  func siblings() throws {
    let fixture = try CaptureFixture()
    let paths = try ["a.cf32", "a.fc32"].map {
      try fixture.write(Self.bytes(windows: 1), to: $0)
    }
    let (written, failures) = try Self.annotate(paths)
    #expect(failures.isEmpty)
    #expect(
      written == ["a.sigmf-meta", "a.fc32.sigmf-meta"].map { fixture.folder.appending($0) })
    for path in paths { #expect(try SigMFRecording.locate(path)?.dataPath == path) }
  }

  @Test("noise has no annotation, and its file says so by having none")
  func noise() throws {
    let fixture = try CaptureFixture()
    let path = try fixture.write(Self.bytes(windows: 2, tone: nil), to: "n.cf32")
    let written = try Self.annotate([path]).written
    #expect(written.count == 1)
    #expect(try SigMFRecording.locate(path)?.metadata.annotations == [])
  }

  @Test("a SigMF recording keeps its metadata; the copy beside it has the annotations added")
  func recording() throws {
    let fixture = try CaptureFixture()
    var metadata = SigMFMetadata(
      global: SigMFGlobal(format: .cf32, sampleRate: 2e6),
      captures: [SigMFCapture(sampleStart: 500, frequency: 1e9)],
      annotations: [SigMFAnnotation(sampleStart: 600, sampleCount: 7, label: "mine")])
    metadata.global.offset = 500
    metadata.global.hardware = "a receiver"
    try SigMFWriter.write(
      metadata, samples: Self.bytes(windows: 2), to: fixture.folder.appending("r"))
    let original = fixture.folder.appending("r.sigmf-meta")
    let before = try InputFile.read(original.string, limit: 1 << 20)
    let (written, failures) = try Self.annotate(
      [fixture.folder.appending("r.sigmf-data")], CaptureConfiguration(format: .cf32))
    #expect(failures.isEmpty)
    #expect(written == [fixture.folder.appending("r.psdpipe.sigmf-meta")])
    #expect(try InputFile.read(original.string, limit: 1 << 20) == before)
    let copy = try SigMFMetadata(
      json: InputFile.read(written[0].string, limit: 1 << 20), path: written[0].string)
    #expect(copy.global.isMetadataOnly)
    #expect(copy.global.hardware == "a receiver")
    #expect(copy.global.sha512?.utf8.count == 128)
    #expect(copy.annotations.map(\.sampleStart) == [500, 600, 4596])
    #expect(copy.annotations[1].label == "mine")
  }
}
