import SignalPipeline
import Synchronization
import SystemPackage
import Testing

@Suite struct BatchClassifierTests {
  typealias Scene = ClassificationScene

  /// The events of a run, each as its JSON line.
  private func lines(_ paths: [FilePath], workers: Int) throws -> [String] {
    let model = try Scene.model()
    let writer = PredictionWriter(form: .json, classes: model.classes)
    let lines = Mutex<[String]>([])
    try BatchClassifier(model).classify(paths, opening: .default, workers: workers) { event in
      lines.withLock { $0.append(writer.text(of: event)) }
    }
    return lines.withLock { $0 }
  }

  @Test("inputs are told in their order, each with its windows, then its summary or its failure")
  func order() throws {
    let fixture = try CaptureFixture()
    // The first takes longest, so that a second worker would overtake.
    var paths: [FilePath] = []
    for (index, windows) in [9, 1, 0, 2, 1].enumerated() {
      let samples = Scene.samples(windows * Scene.window + 10, tone: 0.2, seed: UInt64(index))
      paths.append(try fixture.write(CaptureFixture.bytes(samples), to: "\(index).cf32"))
    }
    let cut = CaptureFixture.bytes(Scene.samples(Scene.window + 10, tone: 0.2, seed: 9)) + [1]
    paths.insert(try fixture.write(cut, to: "cut.cf32"), at: 1)
    paths.insert(fixture.folder.appending("missing.cf32"), at: 3)
    paths.append(try fixture.write([0, 0], to: "formatless.bin"))

    let alone = try lines(paths, workers: 1)
    let kinds = alone.map { String($0.split(separator: "\"")[3]) }
    #expect(
      kinds == [String](repeating: "window", count: 9) + [
        "summary", "window", "error", "window", "summary", "error", "error", "window", "window",
        "summary", "window", "summary", "error",
      ])
    let sources = alone.map { line in
      paths.firstIndex { line.contains("\"source\":\"\($0.string)\"") }
    }
    #expect(
      sources == [Int](repeating: 0, count: 10) + [1, 1, 2, 2, 3, 4, 5, 5, 5, 6, 6, 7])
    for workers in [2, 16] { #expect(try lines(paths, workers: workers) == alone) }
  }

  @Test("no inputs give no events")
  func none() throws {
    #expect(try lines([], workers: 2).isEmpty)
  }

  @Test("what the caller throws ends the run", arguments: [1, 2])
  func stopped(workers: Int) throws {
    struct Enough: Error {}
    let fixture = try CaptureFixture()
    let bytes = CaptureFixture.bytes(Scene.samples(Scene.window, tone: 0.2, seed: 1))
    let paths = try (0..<6).map { try fixture.write(bytes, to: "\($0).cf32") }
    let model = try Scene.model()
    #expect(throws: Enough.self) {
      try BatchClassifier(model).classify(paths, opening: .default, workers: workers) { event in
        if case .summary = event { throw Enough() }
      }
    }
  }

  @Test("a configuration that makes no sense is thrown, not blamed on an input", arguments: [1, 2])
  func configuration(workers: Int) throws {
    let model = try Scene.model()
    #expect(throws: ConfigurationError.self) {
      try BatchClassifier(model, configuration: .init(window: 1, acceptsShort: false))
        .classify(["a.cu8", "b.cu8"], opening: .default, workers: workers) { _ in }
    }
    #expect(throws: ConfigurationError.self) {
      try BatchClassifier(model).classify(
        ["a.cu8", "b.cu8"], opening: CaptureConfiguration(skipBytes: -1), workers: workers
      ) { _ in }
    }
  }
}
