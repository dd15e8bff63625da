import Glibc
import SignalPipeline
import Testing

/// What defines the kinds that carry a voice.
@Suite struct AnalogueWaveformTests {
  @Test("a single side band is its message on one side of the carrier, nothing on the other")
  func singleSideBand() {
    let count = 65_536
    for (variant, waveform) in drawsOfVariants(SingleSideBand.self, count: 6) {
      #expect(waveform.isLower == (variant == .lsb))
      let message = waveform.message.spectrum(samples: count, using: Transforms())
      let probe = SpectrumProbe(rendered(waveform))
      let carrier = 0.06 * (waveform.isLower ? 1 : -1)
      let (empty, full) =
        waveform.isLower ? (carrier...0.5, -0.06...carrier) : (-0.5...carrier, carrier...0.06)
      // The bin of the carrier itself, and rounding in single precision.
      let bin = 1.0 / Double(count)
      let side = waveform.isLower ? empty.lowerBound + bin...0.5 : -0.5...empty.upperBound - bin
      #expect(probe.power(side) < 1e-10 * probe.total)
      #expect(probe.power(full.lowerBound - bin...full.upperBound + bin) > 0.999_999 * probe.total)
      // The message's bins in their order, mirrored below the carrier.
      let origin = count / 2 + (waveform.isLower ? 1 : -1) * (message.count / 2)
      for (k, value) in message.enumerated() {
        let power = probe.power[origin + (waveform.isLower ? -k : k)]
        #expect(abs(power - Double(value.power)) < 1e-6 * probe.total)
      }
    }
  }

  @Test("narrow FM deviates by Δ times its message, and Δ and W make Carson's bandwidth")
  func narrowFM() {
    let count = 65_536
    for waveform in draws(NarrowFrequencyModulation.self, count: 8) {
      let width = waveform.message.width
      #expect(abs(2 * (waveform.deviation + width) - 0.12) < 1e-12)
      #expect((0.5...1.7).contains(waveform.deviation / width))
      let samples = rendered(waveform)
      let turned = frequencies(of: samples)
      let message = waveform.message.spectrum(samples: count, using: Transforms())
      for n in stride(from: 5, to: count, by: 4999) {
        var value = Double(message[0].i)
        for (k, m) in message.enumerated().dropFirst() {
          let angle = 2 * .pi * Double(k * n % count) / Double(count)
          value += 2 * (Double(m.i) * cos(angle) - Double(m.q) * sin(angle))
        }
        // Single-precision transforms and phasors.
        #expect(abs(turned[n] - waveform.deviation * value) < 1e-6)
      }
      #expect(samples.allSatisfy { abs($0.power - 1) < 1e-5 })
      // Carson's bandwidth holds 98 % of a tone's power at any index, and more of a voice's.
      #expect(SpectrumProbe(samples).power(-0.06...0.06) > 0.98)
    }
  }

  @Test("broadcast FM carries sum, pilot and difference where the standard has them")
  func broadcastFM() {
    let count = 65_536
    // One of the multiplex's kilohertz is 32 bins.
    let kilohertz = 32
    for waveform in draws(BroadcastFrequencyModulation.self, bandwidth: 0.125, count: 8) {
      #expect(waveform.kilohertz * Double(count) == Double(kilohertz))
      let samples = rendered(waveform)
      let deviation = 75.0 * 32 / Double(count)
      let multiplex = transformed(
        frequencies(of: samples).map { IQSample(Float($0 / deviation), 0) }
      ).prefix(count / 2).map { IQSample($0.i / Float(count), $0.q / Float(count)) }
      func power(_ low: Int, _ high: Int) -> Double {
        multiplex[low * kilohertz + 1..<high * kilohertz].reduce(0) { $0 + Double($1.power) }
      }
      // Two equal tones make p·sin θ.
      let pilot = multiplex[19 * kilohertz]
      #expect(abs(2 * Double(pilot.power).squareRoot() - waveform.pilot) < 1e-5)
      #expect((0.08...0.1).contains(waveform.pilot))
      // Nothing between and beyond the parts but the rounding of phasors.
      for (low, high) in [(15, 19), (19, 23), (53, 400)] { #expect(power(low, high) < 1e-8) }
      #expect(power(0, 15) > 1e-3)
      #expect(power(23, 53) > 1e-5)

      // The pilot is sin θ: half of exp(iθ)/i. Its square carries the difference.
      let phase = atan2(Double(pilot.i), -Double(pilot.q))
      #expect(abs(remainder(phase / (2 * .pi) - waveform.phase, 1)) < 1e-4)
      let level = (1 - waveform.pilot) / 1.5 / (1 + waveform.width)
      let sum = waveform.sum.spectrum(samples: count, using: Transforms())
      let difference = waveform.difference.spectrum(samples: count, using: Transforms())
      let (c, s) = (cos(2 * phase), sin(2 * phase))
      for k in 1..<sum.count {
        #expect(abs(Double(multiplex[k].i) - level * Double(sum[k].i)) < 1e-5)
        #expect(abs(Double(multiplex[k].q) - level * Double(sum[k].q)) < 1e-5)
        for side in [1, -1] {
          // d·sin 2θ: what stands at 38 ± k is d's bin, below conjugate, times exp(2iθ₀)/2i.
          let value = multiplex[38 * kilohertz + side * k]
          let (i, q) = (Double(value.i), Double(value.q))
          let (re, im) = (2 * (i * s - q * c), 2 * (i * c + q * s))
          let scale = level * waveform.width
          #expect(abs(re - scale * Double(difference[k].i)) < 2e-5)
          #expect(abs(im - scale * Double(side) * Double(difference[k].q)) < 2e-5)
        }
      }
      #expect(SpectrumProbe(samples).power(-0.0625...0.0625) > 0.98)
    }
  }
}
