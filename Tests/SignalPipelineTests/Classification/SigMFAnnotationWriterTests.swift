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
    let writer = Mutex(SigMFAnnotationWriter(classes: model.classes))
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
    // What stands beside is never overwritten; the next goes by another name.
    let second = try Self.annotate([path], CaptureConfiguration(skipBytes: header.count))
    #expect(second.written == [fixture.folder.appending("a.psdpipe.sigmf-meta")])
    let third = try Self.annotate([path], CaptureConfiguration(skipBytes: header.count))
    #expect(third.written.isEmpty)
    #expect(
      third.failures == [
        "\(fixture.folder.appending("a.psdpipe.sigmf-meta")): stands there already; "
          + "move or remove it"
      ])
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
