import SignalPipeline
import Testing

/// Every parameter of the estimate beside SciPy, in combinations drawn at random.
@Suite struct EstimateTests {
  @Test("280 random configurations agree with SciPy within 1e-5 of the peak")
  func agreement() throws {
    let goldens = try spectrumGoldens("estimates")
    #expect(goldens.count == 280)
    for (title, golden) in goldens {
      let example = try EstimateCase(title)
      let spectrum = try example.spectrum()
      let values = example.isSpectrum ? spectrum.powers() : spectrum.density(rate: 1)
      #expect(values.count == golden.count)
      let error = zip(values, golden).map { abs($0 - $1) }.max() ?? .infinity
      let peak = try #require(golden.max())
      #expect(error <= 1e-5 * peak, "\(title): \(error / peak)")
    }
  }

  @Test("no estimate depends on how the samples are cut, bit for bit")
  func pieces() throws {
    for title in try spectrumGoldens("estimates").keys.sorted() {
      let example = try EstimateCase(title)
      let whole = try example.spectrum(kurtosis: true)
      let samples = example.capture
      var lengths = SeededGenerator(seed: example.seed)
      var estimator = try WelchEstimator(example.configuration, kurtosis: true)
      var start = 0
      while start < samples.count {
        let end = min(samples.count, start + lengths.index(below: 150))
        estimator.add(samples.span.extracting(start..<end))
        start = end
      }
      let cut = estimator.finish()
      #expect(cut?.density.map(\.bitPattern) == whole.density.map(\.bitPattern), "\(title)")
      #expect(
        cut?.kurtosis?.map(\.bitPattern) == whole.kurtosis?.map(\.bitPattern), "\(title)")
      #expect(cut?.averages == whole.averages)
    }
  }

  static let averagings: [Averaging] = [
    .mean, .median, .maximum, .minimum, .exponential(segments: 5),
  ]

  @Test("a shift by whole bins rolls every kind of spectrum", arguments: averagings)
  func shift(averaging: Averaging) throws {
    var generator = SeededGenerator(seed: 12)
    let samples = gaussian(6000, &generator)
    for (window, segment) in [(Window.kaiser(beta: 8.6), 240), (.flatTop, 200), (.rectangular, 33)]
    {
      let bins = 240
      let configuration = SpectrumConfiguration(
        bins: bins, segmentLength: segment, overlap: segment / 3, window: window,
        averaging: averaging)
      let density = try estimate(samples, configuration)
      let peak = try #require(density.max())
      for shift in [1, 77, 239] {
        let rolled = try estimate(moved(samples, by: shift, of: bins), configuration)
        for bin in 0..<bins {
          // The DFT of rotated samples rounds elsewhere: the project's promise is 2e-5.
          #expect(abs(rolled[(bin + shift) % bins] - density[bin]) <= 2e-5 * peak)
        }
      }
    }
  }

  @Test("taking the mean off breaks the equivariance, which is why it is not the default")
  func detrendBreaksShifts() throws {
    #expect(SpectrumConfiguration.default.detrend == .none)
    var generator = SeededGenerator(seed: 13)
    let samples = gaussian(4096, &generator)
    let configuration = SpectrumConfiguration(
      bins: 64, overlap: 32, window: .hann, detrend: .constant)
    let density = try estimate(samples, configuration)
    let rolled = try estimate(moved(samples, by: 20, of: 64), configuration)
    // A third of the noise at bin 0 Hz stays, 1 − (Σ w)²/(N·Σ w²); the hole does not move with the
    // samples. 127 segments have a standard error of 9 %.
    #expect(density[32] < 0.5 && rolled[32] < 0.5)
    #expect(rolled[52] > 0.55)
  }
}
