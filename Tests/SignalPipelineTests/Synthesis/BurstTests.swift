import SignalPipeline
import Testing

@Suite struct BurstTests {
  @Test("a signal is on in its bursts and nowhere else, at the power that its SNR tells")
  func keyed() throws {
    for ramp in [0, 64, 400] {
      var configuration = SceneTests.crowded(impairments: .clean)
      // Constant envelopes, so that the power is the same at any time.
      configuration.classes = [.gmsk, .nbfm, .fsk, .css]
      configuration.bursts = SceneTests.bursts
      configuration.bursts?.ramp = ramp
      var generator = try SignalGenerator(configuration)
      for index in 0..<12 {
        let (signal, _, conditions) = generator.components(index)
        let density = PortableMath.amplitude(decibels: -2 * conditions.snr) / conditions.bandwidth
        for (samples, drawn) in zip([signal] + generator.others(index), conditions.signals) {
          let bursts = try #require(drawn.bursts)
          let power = PortableMath.amplitude(decibels: 2 * drawn.snr) * density * drawn.bandwidth
          var isOn = [Bool](repeating: false, count: samples.count)
          for burst in bursts {
            #expect(burst.ramp == ramp)
            for n in burst.start..<burst.start + burst.count { isOn[n] = true }
            let inner = burst.start + ramp..<burst.start + burst.count - ramp
            #expect(
              inner.allSatisfy { abs(Double(samples[$0].power) / power - 1) < 1e-4 })
            // At a quarter of the ramp the amplitude is ½(1 − cos ¼π) = 0.146.
            if ramp > 0 {
              let early = Double(samples[burst.start + ramp / 4].power) / power
              #expect(abs(early.squareRoot() - 0.1464) < 0.01)
              let late = Double(samples[burst.start + burst.count - 1 - ramp / 4].power) / power
              #expect(abs(late.squareRoot() - early.squareRoot()) < 1e-4)
            }
          }
          for n in samples.indices where !isOn[n] { #expect(samples[n] == .zero) }
        }
      }
    }
  }

  @Test("bursts keep their law, lie whole in the example and leave keyed classes alone")
  func timing() throws {
    var configuration = SceneTests.crowded()
    configuration.bursts = SceneTests.bursts
    var generator = try SignalGenerator(configuration)
    var counts: Set<Int> = []
    var early = 0
    for index in 0..<96 {
      let conditions = generator.components(index).conditions
      for signal in conditions.signals {
        #expect((signal.bursts == nil) == signal.signalClass.isKeyed)
        guard let bursts = signal.bursts else { continue }
        counts.insert(bursts.count)
        let first = try #require(bursts.first)
        let last = try #require(bursts.last)
        #expect(first.start >= 0 && last.start + last.count <= configuration.samples)
        #expect(bursts.allSatisfy { (1000...6000).contains($0.count) && $0.ramp == 64 })
        for (burst, next) in zip(bursts, bursts.dropFirst()) {
          #expect((500...8000).contains(next.start - burst.start - burst.count))
        }
        if first.start + last.start + last.count < configuration.samples { early += 1 }
      }
    }
    #expect(counts == [1, 2, 3, 4])
    #expect(early > 60)

    configuration.classes = [.fsk]
    configuration.bursts = .init(
      probability: 1, count: 4096...4096, duration: 32_768...32_768, pause: 0...0, ramp: 1 << 22)
    generator = try SignalGenerator(configuration)
    let whole = Burst(start: 0, count: 32_768, ramp: 16_384)
    #expect(generator.example(3).conditions.bursts == [whole])
  }

  @Test("echoes follow a burst, and its energy is what the SNR says")
  func echoes() throws {
    var configuration = SceneTests.crowded()
    configuration.classes = [.rrc, .am]
    configuration.bursts = SceneTests.bursts
    configuration.impairments.require(.multipath)
    configuration.impairments.require(.amplifier)
    configuration.impairments.require(.fading)
    var generator = try SignalGenerator(configuration)
    for index in 0..<8 {
      let (signal, _, conditions) = generator.components(index)
      let time = SceneTests.time(conditions.bursts, of: signal.count)
      #expect(abs(SampleKernels.meanPower(signal) * Double(signal.count) / time - 1) < 1e-4)
      // Delays are 25 samples at most, 3 ppm of clock error; what is further off is the
      // interpolators' error.
      var isNear = [Bool](repeating: false, count: signal.count)
      for burst in conditions.bursts ?? [] {
        for n in burst.start - 100..<burst.start + burst.count + 100 {
          isNear[(n + signal.count) % signal.count] = true
        }
      }
      let rest = signal.indices.filter { !isNear[$0] }.reduce(0.0) { $0 + Double(signal[$1].power) }
      #expect(rest / Double(signal.count) < 1e-6)
    }
  }
}
