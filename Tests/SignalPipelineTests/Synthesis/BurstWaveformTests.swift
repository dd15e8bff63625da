import SignalPipeline
import Testing

/// What defines the kinds that are not always on.
@Suite struct BurstWaveformTests {
  @Test("on-off keying is on in half of a frame's chips, with a zero at the chip rate")
  func onOffKeying() {
    var density = (notch: 0.0, lobe: 0.0)
    for (variant, waveform) in drawsOfVariants(OnOffKeying.self, count: 10) {
      #expect(waveform.code == variant)
      let samples = rendered(waveform)
      let count = Double(samples.count)
      #expect(abs(waveform.chipRate - 0.06) < 1e-12)
      #expect(samples.allSatisfy { $0.q == 0 && (0...1).contains($0.i) })
      // Only samples that hold a chip's edge lie between; a chip lasts 16.7 samples.
      let between = samples.count { $0.i > 0.01 && $0.i < 0.99 }
      #expect(Double(between) < waveform.chipRate * count)

      let frame: Double = Double(waveform.bits * waveform.code.length)
      let inFrames: Double = waveform.chipRate * count * (1 - waveform.pause)
      let bits: Double = inFrames / Double(waveform.code.length)
      // The deviation of a bit's share of chips: half of it, none, a quarter.
      let deviations: [OnOffKeying.Code: Double] = [
        .plain: 0.5, .manchester: 0, .pulseWidth: 0.25,
      ]
      let deviation: Double = deviations[waveform.code] ?? 0
      var on = 0.0
      for sample in samples { on += Double(sample.i) / count }
      // Five standard errors, and a frame that is cut off at an end of the samples.
      let chips: Double = waveform.chipRate * count
      let statistical: Double = 5 * deviation / bits.squareRoot()
      let cut: Double = frame / chips
      #expect(abs(on - 0.5 * (1 - waveform.pause)) < statistical + cut)

      let probe = SpectrumProbe(samples)
      let rate = waveform.chipRate
      density.notch += probe.power(0.98 * rate...1.02 * rate) / 0.04
      density.lobe += probe.power(0.1 * rate...0.9 * rate) / 0.8
      // The carrier: the square of the share of time that it is on.
      #expect(abs(probe.power[samples.count / 2] - on * on) < 1e-5)
      #expect(probe.power(-rate...rate) > 0.93 * probe.total)
    }
    // sinc² within 2 % of its first zero is 1.4e-4 of its peak on the average.
    #expect(density.notch < 2e-3 * density.lobe)
  }

  @Test("pulse position bursts begin with their preamble, each bit is on in one of its halves")
  func pulsePosition() {
    var lengths = Set<Int>()
    let choices = [nil] + PulsePositionModulation.Variant.allCases.map(Optional.some)
    let all = choices.flatMap { variant in
      draws(PulsePositionModulation.self, variant, count: 5).map { (variant, $0) }
    }
    for (variant, waveform) in all {
      let samples = rendered(waveform)
      let chip = 1 / waveform.chipRate
      #expect(abs(chip - 2 / 0.12) < 1e-9)
      var silence = 0
      var bursts = 0
      for n in samples.indices {
        guard samples[n].power > 0.25 else {
          silence += 1
          continue
        }
        defer { silence = 0 }
        // No burst is silent for more than seven chips; pauses last 60 or more.
        guard Double(silence) > 20 * chip, n + Int(260 * chip) < samples.count else { continue }
        bursts += 1
        let isOn = (0..<245).map { samples[n + Int((Double($0) + 0.5) * chip)].power > 0.25 }
        let pulses = Set((0..<16).filter { isOn[$0] })
        #expect(pulses == [0, 2, 7, 9])
        // The 57th bit is there or not: one of its halves would be on.
        let bits = isOn[128] || isOn[129] ? 112 : 56
        if let variant { #expect(bits == (variant == .long ? 112 : 56)) }
        lengths.insert(bits)
        for bit in 0..<bits { #expect(isOn[16 + 2 * bit] != isOn[17 + 2 * bit]) }
        #expect(!isOn[16 + 2 * bits..<21 + 2 * bits].contains(true))
      }
      #expect(bursts >= 3)
      let share = waveform.longShare
      // A quarter of the preamble, half of the bits; pauses are 270 chips on the average.
      let length = 128 + 112 * share
      let duty = (4 + (length - 16) / 2) / (length + 270)
      #expect(abs(SampleKernels.meanPower(samples) - duty) < 0.12)
      let probe = SpectrumProbe(samples)
      let rate = waveform.chipRate
      #expect(probe.power(-rate...rate) > 0.89 * probe.total)
      #expect(probe.power(0.99 * rate...1.01 * rate) < 1e-4 * probe.total)
    }
    #expect(lengths == [56, 112])
  }

  @Test("a radar pulse sweeps the bandwidth within its duration, at its duty cycle")
  func radarChirp() {
    for (variant, waveform) in drawsOfVariants(RadarChirp.self, count: 6) {
      #expect(waveform.isFalling == (variant == .down))
      let samples = rendered(waveform)
      let count = Double(samples.count)
      let period = waveform.period(in: samples.count)
      #expect(abs(waveform.duration / period - waveform.duty) < 1e-12)
      #expect((32...256).contains(waveform.duration * 0.12))
      let on = samples.count { $0 != .zero }
      #expect(abs(Double(on) - waveform.duty * count) < waveform.duration + count / period)

      let turned = frequencies(of: samples).map { waveform.isFalling ? -$0 : $0 }
      let slope = 0.12 / waveform.duration
      var pulses = 0
      for n in 2..<samples.count where samples[n - 2] != .zero && samples[n] != .zero {
        #expect(abs(turned[n] - turned[n - 1] - slope) < 1e-6)
        if n >= 3, samples[n - 3] == .zero {
          // The first step lies within two samples of the begin of the sweep.
          #expect(abs(turned[n - 1] + 0.06) < 2 * slope + 1e-6)
          pulses += 1
        }
      }
      #expect(abs(Double(pulses) - count / period) <= 1)
      let probe = SpectrumProbe(samples)
      #expect(probe.power(-0.06...0.06) > 0.95 * probe.total)
    }
  }
}
