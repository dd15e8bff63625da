import SignalPipeline
import Testing

/// Models whose frequencies count in Hz.
@Suite struct BinWidthTests {
  /// A model of 256 bins of 100 Hz: 25,600 samples/s.
  private func model() throws -> Model {
    var model = try ClassificationScene.model()
    model.binWidth = 100
    return model
  }

  private func classify(
    _ samples: [IQSample], rate: Double?
  ) throws -> (windows: [WindowResult], summary: InputSummary) {
    try ClassificationScene.classify(
      CaptureFixture.bytes(samples), model(),
      capture: CaptureConfiguration(format: .cf32, sampleRate: rate))
  }

  @Test("a capture of another rate is resampled, and told at its own rate")
  func resampled() throws {
    let samples = ClassificationScene.samples(30_000, tone: 0.1, seed: 1)
    let (windows, summary) = try classify(samples, rate: 64_000)
    // 30,000 samples are 12,000 at 2/5 of the rate: two windows of 4096.
    #expect(windows.map(\.start) == [0, 10_240] && windows.map(\.samples) == [10_240, 10_240])
    #expect(summary.samples == 20_480 && summary.skippedSamples == 9520)
    for window in windows { #expect(abs(window.presence.peakFrequency - 0.1) < 0.4 / 256) }
    let ratio = try RateRatio(up: 2, down: 5)
    let channel = try Channelizer.channel(
      of: samples.span, .init(frequency: 0, ratio: ratio))
    let expected = try ClassificationScene.logProbabilities(
      Array(channel[..<ClassificationScene.window]), model())
    for (found, value) in zip(windows[0].prediction.logProbabilities, expected) {
      // Float rounding, as for a window that is not resampled.
      #expect(abs(found - value) < 1e-5)
    }
  }

  @Test("a capture of the model's rate is not touched")
  func same() throws {
    let samples = ClassificationScene.samples(8192, tone: 0.1, seed: 1)
    let (windows, _) = try classify(samples, rate: 25_600)
    let plain = try ClassificationScene.classify(
      CaptureFixture.bytes(samples), ClassificationScene.model())
    #expect(windows.map(\.prediction) == plain.windows.map(\.prediction))
  }

  @Test("a capture without a rate, or of a lower one, is an error that says so")
  func refused() throws {
    let samples = ClassificationScene.samples(8192, tone: 0.1, seed: 1)
    for (rate, text) in [(nil, "--rate"), (20_000, "25600")] as [(Double?, String)] {
      #expect {
        _ = try classify(samples, rate: rate)
      } throws: {
        let error = $0 as? FileError
        return error?.kind == .unsupported && "\($0)".contains(text)
      }
    }
  }

  @Test("a width that is none is refused")
  func invalid() throws {
    for width in [0, -1, .nan, .infinity] as [Double] {
      var model = try model()
      model.binWidth = width
      #expect(throws: ConfigurationError.self) { try model.makeNetwork() }
    }
  }
}
