import Glibc
import SignalPipeline
import Testing

/// What defines the variants that are drawn only where they are asked for.
@Suite struct VariantWaveformTests {
  let count = 65_536

  @Test(
    "each variant has unit power, and as much of it within its bandwidth as its class",
    arguments: SignalClass.withVariants)
  func bandwidths(signalClass: SignalClass) throws {
    let share =
      switch signalClass {
      case .am, .rrc, .ssb, .pi4dqpsk: 0.99999
      case .nbfm, .wbfm, .gmsk, .fsk4: 0.98
      case .ofdm, .lte: 0.96
      case .css, .chirp: 0.94
      // Main lobes, of which the widest hold 90 % of the power; the fewer the symbols, the less
      // exactly.
      case .fsk, .psk, .ook, .ppm, .noise: 0.86
      }
    for variant in signalClass.variants {
      for bandwidth in [0.06, 0.12, 0.2] {
        var configuration = SynthesisConfiguration.probe(signalClass, bandwidth: bandwidth)
        configuration.variants = [signalClass: [variant.name]]
        var generator = try SignalGenerator(configuration)
        for index in 0..<3 {
          let probe = SpectrumProbe(generator.components(index).signal)
          #expect(abs(probe.total - 1) < 1e-5)
          // OFDM rounds to whole carriers and lengths, and a line may stand on the edge.
          let isGrid = signalClass == .ofdm || signalClass == .lte
          let edge = bandwidth / 2 + (isGrid ? 1.0 / 256 : 1 / Double(count))
          #expect(probe.power(-edge...edge) > share, "\(variant.name)")
        }
      }
    }
  }

  @Test("AM of a tone is a carrier and two lines of a quarter of μ² at half of the bandwidth")
  func tone() {
    for waveform in draws(AmplitudeModulation.self, .tone) {
      let probe = SpectrumProbe(rendered(waveform))
      let side = Int(0.06 * Double(count))
      let line = waveform.index * waveform.index / 4
      let bins = [count / 2 - side, count / 2, count / 2 + side]
      for (bin, power) in zip(bins, [line, 1, line]) {
        // Single precision.
        #expect(abs(probe.power[bin] - power) < 1e-6)
      }
      #expect(probe.total - bins.reduce(0) { $0 + probe.power[$1] } < 1e-12)
    }
  }

  @Test("AM of noise has a carrier and flat side bands as wide as its bandwidth, Gaussian ones")
  func noise() {
    var outside = 0
    for waveform in draws(AmplitudeModulation.self, .noise) {
      let samples = rendered(waveform)
      let probe = SpectrumProbe(samples)
      let squared = waveform.index * waveform.index
      #expect(abs(probe.power[count / 2] - 1) < 1e-5)
      for eighth in 0..<8 {
        let low = 0.06 * Double(eighth) / 8 + 1 / Double(count)
        let share = probe.power(low...(0.06 * Double(eighth + 1) / 8)) / squared
        // An eighth of one of the two side bands; five standard errors of 490 exponential powers.
        #expect(abs(share / (0.1 / 16) - 1) < 5 / 490.0.squareRoot())
      }
      #expect(probe.power(0.06 + 2 / Double(count)...0.5) < 1e-10)
      let message = samples.map { (Double($0.i) - 1) / waveform.index }
      let second = message.reduce(0) { $0 + $1 * $1 } / Double(count)
      let fourth = message.reduce(0) { $0 + $1 * $1 * $1 * $1 } / Double(count)
      // As many values are independent as the message has degrees of freedom, 2·W·N = 7864.
      #expect(abs(fourth / (second * second) - 3) < 5 * (24 / 7864.0).squareRoot())
      outside += message.count { abs($0) > 1 }
    }
    // ±1 are √10 deviations: 1.57e-3 of all samples, of which the message's slowness, eight
    // samples of one value, makes a tenth as many; five standard errors.
    let expected = 1.565e-3 * Double(12 * count)
    #expect(abs(Double(outside) - expected) < 5 * (expected * 8).squareRoot())
  }

  @Test("FM of a tone has Bessel's lines, 98 % of them within Carson's bandwidth")
  func frequencyModulatedTone() {
    for waveform in draws(NarrowFrequencyModulation.self, .tone) {
      let probe = SpectrumProbe(rendered(waveform))
      let side = Int(waveform.message.width * Double(count))
      let step = Double.pi * Double(side) / Double(count)
      // A sum over samples instead of an integral: the index Δ/f times x/sin x.
      let index = .pi * waveform.deviation / sin(step)
      #expect((0.5...1.72).contains(index))
      for line in -4...4 {
        let expected = jn(Int32(line), index)
        #expect(abs(probe.power[count / 2 + line * side] - expected * expected) < 1e-5)
      }
      #expect(probe.power(-0.06...0.06) > 0.98)
    }
  }

  @Test("FM of noise deviates as its message, flat over its bandwidth and 10 dB below Δ")
  func frequencyModulatedNoise() {
    for waveform in draws(NarrowFrequencyModulation.self, .noise) {
      let samples = rendered(waveform)
      let turned = frequencies(of: samples).map { IQSample(Float($0 / waveform.deviation), 0) }
      let probe = SpectrumProbe(turned)
      let width = waveform.message.width
      let bins = width * Double(count) / 4
      for quarter in 0..<4 {
        let low = width * Double(quarter) / 4 + 1 / Double(count)
        let power = probe.power(low...(width * Double(quarter + 1) / 4))
        #expect(abs(power / (0.1 / 8) - 1) < 5 / bins.squareRoot())
      }
      // Rounding of phasors, a part in 10⁷ of a radian a sample.
      #expect(probe.power(width + 2 / Double(count)...0.5) < 1e-6)
      #expect(SpectrumProbe(samples).power(-0.06...0.06) > 0.98)
    }
  }

  @Test("mono FM carries nothing beyond 15 of its kilohertz, and fills Carson's 180")
  func mono() {
    // One kilohertz is 32 bins.
    let bandwidth = 180.0 * 32 / Double(count)
    for waveform in draws(
      BroadcastFrequencyModulation.self, .mono, bandwidth: bandwidth, count: 6)
    {
      #expect(abs(waveform.kilohertz * Double(count) - 32) < 1e-9)
      let samples = rendered(waveform)
      let deviation = 75 * waveform.kilohertz
      let probe = SpectrumProbe(
        frequencies(of: samples).map { IQSample(Float($0 / deviation), 0) })
      let edge = 15 * waveform.kilohertz
      #expect(probe.power(edge + 1 / Double(count)...0.5) < 1e-8)
      #expect(probe.power(0...edge) > 1e-3)
      #expect(SpectrumProbe(samples).power(-bandwidth / 2...bandwidth / 2) > 0.98)
    }
  }

  @Test("MSK turns a quarter a symbol, its main lobe is 1.5 symbol rates wide")
  func minimumShiftKeying() {
    for waveform in draws(FrequencyShiftKeying.self, .msk) {
      let samples = rendered(waveform)
      let rate = waveform.symbolRate
      #expect(abs(1.5 * rate - 0.12) < 1e-12)
      for turn in frequencies(of: samples).dropFirst() {
        #expect(abs(abs(turn / rate) - 0.25) < 1e-5)
      }
      let probe = SpectrumProbe(samples)
      // cos²(2πf/Rs)/(1 − 16(f/Rs)²)²: at .75 ± .01 a fifth of a millionth, at 0 ± .1 about one.
      let peak = probe.power(-0.1 * rate...0.1 * rate) / 0.2
      for side in [-0.75, 0.75] {
        let null = probe.power((side - 0.01) * rate...(side + 0.01) * rate) / 0.02
        #expect(null < 1e-3 * peak)
        let lobe = probe.power((side * 4 / 3 - 0.1) * rate...(side * 4 / 3 + 0.1) * rate) / 0.2
        #expect(lobe > 1e-3 * peak)
      }
      // 99 % lie within 1.2 symbol rates.
      #expect(abs(probe.occupiedBandwidth / rate - 1.2) < 0.05)
      #expect(probe.power(-0.06...0.06) > 0.99)
    }
  }

  @Test("wide FSK is two lobes h symbol rates apart, nothing much between them")
  func wideKeying() {
    for waveform in draws(FrequencyShiftKeying.self, .wide) {
      let samples = rendered(waveform)
      let rate = waveform.symbolRate
      #expect((3...10).contains(waveform.index))
      #expect(abs(rate * (1 + waveform.index) - 0.12) < 1e-12)
      for turn in frequencies(of: samples).dropFirst() {
        #expect(abs(abs(turn) - waveform.index * rate / 2) < 1e-6)
      }
      let probe = SpectrumProbe(samples)
      let tone = waveform.index * rate / 2
      for side in [-tone, tone] {
        // Half of the symbols, within five standard errors, and of a rectangle's power .9028 lies
        // in its main lobe, some percent more where the phase is continuous.
        let share = probe.power(side - rate...side + rate)
        #expect(abs(share - 0.46) < 0.03 + 5 * 0.45 / (rate * Double(count)).squareRoot())
      }
      #expect(probe.power(-0.25 * rate...0.25 * rate) < 0.02)
      #expect(probe.power(-0.06...0.06) > 0.86)
    }
  }

  @Test("broad FSK has every octave of h as often as the others, half of each through a filter")
  func broadKeying() {
    let waveforms = draws(FrequencyShiftKeying.self, .broad, count: 600)
    // From 0.3 on up, 4.74 octaves.
    var octaves = [Int](repeating: 0, count: 5)
    for waveform in waveforms {
      #expect((0.3...8).contains(waveform.index))
      #expect(abs(waveform.symbolRate * (1 + waveform.index) - 0.12) < 1e-12)
      if let filter = waveform.bandwidthTime { #expect((0.3...1).contains(filter)) }
      octaves[Int(log2(waveform.index / 0.3))] += 1
    }
    // Five standard deviations of binomial counts.
    for octave in octaves.prefix(4) { #expect(abs(Double(octave) - 126.6) < 5 * 10) }
    let filtered = waveforms.count { $0.bandwidthTime != nil }
    #expect(abs(Double(filtered) - 300) < 5 * 12.3)

    for waveform in waveforms.prefix(8) {
      let turns = frequencies(of: rendered(waveform)).dropFirst().map { abs($0) }
      let deviation = waveform.index * waveform.symbolRate / 2
      // Runs of equal bits reach the deviation, and nothing goes beyond.
      #expect(abs((turns.max() ?? 0) - deviation) < 1e-3 * deviation + 1e-6)
      let isBare = turns.allSatisfy { abs($0 - deviation) < 1e-6 }
      #expect(isBare == (waveform.bandwidthTime == nil))
    }
  }

  @Test("PSK with root-raised-cosine pulses ends at its bandwidth and has its alphabet's symbols")
  func cosinePSK() {
    var alphabets: Set<Constellation> = []
    for waveform in draws(PhaseShiftKeying.self, .rrc) {
      let samples = rendered(waveform)
      let symbols = waveform.symbols(in: count)
      let rate = Double(symbols) / Double(count)
      let rollOff = 0.12 / rate - 1
      #expect((0.1...0.5).contains(rollOff))
      let probe = SpectrumProbe(samples)
      #expect(probe.power(0.06 + 1 / Double(count)...0.5) < 1e-12 * probe.total)
      // Beyond ±Rs/2 a raised cosine has α·(½ − 1/π) of its power; five standard errors.
      let beyond = 1 - probe.power(-rate / 2...rate / 2) / probe.total
      let bins = rollOff * Double(symbols)
      #expect(abs(beyond / (rollOff * (0.5 - 1 / .pi)) - 1) < 5 * (2 / bins).squareRoot())
      var received = matchedSymbols(
        samples, symbols: symbols, rollOff: rollOff, timing: waveform.timing)
      let power = SampleKernels.meanPower(received)
      SampleKernels.scale(&received, by: Float(1 / power.squareRoot()))
      WaveformTests.check(received, waveform.constellation)
      alphabets.insert(waveform.constellation)
    }
    #expect(alphabets == [.bpsk, .qpsk, .psk8])
  }

  @Test("GMSK of GSM, AIS and DECT has their Gaussian filters, and 99 % within its bandwidth")
  func gaussianMinimumShiftKeying() {
    let systems: [GaussianMinimumShiftKeying.Variant: Double] = [
      .gsm: 0.3, .ais: 0.4, .dect: 0.5,
    ]
    for (variant, waveform) in drawsOfVariants(GaussianMinimumShiftKeying.self) {
      WaveformTests.expectSmoothed(waveform.keying, bandwidthTime: systems[variant] ?? 0)
      // The source's table has two digits.
      #expect(abs(SpectrumProbe(rendered(waveform)).power(-0.06...0.06) - 0.99) < 0.004)
    }
  }
}
