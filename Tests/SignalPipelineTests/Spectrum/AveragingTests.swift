import Foundation
import SignalPipeline
import Testing

@Suite struct AveragingTests {
  @Test("the median's bias is SciPy's")
  func bias() throws {
    for (count, golden) in try spectrumGoldens("median") {
      let bias = Averaging.medianBias(count: try #require(Int(count)))
      #expect(abs(bias - golden[0]) < 1e-14)
    }
  }

  @Test("an averaging comes back from its text")
  func text() {
    for averaging in EstimateTests.averagings { #expect(Averaging("\(averaging)") == averaging) }
    for text in ["", "Mean", "mean:1", "exponential", "exponential:", "exponential:x", "max:2"] {
      #expect(Averaging(text) == nil)
    }
  }

  @Test("a time constant out of its range is refused", arguments: [0, -1, 1e10, .nan, .infinity])
  func invalid(segments: Double) {
    #expect {
      try SpectrumConfiguration(
        bins: 8, overlap: 0, window: .hann, averaging: .exponential(segments: segments)
      ).validate()
    } throws: { ($0 as? ConfigurationError)?.field == "averaging" }
  }

  /// The powers of each segment of noise, and its estimate.
  private func noise(
    segments: Int, averaging: Averaging, seed: UInt64
  ) throws -> (powers: [[Float]], spectrum: PowerSpectrum) {
    var configuration = SpectrumConfiguration.bartlett(bins: 4)
    var generator = SeededGenerator(seed: seed)
    let samples = gaussian(4 * segments, &generator)
    let powers = try (0..<segments).map {
      try estimate(Array(samples[4 * $0..<4 * $0 + 4]), configuration)
    }
    configuration.averaging = averaging
    var estimator = try WelchEstimator(configuration)
    estimator.add(samples.span)
    let spectrum = estimator.finish()
    return (powers, try #require(spectrum))
  }

  @Test("beyond its limit the median is the mean of runs' medians", arguments: [1023, 1024, 2500])
  func runs(segments: Int) throws {
    #expect(SpectrumConfiguration.bartlett(bins: 4).exactMedianSegments == 1023)
    let (powers, spectrum) = try noise(segments: segments, averaging: .median, seed: 2)
    for bin in 0..<4 {
      var sum = 0.0
      for first in stride(from: 0, to: segments, by: 1023) {
        let run = powers[first..<min(first + 1023, segments)].map { Double($0[bin]) }.sorted()
        let median = (run[(run.count - 1) / 2] + run[run.count / 2]) / 2
        sum += Double(run.count) * median / Averaging.medianBias(count: run.count)
      }
      #expect(abs(Double(spectrum.density[bin]) / (sum / Double(segments)) - 1) < 1e-6)
    }
  }

  @Test("the limit of the exact median is odd and keeps memory bounded")
  func limit() {
    for bins in [2, 8192, 65_536, 65_537, 1 << 20, 1 << 24] {
      let limit = SpectrumConfiguration.bartlett(bins: bins).exactMedianSegments
      #expect(limit % 2 == 1 && limit >= 3 && limit * bins * 4 <= 1 << 28)
    }
    #expect(SpectrumConfiguration.default.exactMedianSegments == 1023)
    #expect(SpectrumConfiguration.bartlett(bins: 1 << 20).exactMedianSegments == 63)
  }

  @Test("bursts in a few segments move the mean and not the median")
  func bursts() throws {
    var generator = SeededGenerator(seed: 3)
    var samples = gaussian(64 * 300, &generator)
    for n in 640..<1280 { samples[n] = IQSample(30 * samples[n].i, 30 * samples[n].q) }
    var configuration = SpectrumConfiguration.bartlett(bins: 64)
    let mean = try estimate(samples, configuration).reduce(0, +) / 64
    configuration.averaging = .median
    let median = try estimate(samples, configuration).reduce(0, +) / 64
    #expect(mean > 25)
    // 10 of 300 segments raise the median by a thirtieth of 1/ln 2; its own error is a 90th.
    #expect(abs(median - 1.05) < 0.05)
  }

  @Test("powers that overflow stay to be seen in all averages but the lowest")
  func overflow() throws {
    var samples = [IQSample](repeating: IQSample(0.5, 0), count: 64)
    for n in 16..<32 { samples[n] = IQSample(3e38, -3e38) }
    for averaging in EstimateTests.averagings where averaging != .minimum && averaging != .median {
      var configuration = SpectrumConfiguration.bartlett(bins: 16)
      configuration.averaging = averaging
      #expect(try !estimate(samples, configuration).allSatisfy(\.isFinite), "\(averaging)")
    }
    var configuration = SpectrumConfiguration.bartlett(bins: 16)
    for averaging in [Averaging.minimum, .median] {
      configuration.averaging = averaging
      #expect(try estimate(samples, configuration).allSatisfy(\.isFinite))
    }
  }
}
