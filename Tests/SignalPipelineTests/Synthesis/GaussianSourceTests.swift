import SignalPipeline
import Testing

@Suite struct GaussianSourceTests {
  static let noise: [IQSample] = {
    var generator = SeededGenerator(seed: 11)
    var source = GaussianSource(using: &generator)
    var samples = [IQSample](repeating: .zero, count: 1 << 18)
    source.fill(&samples)
    return samples
  }()

  @Test("both parts have mean 0, variance 1, skewness 0 and kurtosis 3, and are uncorrelated")
  func moments() {
    let n = Double(Self.noise.count)
    for part in [Self.noise.map { Double($0.i) }, Self.noise.map { Double($0.q) }] {
      let moments = (1...4).map { order in
        part.reduce(0) { sum, x in
          sum + (0..<order).reduce(1.0) { power, _ in power * x }
        } / n
      }
      // Five standard errors: √(1/n), √(2/n), √(15/n), √(96/n).
      #expect(abs(moments[0]) < 5 * (1 / n).squareRoot())
      #expect(abs(moments[1] - 1) < 5 * (2 / n).squareRoot())
      #expect(abs(moments[2]) < 5 * (15 / n).squareRoot())
      #expect(abs(moments[3] - 3) < 5 * (96 / n).squareRoot())
    }
    let correlation = Self.noise.reduce(0) { $0 + Double($1.i) * Double($1.q) } / n
    #expect(abs(correlation) < 5 / n.squareRoot())
  }

  @Test("the share of numbers beyond 1, 2, 3 and 4 is the normal law's")
  func tails() {
    let n = Double(2 * Self.noise.count)
    for (bound, share) in [(1, 0.317311), (2, 0.0455003), (3, 0.0026998), (4, 6.3342e-5)] {
      let limit = Float(bound)
      let count = Self.noise.reduce(0) {
        $0 + (abs($1.i) > limit ? 1 : 0) + (abs($1.q) > limit ? 1 : 0)
      }
      // Five standard errors of a counted share.
      #expect(abs(Double(count) / n - share) < 5 * (share / n).squareRoot())
    }
  }

  @Test("the spectrum is flat and no lag of the lanes correlates")
  func white() {
    let probe = SpectrumProbe(Self.noise)
    let bands = 64
    let width = probe.power.count / bands
    for band in 0..<bands {
      let mean = probe.power[band * width..<(band + 1) * width].reduce(0, +) * Double(bands)
      // Total power 2; five standard errors of the mean of 4096 exponential values.
      #expect(abs(mean / 2 - 1) < 5 / 64)
    }
    let n = Double(Self.noise.count)
    for lag in [1, 2, 7, 8, 15, 16, 17, 32, 512] {
      var sum = 0.0
      for k in lag..<Self.noise.count {
        sum += Double(Self.noise[k].i) * Double(Self.noise[k - lag].i)
        sum += Double(Self.noise[k].q) * Double(Self.noise[k - lag].q)
      }
      #expect(abs(sum / n) < 5 * (2 / n).squareRoot())
    }
  }
}
