import Foundation
import SignalPipeline
import Testing

@Suite struct SpectralKurtosisTests {
  private func spectrum(
    _ samples: [IQSample], _ configuration: SpectrumConfiguration
  ) throws -> PowerSpectrum {
    var estimator = try WelchEstimator(configuration, kurtosis: true)
    estimator.add(samples.span)
    let spectrum = estimator.finish()
    return try #require(spectrum)
  }

  @Test("the kurtosis is NumPy's over SciPy's segments")
  func goldens() throws {
    for (title, golden) in try spectrumGoldens("kurtosis") {
      let values = try #require(try EstimateCase(title).spectrum(kurtosis: true).kurtosis)
      #expect(values.count == golden.count)
      // Powers of the weakest bins carry some 1e-6 of the tone's rounding.
      for (a, b) in zip(values, golden) {
        #expect(abs(Double(a) - b) < 1e-4 * max(1, b), "\(title)")
      }
    }
  }

  @Test("noise has 1, at any overlap", arguments: [0, 32, 48])
  func noise(overlap: Int) throws {
    let configuration = SpectrumConfiguration(bins: 64, overlap: overlap, window: .hann)
    var sum = 0.0
    var count = 0.0
    for seed in 1...400 {
      var generator = SeededGenerator(seed: UInt64(seed))
      let samples = gaussian(64 + 40 * configuration.hop, power: 5, &generator)
      let values = try #require(try spectrum(samples, configuration).kurtosis)
      sum += values.reduce(0) { $0 + Double($1) }
      count += 64
    }
    // 25,600 values of a spread of 2/√K, K ≥ 20; neighbours share half. What bias the overlap
    // leaves is below it.
    #expect(abs(sum / count - 1) < 5 * 2 / 20.0.squareRoot() / (count / 2).squareRoot())
  }

  @Test("a constant tone has 0, a pulsed one 1/d − 1, pulsed noise 2/d − 1")
  func tones() throws {
    let configuration = SpectrumConfiguration.bartlett(bins: 64)
    func tone(_ n: Int) -> IQSample {
      let angle = 2 * Double.pi * Double(n * 5 % 64) / 64
      return IQSample(Float(cos(angle)), Float(sin(angle)))
    }
    let segments = 1000
    let constant = try spectrum((0..<64 * segments).map(tone), configuration)
    #expect(abs(try #require(constant.kurtosis)[37]) < 1e-5)
    let on = { (n: Int) in n / 64 % 10 == 0 }
    let pulsed = try spectrum((0..<64 * segments).map { on($0) ? tone($0) : .zero }, configuration)
    // (M + 1)/(M − 1) above 1/0.1 − 1.
    #expect(abs(try #require(pulsed.kurtosis)[37] - 9) < 0.03)
    var generator = SeededGenerator(seed: 7)
    let burst = gaussian(64 * segments, &generator).enumerated().map { on($0) ? $1 : .zero }
    let values = try #require(try spectrum(burst, configuration).kurtosis)
    // 100 bursts: a spread of some 4 in each of 64 bins.
    #expect(abs(values.reduce(0, +) / 64 - 19) < 2)
  }

  @Test("no power has no kurtosis, and one segment tells none; it is told only when asked for")
  func undefined() throws {
    let configuration = SpectrumConfiguration.bartlett(bins: 8)
    let nothing = try spectrum([IQSample](repeating: .zero, count: 80), configuration)
    #expect(nothing.kurtosis?.allSatisfy(\.isNaN) == true)
    let one = try spectrum([IQSample](repeating: IQSample(1, 0), count: 8), configuration)
    #expect(one.kurtosis == nil)
    var estimator = try WelchEstimator(configuration)
    estimator.add([IQSample](repeating: IQSample(1, 0), count: 80).span)
    let plain = estimator.finish()
    #expect(try #require(plain).kurtosis == nil)
  }
}
