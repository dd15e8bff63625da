import Glibc
import SignalPipeline
import Testing

/// What amplifier, fading, clocks and carrier do to a signal.
@Suite struct TransmissionTests {
  static func noise(_ count: Int, seed: UInt64 = 6) -> [IQSample] {
    var generator = SeededGenerator(seed: seed)
    var source = GaussianSource(using: &generator)
    var samples = [IQSample](repeating: .zero, count: count)
    source.fill(&samples)
    return samples
  }

  /// The mean of `x·exp(−2πi·f·n)` over a stretch, as an angle [turns].
  static func angle(_ x: [IQSample], frequency: Double, over range: Range<Int>) -> Double {
    var re = 0.0
    var im = 0.0
    for n in range {
      let turn = -2 * Double.pi * (frequency * Double(n)).truncatingRemainder(dividingBy: 1)
      re += Double(x[n].i) * cos(turn) - Double(x[n].q) * sin(turn)
      im += Double(x[n].i) * sin(turn) + Double(x[n].q) * cos(turn)
    }
    return atan2(im, re) / (2 * .pi)
  }

  /// The frequency of a tone near a known one, from the angles of a stretch's halves.
  static func frequency(_ x: [IQSample], near guess: Double, over range: Range<Int>) -> Double {
    let half = range.count / 2
    let middle = range.lowerBound + half
    let first = angle(x, frequency: guess, over: range.lowerBound..<middle)
    let second = angle(x, frequency: guess, over: middle..<middle + half)
    let step = second - first
    return guess + (step - step.rounded()) / Double(half)
  }

  @Test("at saturation Rapp's amplifier compresses by 3.01/p dB and turns half of its phase")
  func saturation() {
    for smoothness in [1.0, 2, 3.5] {
      var tone = ImpairmentsTests.tone(7)
      Amplifier(backOff: 0, smoothness: smoothness, phase: 20).apply(to: &tone)
      #expect(abs(Decibels.level(SampleKernels.meanPower(tone)) + 3.0103 / smoothness) < 1e-4)
      #expect(abs(Self.angle(tone, frequency: 7.0 / 4096, over: 0..<4096) - 10.0 / 360) < 1e-6)
    }
  }

  @Test("the amplifier is linear far below saturation and ends at the saturation's amplitude")
  func amplifierLimits() {
    let noise = Self.noise(4096)
    var faint = noise
    Amplifier(backOff: 60, smoothness: 2, phase: 90).apply(to: &faint)
    for (a, b) in zip(noise, faint) { #expect(abs(a.i - b.i) < 1e-5 && abs(a.q - b.q) < 1e-5) }
    var loud = ImpairmentsTests.tone(7)
    Amplifier(backOff: -40, smoothness: 2, phase: 0).apply(to: &loud)
    #expect(abs(Decibels.level(SampleKernels.meanPower(loud)) + 40) < 1e-3)
    var silence = [IQSample](repeating: .zero, count: 64)
    Amplifier(backOff: 0, smoothness: 2, phase: 0).apply(to: &silence)
    #expect(silence.allSatisfy { $0 == .zero })
  }

  @Test("the amplifier's curve is its formula's within 2e-4", arguments: [0.5, 1, 2, 10])
  func amplifierCurve(smoothness: Double) {
    let noise = Self.noise(8192)
    let amplifier = Amplifier(backOff: 3, smoothness: smoothness, phase: 30)
    var out = noise
    amplifier.apply(to: &out)
    let saturation = SampleKernels.meanPower(noise) * pow(10, 0.3)
    for (x, y) in zip(noise, out) {
      let power = Double(x.i) * Double(x.i) + Double(x.q) * Double(x.q)
      let u = power / saturation
      let gain = pow(1 + pow(u, smoothness), -1 / (2 * smoothness))
      let angle = 30 / 180 * Double.pi * u * u / (1 + u * u)
      let (re, im) = (gain * cos(angle), gain * sin(angle))
      let size = power.squareRoot()
      let bound = 2e-4 * size + 1e-6
      #expect(abs(Double(y.i) - (Double(x.i) * re - Double(x.q) * im)) < bound)
      #expect(abs(Double(y.q) - (Double(x.i) * im + Double(x.q) * re)) < bound)
    }
  }

  @Test("an overdriven amplifier fills the neighbouring channels of OFDM")
  func regrowth() throws {
    var configuration = SynthesisConfiguration.probe(.ofdm)
    var clean = try SignalGenerator(configuration)
    configuration.impairments.amplifier = .init(
      probability: 1, backOff: 0...0, smoothness: 2...2, phase: 0...0)
    var driven = try SignalGenerator(configuration)
    func shoulder(_ samples: [IQSample]) -> Double {
      Decibels.level(SpectrumProbe(samples).power(0.08...0.16))
    }
    let (quiet, loud) = (
      shoulder(clean.components(0).signal), shoulder(driven.components(0).signal)
    )
    #expect(loud > quiet + 5 && (-25 ... -17).contains(loud))
  }

  /// A fading path's gain: what the channel makes of a constant.
  static func gain(_ fading: Fading, count: Int = 16_384) -> [IQSample] {
    var samples = [IQSample](repeating: IQSample(1, 0), count: count)
    fading.apply(to: &samples)
    return samples
  }

  /// The moments E|h|² and E|h|⁴ and the share of powers below a tenth, over 24 channels.
  static func moments(riceFactor: Double?) -> (second: Double, fourth: Double, faint: Double) {
    var sums = (second: 0.0, fourth: 0.0, faint: 0.0)
    let count = 24 * 16_384.0
    for seed in 0..<24 as Range<UInt32> {
      let fading = Fading(
        doppler: 0.005, riceFactor: riceFactor, paths: [.init(gain: 1, delay: 0)], seed: seed)
      for value in gain(fading) {
        let power = Double(value.i) * Double(value.i) + Double(value.q) * Double(value.q)
        sums.second += power / count
        sums.fourth += power * power / count
        sums.faint += power < 0.1 ? 1 / count : 0
      }
    }
    return sums
  }

  @Test("a Rayleigh path's envelope has Rayleigh's statistics")
  func rayleigh() {
    let moments = Self.moments(riceFactor: nil)
    // 24 channels of 2·82 fades each, 3900 in all: five standard errors are 0.08, and of the
    // fourth moment, whose law has the variance 20, 0.36. M = 32 waves take 1/32 off it.
    #expect(abs(moments.second - 1) < 0.08)
    #expect(abs(moments.fourth - (2 - 1.0 / 32)) < 0.36)
    #expect(abs(moments.faint - (1 - exp(-0.1))) < 0.024)
  }

  @Test("a Rician path's envelope has the moments of its factor")
  func rician() {
    let moments = Self.moments(riceFactor: 10)
    #expect(abs(moments.second - 1) < 0.05)
    // 1 + (2K + 1)/(K + 1)² for K = 10, within five standard errors.
    #expect(abs(moments.fourth / (moments.second * moments.second) - 1.1736) < 0.05)
    #expect(moments.faint < 0.003)
  }

  @Test("fading spreads a tone by its Doppler shift: none beyond it, D/√2 rms")
  func doppler() {
    for doppler in [0.0005, 0.002] {
      var spread = 0.0
      for seed in 0..<8 as Range<UInt32> {
        let fading = Fading(
          doppler: doppler, riceFactor: nil, paths: [.init(gain: 1, delay: 0)], seed: seed)
        let probe = SpectrumProbe(Self.gain(fading, count: 65_536))
        // What leaks is the skirt of an unwindowed transform.
        #expect(probe.power((-doppler * 1.2)...(doppler * 1.2)) > 0.97 * probe.total)
        var square = 0.0
        for (bin, power) in probe.power.enumerated() {
          let frequency = Double(bin - 32_768) / 65_536
          if abs(frequency) < doppler * 1.2 { square += frequency * frequency * power }
        }
        spread += square / probe.total / 8
      }
      #expect(abs(spread.squareRoot() / (doppler / 2.0.squareRoot()) - 1) < 0.1)
    }
  }

  @Test("a fading path has its gain and its delay, fractions of a sample too")
  func fadingPaths() {
    let tone = ImpairmentsTests.tone(300)
    func heard(_ paths: [Fading.Path]) -> [IQSample] {
      var samples = tone
      Fading(doppler: 1e-12, riceFactor: nil, paths: paths, seed: 4).apply(to: &samples)
      return samples
    }
    let one = heard([.init(gain: 1, delay: 0)])
    let later = heard([.init(gain: 0.5, delay: 3.3)])
    let ratio = SampleKernels.meanPower(later) / SampleKernels.meanPower(one)
    #expect(abs(ratio - 0.25) < 1e-4)
    let lag =
      Self.angle(one, frequency: 300.0 / 4096, over: 0..<4096)
      - Self.angle(later, frequency: 300.0 / 4096, over: 0..<4096)
    let expected = 3.3 * 300 / 4096
    #expect(abs(lag - expected - (lag - expected).rounded()) < 1e-5)
  }

  @Test("the interpolator keeps within 1e-4 of the exact value up to 0.25 cycles/sample")
  func interpolator() {
    for bin in [-1024, -700, -3, 0, 41, 511, 1023] {
      for delay in [0, 0.5, 0.123, -3.777, 4096 + 0.25, -123_456.75] {
        var samples = ImpairmentsTests.tone(bin)
        SampleInterpolator.delay(&samples, by: delay)
        for n in stride(from: 0, to: 4096, by: 37) {
          let angle = 2 * Double.pi * Double(bin) * (Double(n) - delay) / 4096
          #expect(abs(Double(samples[n].i) - cos(angle)) < 1e-4)
          #expect(abs(Double(samples[n].q) - sin(angle)) < 1e-4)
        }
      }
    }
  }

  /// The signal of an AM transmission, whose carrier is a tone, under one impairment.
  static func carrier(
    _ offset: Double, _ change: (inout ImpairmentRanges) -> Void
  ) throws -> [IQSample] {
    var configuration = SynthesisConfiguration.probe(.am, offset: .fixed(frequency: offset))
    change(&configuration.impairments)
    var generator = try SignalGenerator(configuration)
    return generator.components(0).signal
  }

  @Test("a clock's error moves a tone by its ppm", arguments: [-200.0, 50, 1000])
  func clockError(ppm: Double) throws {
    let samples = try Self.carrier(0.3) { $0.clockError = .init(1, ppm...ppm) }
    let frequency = Self.frequency(samples, near: 0.3 * (1 + ppm * 1e-6), over: 0..<65_536)
    // A third of a ppm: the message beside the carrier is no constant either.
    #expect(abs((frequency / 0.3 - 1) * 1e6 - ppm) < 0.35)
  }

  @Test("a clock's error stretches what is sent by its ppm")
  func clockStretch() {
    let shifts = SampleClock(error: 500).shifts(count: 65_536)
    #expect(shifts[32_768] == 0)
    let drift = Double(shifts[65_535] - shifts[0]) * 0x1p-32
    #expect(abs(drift - 65_535 * 500e-6) < 1e-6)
    var tone = ImpairmentsTests.tone(300)
    SampleInterpolator.read(&tone, at: SampleClock(error: 500).shifts(count: 4096))
    let frequency = Self.frequency(tone, near: 300.0 / 4096, over: 16..<4080)
    #expect(abs(frequency / (300.0 / 4096) - 1.0005) < 1e-7)
  }

  @Test("jitter gives a tone noise of (2πf·rms)²")
  func jitter() throws {
    let plain = try Self.carrier(0.25) { _ in }
    for rms in [0.001, 0.01] {
      let samples = try Self.carrier(0.25) { $0.jitter = .init(1, rms...rms) }
      let error = zip(plain, samples).map { IQSample($0.i - $1.i, $0.q - $1.q) }
      let expected = pow(2 * .pi * 0.25 * rms, 2)
      // Five standard errors of a variance of 65,536 are 3 %; the message's width adds up to 2 %.
      #expect(abs(SampleKernels.meanPower(error) / expected - 1.01) < 0.04)
    }
  }

  @Test("a drift changes the frequency by its Hz from the first sample to the last")
  func drift() throws {
    // ±48 Hz at 48 kHz.
    for drift in [0.002, -0.0005] {
      let samples = try Self.carrier(0.1) { $0.drift = .init(1, drift...drift) }
      let eighth = 8192
      let first = Self.frequency(samples, near: 0.1 - drift * 7 / 16, over: 0..<eighth)
      let last = Self.frequency(
        samples, near: 0.1 + drift * 7 / 16, over: (65_536 - eighth)..<65_536)
      let middle = Self.frequency(samples, near: 0.1, over: 28_672..<36_864)
      // Within 0.5 Hz at 48 kHz: a stretch of an eighth resolves no better.
      #expect(abs((last - first) - drift * 7 / 8) < 1e-5)
      #expect(abs(middle - 0.1) < 1e-5)
    }
  }
}
