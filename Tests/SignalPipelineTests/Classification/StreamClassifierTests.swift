import SignalPipeline
import Testing

@Suite struct StreamClassifierTests {
  typealias Scene = ClassificationScene

  @Test("a window's answer is what the stages give one after the other")
  func stages() throws {
    let model = try Scene.model()
    let samples = Scene.samples(Scene.window, tone: 0.2, seed: 1)
    var classifier = try Classifier(model)
    // The second window finds nothing of the first in the buffers.
    let first = try classifier.classify(samples.span)
    let second = try classifier.classify(samples.span, index: 7, start: 9)
    #expect(first.prediction == second.prediction)
    #expect((second.index, second.start, second.samples) == (7, 9, Scene.window))
    let expected = try Scene.logProbabilities(samples, model)
    // The same operations, but for the log-softmax's order: Float rounding.
    for (found, value) in zip(first.prediction.logProbabilities, expected) {
      #expect(abs(found - value) < 1e-6)
    }
    #expect(first.presence.isPresent)
    // The tone stands between two bins.
    #expect(abs(first.presence.peakFrequency - 0.2) <= 1.0 / Double(Scene.bins))
  }

  @Test(
    "a model's channels, and no others, are what it is asked with",
    arguments: [SpectrumChannel.allCases, [.mean, .maximum], [.kurtosis]])
  func channels(_ channels: [SpectrumChannel]) throws {
    let model = try Scene.model(channels: channels)
    var classifier = try Classifier(model)
    for seed in 1...3 {
      var samples = Scene.samples(Scene.window, tone: 0.2, seed: UInt64(seed))
      // The tone is gone for a part of the window.
      samples.replaceSubrange(..<1500, with: Scene.samples(1500, tone: nil, seed: 9))
      let found = try classifier.classify(samples.span).prediction.logProbabilities
      let expected = try Scene.logProbabilities(samples, model)
      try #require(found.count == expected.count)
      // The same operations, but for the log-softmax's order: Float rounding.
      for (a, b) in zip(found, expected) { #expect(abs(a - b) < 1e-6) }
      // Mixed by whole bins, every channel is rolled back.
      let mixed = moved(samples, by: 77, of: Scene.bins)
      let answer = try classifier.classify(mixed.span).prediction.logProbabilities
      // The rounding of powers is 1e-6 of the largest; the weakest have 1e-4 of their own.
      for (a, b) in zip(answer, expected) { #expect(abs(a - b) < 1e-4) }
    }
  }

  @Test("a short input holds the two segments that a kurtosis takes")
  func shortKurtosis() throws {
    let model = try Scene.model(channels: [.mean, .kurtosis])
    let two = Scene.bins + Scene.bins / 2
    let options = StreamClassifier.Configuration(window: nil, acceptsShort: true)
    let samples = CaptureFixture.bytes(Scene.samples(two, tone: 0.1, seed: 1))
    #expect(try Scene.classify(samples, model, options).summary.windows == 1)
    #expect {
      try Scene.classify(
        CaptureFixture.bytes(Scene.samples(two - 1, tone: 0.1, seed: 1)), model, options)
    } throws: {
      "\($0)".contains("holds 383 samples; even a short input needs two segments, 384 samples")
    }
  }

  @Test("windows are told in order, noise as noise, and what is left over is counted as skipped")
  func windows() throws {
    let model = try Scene.model()
    let parts = [
      Scene.samples(Scene.window, tone: 0.1, seed: 1),
      Scene.samples(Scene.window, tone: nil, seed: 2),
      Scene.samples(Scene.window, tone: -0.31, seed: 3), Scene.samples(100, tone: 0.1, seed: 4),
    ]
    let bytes = CaptureFixture.bytes(Array(parts.joined()))
    let (windows, summary) = try Scene.classify(bytes, model)
    #expect(windows.map(\.index) == [0, 1, 2])
    #expect(windows.map(\.start) == [0, Scene.window, 2 * Scene.window])
    #expect(windows.allSatisfy { $0.samples == Scene.window })
    #expect(windows.map { $0.prediction.answer == .noise } == [false, true, false])
    #expect(summary.windows == 3)
    #expect(summary.noiseWindows == 1)
    #expect(summary.samples == 3 * Scene.window)
    #expect(summary.skippedSamples == 100)
    #expect(summary.replacedSamples == 0)
    #expect(summary.capture.path == "-")
  }

  @Test(
    "a summary is the mean log-probability over the windows that hold a signal, made to sum to 1")
  func summary() throws {
    let model = try Scene.model()
    let parts = [
      Scene.samples(Scene.window, tone: 0.1, seed: 1),
      Scene.samples(Scene.window, tone: nil, seed: 2),
      Scene.samples(Scene.window, tone: 0.1, seed: 5).map { IQSample($0.i / 9, $0.q) },
    ]
    let (windows, summary) = try Scene.classify(
      CaptureFixture.bytes(Array(parts.joined())), model)
    let signals = windows.map(\.prediction.logProbabilities).filter { !$0.isEmpty }
    try #require(signals.count == 2 && signals[0] != signals[1])
    let means = signals[0].indices.map { (signals[0][$0] + signals[1][$0]) / 2 }
    let sum = means.map(Probability.of).reduce(0, +)
    for (found, mean) in zip(summary.prediction.probabilities, means) {
      // Float rounding of the mean and of the sum.
      #expect(abs(found - Probability.of(mean) / sum) < 1e-6)
    }
  }

  @Test("an input of noise alone is noise")
  func noise() throws {
    let samples = Scene.samples(2 * Scene.window, tone: nil, seed: 2)
    let (_, summary) = try Scene.classify(CaptureFixture.bytes(samples), Scene.model())
    #expect(summary.prediction == .noise)
    #expect(summary.noiseWindows == 2)
  }

  @Test("where no class is probable enough, windows and summary are unknown")
  func unknown() throws {
    let samples = Scene.samples(2 * Scene.window, tone: 0.3, seed: 2)
    let (windows, summary) = try Scene.classify(
      CaptureFixture.bytes(samples), Scene.model(threshold: 1))
    #expect(windows.allSatisfy { $0.prediction.answer == .unknown })
    #expect(summary.prediction.answer == .unknown)
  }

  @Test("an input under one window is an error unless it is asked for, and needs one FFT then")
  func short() throws {
    let model = try Scene.model()
    func classify(_ count: Int, acceptsShort: Bool) throws -> InputSummary {
      let samples = Scene.samples(count, tone: 0.2, seed: 1)
      return try Scene.classify(
        CaptureFixture.bytes(samples), model, .init(window: nil, acceptsShort: acceptsShort)
      ).summary
    }
    let refused = #expect(throws: FileError.self) {
      try classify(Scene.window - 1, acceptsShort: false)
    }
    #expect(
      refused?.description
        == "-: holds 4095 samples, less than one window of 4096; --short classifies what is there")
    let summary = try classify(Scene.window - 1, acceptsShort: true)
    #expect((summary.windows, summary.samples, summary.skippedSamples) == (1, 4095, 0))
    #expect(try classify(Scene.bins, acceptsShort: true).samples == Scene.bins)
    let tiny = #expect(throws: FileError.self) {
      try classify(Scene.bins - 1, acceptsShort: true)
    }
    #expect(tiny?.reason.contains("one segment of 256") == true)
    // Only an input that holds no window at all is short.
    let rest = try classify(Scene.window + 300, acceptsShort: true)
    #expect((rest.windows, rest.skippedSamples) == (1, 300))
  }

  @Test("a window that is asked for replaces the model's")
  func otherWindow() throws {
    let samples = Scene.samples(1100, tone: 0.2, seed: 1)
    let (windows, summary) = try Scene.classify(
      CaptureFixture.bytes(samples), Scene.model(), .init(window: 512, acceptsShort: false))
    #expect(windows.map(\.start) == [0, 512])
    #expect(summary.skippedSamples == 76)
  }

  @Test(
    "a window shorter than an FFT or beyond all memory is refused", arguments: [255, 0, -1, .max])
  func badWindow(window: Int) throws {
    let model = try Scene.model()
    let error = #expect(throws: ConfigurationError.self) {
      _ = try StreamClassifier(model, configuration: .init(window: window, acceptsShort: false))
    }
    #expect(error?.field == "window")
  }

  @Test(
    "a fault behind the last whole window is an error, not a shorter rest",
    arguments: [false, true])
  func fault(acceptsShort: Bool) throws {
    let model = try Scene.model()
    for whole in [0, 1] {
      let samples = Scene.samples(whole * Scene.window + 600, tone: 0.2, seed: 1)
      let cut = #expect(throws: FileError.self) {
        try Scene.classify(
          CaptureFixture.bytes(samples) + [1], model,
          .init(window: nil, acceptsShort: acceptsShort))
      }
      #expect(cut?.place == "byte \(samples.count * 8)")
      var broken = samples
      broken[broken.count - 2].q = .nan
      let nonfinite = #expect(throws: FileError.self) {
        try Scene.classify(
          CaptureFixture.bytes(broken), model, .init(window: nil, acceptsShort: acceptsShort))
      }
      #expect(nonfinite?.place?.hasPrefix("sample \(broken.count - 2) ") == true)
    }
  }

  @Test("samples whose power overflows are an error that names them, not noise")
  func overflow() throws {
    var samples = Scene.samples(2 * Scene.window, tone: 0.2, seed: 1)
    for index in Scene.window..<samples.count { samples[index] = IQSample(1e25, -1e25) }
    let error = #expect(throws: FileError.self) {
      try Scene.classify(CaptureFixture.bytes(samples), Scene.model())
    }
    #expect(error?.kind == .malformed)
    #expect(error?.place == "samples \(Scene.window) to \(2 * Scene.window - 1)")
  }

  @Test("samples that were replaced are counted in the summary")
  func replaced() throws {
    var samples = Scene.samples(Scene.window, tone: 0.2, seed: 1)
    samples[5].i = .infinity
    let (_, summary) = try Scene.classify(
      CaptureFixture.bytes(samples), Scene.model(),
      capture: CaptureConfiguration(format: .cf32, replaceNonfinite: true))
    #expect(summary.replacedSamples == 1)
  }

  /// What a classifier says of samples with segments, and what it throws.
  private static func classify(
    _ samples: [IQSample], _ segments: [CaptureSegment],
    _ configuration: StreamClassifier.Configuration = .default, extra: [UInt8] = []
  ) throws -> (windows: [WindowResult], summary: InputSummary) {
    let source = try ByteSource(
      reading: CaptureFixture.pipe(CaptureFixture.bytes(samples) + extra, piece: 9_999),
      named: "-", closes: true)
    var reader = try CaptureOpening.open(
      source, container: .sigmf, header: CaptureFacts(format: .cf32), name: CaptureFacts(),
      segments: segments, .default)
    var classifier = try StreamClassifier(Scene.model(), configuration: configuration)
    var windows: [WindowResult] = []
    let summary = try classifier.classify(&reader) { windows.append($0) }
    return (windows, summary)
  }

  /// Segments of cf32 samples without headers that begin at these samples, each with a centre.
  private static func segments(
    _ starts: [(start: Int, center: Double, continues: Bool)], of total: Int
  ) -> [CaptureSegment] {
    zip(starts, starts.dropFirst().map(\.start) + [total]).map { segment, end in
      CaptureSegment(
        start: segment.start, count: end - segment.start, dataOffset: 8 * segment.start,
        centerFrequency: segment.center, continues: segment.continues)
    }
  }

  @Test("a window begins anew at a new centre and after a gap, and lies within its stretch")
  func stretches() throws {
    let total = 5 * Scene.window + 100
    let samples = Scene.samples(total, tone: 0.2, seed: 8)
    let starts = [
      (start: 0, center: 1.0, continues: false),
      // The same centre, no gap: windows run on.
      (start: 1000, center: 1.0, continues: true),
      (start: Scene.window + 700, center: 2.0, continues: true),
      (start: 3 * Scene.window + 700, center: 2.0, continues: false),
      // Too short for a window.
      (start: 4 * Scene.window + 750, center: 3.0, continues: true),
      (start: 4 * Scene.window + 800, center: 4.0, continues: true),
    ]
    let (windows, summary) = try Self.classify(samples, Self.segments(starts, of: total))
    let expected = [
      0, Scene.window + 700, 2 * Scene.window + 700, 3 * Scene.window + 700,
    ]
    #expect(windows.map(\.start) == expected)
    #expect(windows.map(\.index) == [0, 1, 2, 3])
    #expect(summary.samples == 4 * Scene.window)
    #expect(summary.skippedSamples == total - 4 * Scene.window)
    // Each window is exactly the samples that it names.
    var classifier = try Classifier(Scene.model())
    for window in windows {
      let alone = try classifier.classify(
        samples.span.extracting(window.start..<window.start + Scene.window))
      #expect(alone.prediction == window.prediction)
      #expect(alone.presence == window.presence)
    }
  }

  @Test(
    "short stretches are classified where that is asked for, and a fault is told in any of them")
  func shortStretches() throws {
    let samples = Scene.samples(3000, tone: 0.2, seed: 8)
    let segments = Self.segments(
      [(0, 1, false), (1000, 2, true), (1100, 3, true), (2100, 4, true)], of: 3000)
    let (windows, summary) = try Self.classify(
      samples, segments, .init(window: nil, acceptsShort: true))
    #expect(windows.map(\.start) == [0, 1100, 2100])
    #expect(windows.map(\.samples) == [1000, 1000, 900])
    #expect((summary.samples, summary.skippedSamples) == (2900, 100))
    let refused = #expect(throws: FileError.self) { try Self.classify(samples, segments) }
    #expect(
      refused?.reason
        == "holds at most 1000 samples between changes of centre or gaps in time, less than one "
        + "window of 4096; --short classifies what is there")
    let cut = #expect(throws: FileError.self) {
      try Self.classify(
        samples, segments, .init(window: nil, acceptsShort: true), extra: [1])
    }
    #expect(cut?.place == "byte 24000")
    var broken = samples
    broken[1050].i = .nan
    let nonfinite = #expect(throws: FileError.self) {
      try Self.classify(broken, segments, .init(window: nil, acceptsShort: true))
    }
    #expect(nonfinite?.place == "sample 1050 at byte 8400")
  }

  @Test("what the caller throws ends the classification")
  func stopped() throws {
    struct Enough: Error {}
    var classifier = try StreamClassifier(Scene.model())
    var reader = try CaptureFixture.open(
      pipe: CaptureFixture.bytes(Scene.samples(2 * Scene.window, tone: 0.2, seed: 1)),
      CaptureConfiguration(format: .cf32))
    var told = 0
    do {
      _ = try classifier.classify(&reader) { _ in
        told += 1
        throw Enough()
      }
      Issue.record("nothing was thrown")
    } catch is Enough {}
    #expect(told == 1)
  }
}
