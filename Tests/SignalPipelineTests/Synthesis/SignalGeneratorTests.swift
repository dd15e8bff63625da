import Foundation
import SignalPipeline
import Testing

@Suite struct SignalGeneratorTests {
  @Test("the same seed gives the same samples, whatever the order and the number of threads")
  func deterministic() throws {
    var configuration = SynthesisConfiguration.default
    configuration.samples = 8192
    let fixed = configuration
    var one = try SignalGenerator(fixed)
    let forwards = (0..<16).map { one.example($0) }
    let backwards = (0..<16).reversed().map { one.example($0) }
    let threaded = try Parallel.map(16, workers: 4) {
      try SignalGenerator(fixed)
    } _: { generator, index in
      generator.example(index)
    }
    #expect(forwards == Array(backwards.reversed()))
    #expect(forwards == threaded)
    #expect(forwards.map(\.label) == (0..<16).map { $0 % 4 })
    #expect(Set(forwards).count == 16)

    configuration.seed = 2
    var other = try SignalGenerator(configuration)
    #expect(other.example(0) != forwards[0])
  }

  @Test("the samples are known, and the same on every machine")
  func bits() throws {
    var digests: [String] = []
    for impairments in [ImpairmentRanges.clean, .sdr] {
      var configuration = SynthesisConfiguration.default
      configuration.impairments = impairments
      var generator = try SignalGenerator(configuration)
      var digest = SHA512()
      for index in 0..<8 { digest.update(CaptureFixture.bytes(generator.example(index).samples)) }
      digests.append(String(digest.hexDigest().prefix(16)))
    }
    #expect(digests == ["56dcf59ce23bc879", "b9f60e861eb497fe"])
  }

  @Test("a first buffer's history never shows: components between examples change nothing")
  func pure() throws {
    var configuration = SynthesisConfiguration.default
    configuration.samples = 4098
    var generator = try SignalGenerator(configuration)
    let first = generator.example(5)
    _ = generator.components(2)
    #expect(generator.example(5) == first)
  }

  @Test("noise is a class without a signal: no power, no SNR, the others' noise and defects")
  func noiseAlone() throws {
    var configuration = SynthesisConfiguration.default
    configuration.classes = [.noise, .am]
    var generator = try SignalGenerator(configuration)
    for index in stride(from: 0, to: 32, by: 2) {
      let (signal, noise, conditions) = generator.components(index)
      #expect(signal.allSatisfy { $0 == .zero })
      #expect(conditions.signalClass == .noise)
      #expect(conditions.snr == -.infinity)
      // The noise beside a signal of power 1 at 0…20 dB, five standard errors.
      let level = Decibels.level(SampleKernels.meanPower(noise) * conditions.bandwidth)
      #expect((-20.085...0.085).contains(level))
      let example = generator.example(index)
      #expect(example.label == 0)
      #expect(example.samples.allSatisfy { $0.i.isFinite && $0.q.isFinite })
      #expect(SampleKernels.meanPower(example.samples) > 0)
      let told = try SyntheticRecording.metadata(
        of: conditions, samples: configuration.samples, format: .cf32, sampleRate: 1e6)
      #expect(told.annotations.first?.label == "noise")
      #expect(told.annotations.first?.extra["psdpipe:snr"] == nil)
      #expect(told.annotations.first?.extra["psdpipe:offset"] == nil)
    }
  }

  @Test("an example without a receiver's impairments is signal plus noise")
  func sum() throws {
    var configuration = SynthesisConfiguration.default
    configuration.samples = 4096
    configuration.impairments = ImpairmentRanges(multipath: ImpairmentRanges.sdr.multipath)
    var generator = try SignalGenerator(configuration)
    let example = generator.example(3)
    let (signal, noise, conditions) = generator.components(3)
    #expect(conditions == example.conditions)
    for n in signal.indices {
      // The example adds the scaled noise in one step: one rounding of values below 32.
      #expect(abs(example.samples[n].i - signal[n].i - noise[n].i) < 4e-6)
      #expect(abs(example.samples[n].q - signal[n].q - noise[n].q) < 4e-6)
    }
  }

  @Test("conditions stay within their laws and fill them")
  func conditions() throws {
    var configuration = SynthesisConfiguration.default
    configuration.samples = 1100
    configuration.bandwidth = 0.06...0.2
    var generator = try SignalGenerator(configuration)
    let drawn = (0..<400).map { generator.example($0).conditions }
    #expect(drawn.allSatisfy { (0...20).contains($0.snr) })
    #expect(drawn.allSatisfy { (0.06...0.2).contains($0.bandwidth) })
    #expect(drawn.allSatisfy { (-0.5...0.5).contains($0.offset) })
    // Five standard errors of a share of one half over 400.
    let share = 5 * 0.5 / 20.0
    func half(_ test: (SynthesisConditions) -> Bool) -> Bool {
      abs(Double(drawn.count(where: test)) / 400 - 0.5) < share
    }
    #expect(half { $0.offset < 0 })
    #expect(half { $0.snr < 10 })
    #expect(half { $0.bandwidth < (0.06 * 0.2).squareRoot() })
    #expect(half { $0.impairments.multipath != nil })
    #expect(half { $0.impairments.phaseNoise != nil })
    #expect(half { $0.impairments.imbalance != nil })
    #expect(half { $0.impairments.dcSpike != nil })
    #expect(half { $0.impairments.converter != nil })
    #expect(drawn.allSatisfy { (0...12).contains($0.impairments.rollOff ?? -1) })
    #expect(drawn.allSatisfy { (0.00099...31.7).contains($0.impairments.gain ?? 0) })
    let spurs = Double(drawn.count { $0.impairments.spur != nil }) / 400
    #expect(abs(spurs - 0.3) < share)

    configuration.offset = .centred
    configuration.impairments = .clean
    generator = try SignalGenerator(configuration)
    let centred = (0..<100).map { generator.example($0).conditions }
    #expect(centred.allSatisfy { abs($0.offset) <= 300.0 / 48_000 })
    #expect(centred.allSatisfy { $0.impairments == Impairments() })
  }

  @Test(
    "an offset near the band's edge wraps around",
    arguments: SignalClass.allCases.filter { $0 != .noise })
  func wraps(signalClass: SignalClass) throws {
    var centred = try SignalGenerator(.probe(signalClass))
    var edge = try SignalGenerator(.probe(signalClass, offset: .fixed(frequency: 0.5)))
    let middle = SpectrumProbe(centred.components(0).signal)
    let wrapped = SpectrumProbe(edge.components(0).signal)
    let count = middle.power.count
    for bin in 0..<count {
      // A shift by half the bins; rounding in single precision leaves −120 dBc.
      #expect(abs(wrapped.power[(bin + count / 2) % count] - middle.power[bin]) < 1e-6)
    }
    let left = wrapped.power(-0.5 ... -0.44)
    let right = wrapped.power(0.44...0.5)
    // What the main lobe of a rectangle holds is 0.903, beside the carrier if there is one.
    #expect(left + right > ([.psk, .ppm, .ook].contains(signalClass) ? 0.89 : 0.95))
    #expect(min(left, right) > 0.02)
  }

  @Test("configurations and conditions survive JSON")
  func codable() throws {
    var configuration = SynthesisConfiguration.default
    configuration.offset = .fixed(frequency: -0.125)
    let data = try JSONEncoder().encode(configuration)
    #expect(try JSONDecoder().decode(SynthesisConfiguration.self, from: data) == configuration)
    configuration.samples = 2048
    var generator = try SignalGenerator(configuration)
    for index in 0..<8 {
      let conditions = generator.example(index).conditions
      let data = try JSONEncoder().encode(conditions)
      #expect(try JSONDecoder().decode(SynthesisConditions.self, from: data) == conditions)
    }
  }

  @Test("what cannot be generated is refused by the field's name")
  func validation() {
    func field(_ change: (inout SynthesisConfiguration) -> Void) -> String? {
      var configuration = SynthesisConfiguration.default
      change(&configuration)
      do {
        _ = try SignalGenerator(configuration)
        return nil
      } catch {
        return error.field
      }
    }
    #expect(field { _ in } == nil)
    #expect(field { $0.classes = [] } == "classes")
    #expect(field { $0.classes = [.am, .am] } == "classes")
    #expect(field { $0.samples = 1000 } == "samples")
    #expect(field { $0.samples = .max } == "samples")
    #expect(field { $0.snr = 0...101 } == "snr")
    #expect(field { $0.snr = -.infinity...0 } == "snr")
    #expect(field { $0.bandwidth = 0...0.1 } == "bandwidth")
    #expect(field { $0.bandwidth = 0.1...0.6 } == "bandwidth")
    #expect(field { $0.offset = .fixed(frequency: 0.6) } == "offset")
    #expect(field { $0.offset = .fixed(frequency: .nan) } == "offset")
    #expect(field { $0.impairments.spur = .init(1.5, 0...1) } == "spur.probability")
    #expect(field { $0.impairments.gain = .init(1, 0...300) } == "gain.range")
    #expect(field { $0.impairments.phaseNoise = .init(1, 0...1e-4) } == "phaseNoise.range")
    #expect(field { $0.impairments.converterBits = 1 } == "converterBits")
    #expect(field { $0.impairments.multipath?.count = 0...1 } == "multipath.count")
  }

  @Test("the limits of every field generate finite samples", arguments: SignalClass.allCases)
  func extremes(signalClass: SignalClass) throws {
    for (samples, bandwidth) in [(1024, 0.0625), (1025, 0.5), (1031, 0.2), (4099, 0.45)] {
      var configuration = SynthesisConfiguration.default
      configuration.classes = [signalClass]
      configuration.samples = samples
      configuration.bandwidth = bandwidth...bandwidth
      configuration.snr = -100...100
      var generator = try SignalGenerator(configuration)
      for index in 0..<8 {
        let example = generator.example(index)
        #expect(example.samples.count == samples)
        #expect(example.samples.allSatisfy { $0.i.isFinite && $0.q.isFinite })
      }
    }
  }
}
