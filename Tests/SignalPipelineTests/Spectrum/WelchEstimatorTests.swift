import Foundation
import SignalPipeline
import Testing

@Suite struct WelchEstimatorTests {
  static let cases = [
    (64, 32, Window.hann), (100, 30, .hann), (81, 54, .hann), (512, 256, .hann),
    (50, 0, .rectangular), (2, 1, .rectangular), (37, 12, .rectangular),
  ]

  private func name(_ bins: Int, _ overlap: Int, _ window: Window) -> String {
    "\(bins) \(overlap) \(window == .hann ? "hann" : "boxcar")"
  }

  @Test("white noise has SciPy's density in every bin", arguments: cases)
  func noise(bins: Int, overlap: Int, window: Window) throws {
    let golden = try #require(try spectrumGoldens("welch")["noise \(name(bins, overlap, window))"])
    var generator = ReferenceGenerator(state: UInt64(bins))
    let density = try estimate(
      generator.noise(40 * bins),
      SpectrumConfiguration(bins: bins, overlap: overlap, window: window))
    #expect(density.count == golden.count)
    for (ours, theirs) in zip(density, golden) {
      // The project's promise; Float rounding leaves about 1e-6.
      #expect(abs(Double(ours) - theirs) <= 1e-5 * theirs)
    }
  }

  @Test("a tone in weak noise has SciPy's density", arguments: cases)
  func tone(bins: Int, overlap: Int, window: Window) throws {
    let golden = try #require(try spectrumGoldens("welch")["tone \(name(bins, overlap, window))"])
    let turn: [Float] = [16384, 11585, 0, -11585, -16384, -11585, 0, 11585]
    var generator = ReferenceGenerator(state: UInt64(bins))
    let samples = generator.noise(40 * bins).enumerated().map { n, noise in
      IQSample(
        noise.i / 64 + turn[n % 8] / 32768, noise.q / 64 + turn[(n + 6) % 8] / 32768)
    }
    let density = try estimate(
      samples, SpectrumConfiguration(bins: bins, overlap: overlap, window: window))
    let peak = try #require(golden.max())
    for (ours, theirs) in zip(density, golden) {
      // The project's promise; a weak bin carries the rounding of the strong ones.
      #expect(abs(Double(ours) - theirs) <= 1e-5 * peak)
    }
  }

  @Test("the density does not depend on how the samples are cut, bit for bit")
  func chunks() throws {
    var generator = ReferenceGenerator(state: 9)
    let samples = generator.noise(40_000)
    for (bins, overlap) in [(256, 128), (250, 249), (100, 7), (64, 0)] {
      let configuration = SpectrumConfiguration(bins: bins, overlap: overlap, window: .hann)
      let whole = try estimate(samples, configuration)
      var lengths = SeededGenerator(seed: 3)
      for longest in [1, 3, 99, 1000, 30_000] {
        var estimator = try WelchEstimator(configuration)
        var start = 0
        while start < samples.count {
          let end = min(samples.count, start + lengths.index(below: longest + 1))
          estimator.add(samples.span.extracting(start..<end))
          start = end
        }
        let finished = estimator.finish()
        let spectrum = try #require(finished)
        #expect(spectrum.segments == configuration.segments(in: samples.count))
        #expect(spectrum.density.map(\.bitPattern) == whole.map(\.bitPattern))
      }
    }
  }

  @Test("finishing begins anew, and without a whole segment there is no spectrum")
  func finishing() throws {
    var generator = ReferenceGenerator(state: 4)
    let samples = generator.noise(1000)
    let configuration = SpectrumConfiguration(bins: 128, overlap: 64, window: .hann)
    var estimator = try WelchEstimator(configuration)
    let none = estimator.finish()
    estimator.add(samples.span.extracting(0..<127))
    let short = estimator.finish()
    #expect(none == nil)
    #expect(short == nil)
    estimator.add(samples.span)
    let first = estimator.finish()
    estimator.add(samples.span.extracting(0..<300))
    estimator.reset()
    estimator.add(samples.span)
    let segments = estimator.segments
    let second = estimator.finish()
    #expect(segments == 14)
    #expect(first == second)
  }

  @Test("a known noise power is recovered, in every bin and in all")
  func noisePower() throws {
    var generator = SeededGenerator(seed: 5)
    let configuration = SpectrumConfiguration(bins: 256, overlap: 128, window: .hann)
    let spectrum = try PowerSpectrum(
      density: estimate(gaussian(1 << 18, power: 0.04, &generator), configuration), segments: 2047)
    // Five standard errors: 1/√262144 of the power for all samples, 1/√(2047·0.947) for a bin.
    #expect(abs(spectrum.power - 0.04) < 0.04 * 5 / 512)
    for density in spectrum.density { #expect(abs(density / 0.04 - 1) < 5 / 44) }
  }

  @Test("a tone's power is the sum over its bins")
  func tonePower() throws {
    let configuration = SpectrumConfiguration(bins: 1024, overlap: 512, window: .hann)
    // An amplitude of 0.3 between two bins; 0.09 FS² within Hann's far side lobes (1e-5) of it.
    let samples = (0..<16_384).map { n in
      let angle = 2 * Double.pi * 0.1 * Double(n)
      return IQSample(Float(0.3 * cos(angle)), Float(0.3 * sin(angle)))
    }
    let density = try estimate(samples, configuration)
    let bin = 512 + Int((0.1 * 1024).rounded())
    let power = density[bin - 8...bin + 8].reduce(0) { $0 + Double($1) } / 1024
    #expect(abs(power - 0.09) < 0.09 * 1e-4)
  }

  @Test("a shift by whole bins rolls the density")
  func shift() throws {
    let bins = 1000
    let configuration = SpectrumConfiguration(bins: bins, overlap: 500, window: .hann)
    var generator = ReferenceGenerator(state: 12)
    // Noise in an eighth of the band, so that peak and floor are far apart.
    let white = generator.noise(20_008)
    let samples = (0..<20_000).map { n in
      IQSample(
        white[n..<n + 8].reduce(0) { $0 + $1.i } / 8, white[n..<n + 8].reduce(0) { $0 + $1.q } / 8)
    }
    let density = try estimate(samples, configuration)
    let peak = try #require(density.max())
    for shift in [1, 137, 500, 999] {
      let rolled = try estimate(moved(samples, by: shift, of: bins), configuration)
      for bin in 0..<bins {
        // The DFT of rotated samples rounds elsewhere: the project's promise is 2e-5.
        #expect(abs(rolled[(bin + shift) % bins] - density[bin]) <= 2e-5 * peak)
      }
    }
  }

  @Test("400,000 segments keep the precision that a sum in Float loses")
  func longAccumulation() throws {
    let configuration = SpectrumConfiguration(bins: 4, overlap: 0, window: .rectangular)
    let samples = [IQSample](repeating: IQSample(0.3, 0.1), count: 16_000)
    var estimator = try WelchEstimator(configuration)
    for _ in 0..<100 { estimator.add(samples.span) }
    let finished = estimator.finish()
    let spectrum = try #require(finished)
    // One segment's power, 4·(0.3² + 0.1²), is exact to a few of Float's last places.
    #expect(abs(Double(spectrum.density[2]) / 0.4 - 1) < 1e-6)
    #expect(spectrum.segments == 400_000)
    let sum = (0..<spectrum.segments).reduce(Float(0)) { sum, _ in sum + 1.6 }
    #expect(abs(Double(sum) / (1.6 * 400_000) - 1) > 1e-4)
  }

  @Test("a configuration that cannot be computed is refused")
  func invalid() {
    for (bins, overlap) in [(1, 0), (0, 0), (8, 8), (8, -1), (1 << 25, 0)] {
      #expect(throws: ConfigurationError.self) {
        _ = try WelchEstimator(
          SpectrumConfiguration(bins: bins, overlap: overlap, window: .hann)
        ).segments
      }
    }
  }

  @Test("frequencies, densities and levels come in Hz and dB")
  func units() {
    let spectrum = PowerSpectrum(density: [1, 10, 0, 4], segments: 1)
    #expect(
      spectrum.frequencies(rate: 8000, centre: 1e6) == [996_000, 998_000, 1_000_000, 1_002_000])
    #expect(spectrum.density(rate: 8) == [0.125, 1.25, 0, 0.5])
    #expect(spectrum.levels(rate: 10)[0] == -10)
    #expect(spectrum.levels()[1] == 10)
    #expect(spectrum.levels()[2] == -.infinity)
    #expect(spectrum.power == 3.75)
    #expect(PowerSpectrum(density: [0, 0, 0], segments: 1).frequencies(rate: 3) == [-1, 0, 1])
  }
}
