import Foundation
import SignalPipeline
import Testing

/// How far an estimate can be trusted, and whether it reads what was put in.
@Suite struct ConfidenceTests {
  static let configurations: [SpectrumConfiguration] = [
    .init(bins: 64, overlap: 32, window: .hann), .init(bins: 64, overlap: 48, window: .hann),
    .init(bins: 64, overlap: 40, window: .rectangular),
    .init(bins: 64, overlap: 32, window: .kaiser(beta: 3)),
    .init(bins: 96, segmentLength: 64, overlap: 48, window: .flatTop),
    .init(bins: 64, overlap: 0, window: .hann, averaging: .median),
    .init(bins: 64, overlap: 32, window: .hann, averaging: .median),
    .init(bins: 64, overlap: 32, window: .hann, averaging: .exponential(segments: 4)),
    .init(
      bins: 64, overlap: 16, window: .coefficients((0..<64).map { Double($0 % 7) - 2.5 })),
  ]

  @Test("estimates of noise vary as told and lie in their interval", arguments: configurations)
  func coverage(configuration: SpectrumConfiguration) throws {
    var generator = SeededGenerator(seed: 8)
    var estimator = try WelchEstimator(configuration)
    let power = 0.3
    let trials = 1500
    var inside = 0
    var count = 0
    var squares = 0.0
    var averages = 0.0
    for _ in 0..<trials {
      estimator.add(gaussian(64 + 24 * configuration.hop, power: power, &generator).span)
      let finished = estimator.finish()
      let spectrum = try #require(finished)
      let interval = try #require(spectrum.confidenceInterval())
      averages = try #require(spectrum.averages)
      // Bins this far apart have next to nothing in common.
      for bin in stride(from: 2, to: configuration.bins, by: 8) {
        let ratio = Double(spectrum.density[bin]) / power
        count += 1
        squares += (ratio - 1) * (ratio - 1)
        if ratio * interval.lowerBound <= 1, 1 <= ratio * interval.upperBound { inside += 1 }
      }
    }
    // 12,000 trials and more: the share has a standard error of .002, the variance of 1.5 %. The
    // median is not quite gamma-distributed, and correlated segments tell it a little more.
    let isMedian = configuration.averaging == .median
    #expect(abs(Double(inside) / Double(count) - 0.95) < (isMedian ? 0.02 : 0.01))
    #expect(abs(squares / Double(count) * averages - 1) < (isMedian ? 0.15 : 0.075))
  }

  @Test("intervals are SciPy's of χ², and extremes have none")
  func interval() throws {
    // 2K/χ²_{2K}'s 97.5 % and 2.5 % points by scipy.stats.chi2 for K = 1, 10, 14.26.
    for (averages, lower, upper) in [
      (1.0, 0.27108503, 39.49789021), (10, 0.58531548, 2.08533669), (14.26, 0.63212933, 1.81752420),
    ] {
      let spectrum = PowerSpectrum(density: [1], segments: 20, averages: averages)
      let interval = try #require(spectrum.confidenceInterval())
      #expect(abs(interval.lowerBound - lower) < 1e-7)
      #expect(abs(interval.upperBound - upper) < 1e-6)
    }
    let wide = try #require(
      PowerSpectrum(density: [1], segments: 1, averages: 10).confidenceInterval(0.99))
    #expect(wide.lowerBound < 0.58 && wide.upperBound > 2.09)
    #expect(PowerSpectrum(density: [1], segments: 1).confidenceInterval() == nil)
    var generator = SeededGenerator(seed: 1)
    for averaging in [Averaging.maximum, .minimum] {
      var estimator = try WelchEstimator(
        SpectrumConfiguration(bins: 8, overlap: 0, window: .hann, averaging: averaging))
      estimator.add(gaussian(80, &generator).span)
      let spectrum = estimator.finish()
      #expect(try #require(spectrum).averages == nil)
    }
  }

  @Test("a tone's power is read in its bin, whatever window, padding and scale")
  func tone() throws {
    let windows: [Window] = [
      .rectangular, .hann, .hamming, .blackman, .blackmanHarris, .flatTop, .kaiser(beta: 8.6),
      .gaussian(sigma: 0.125), .coefficients((0..<96).map { 1 + Double($0 % 3) }),
    ]
    for window in windows {
      for bins in [96, 160] {
        let configuration = SpectrumConfiguration(
          bins: bins, segmentLength: 96, overlap: 32, window: window)
        let samples = (0..<960).map { n in
          let angle = 2 * Double.pi * Double(n * 11 % bins) / Double(bins)
          return IQSample(Float(0.3 * cos(angle)), Float(0.3 * sin(angle)))
        }
        var estimator = try WelchEstimator(configuration)
        estimator.add(samples.span)
        let finished = estimator.finish()
        let spectrum = try #require(finished)
        // 0.3² FS², in volts of 2 V full scale 4 times as much; samples round to 6e-8.
        let bin = bins / 2 + 11
        #expect(abs(spectrum.powers()[bin] / 0.09 - 1) < 2e-6, "\(window)")
        #expect(abs(spectrum.powers(fullScale: 2)[bin] / 0.36 - 1) < 2e-6)
        #expect(abs(spectrum.powerLevels()[bin] + 10.45757) < 2e-5)
        #expect(abs(spectrum.power / 0.09 - 1) < 2e-6)
        // All its density together is its power as well.
        let density = spectrum.density(rate: 1e6, fullScale: 2)
        #expect(abs(density.reduce(0, +) * 1e6 / Double(bins) / 0.36 - 1) < 2e-6)
      }
    }
  }

  @Test("a flat top reads a tone between two bins, Hann misses up to 1.4 dB of it")
  func scalloping() throws {
    let samples = (0..<1024).map { n in
      let angle = 2 * Double.pi * 10.5 / 128 * Double(n)
      return IQSample(Float(cos(angle)), Float(sin(angle)))
    }
    func peak(_ window: Window) throws -> Double {
      var estimator = try WelchEstimator(
        SpectrumConfiguration(bins: 128, overlap: 64, window: window))
      estimator.add(samples.span)
      let spectrum = estimator.finish()
      return try #require(spectrum?.powerLevels().max())
    }
    #expect(abs(try peak(.flatTop)) < 0.02)
    #expect(abs(try peak(.hann) + 1.42) < 0.01)
  }
}
