import Glibc
import SignalPipeline
import Testing

@Suite struct ImpairmentsTests {
  static let count = 4096

  static func tone(_ bin: Int, amplitude: Double = 1) -> [IQSample] {
    (0..<count).map { n in
      let angle = 2 * Double.pi * Double(bin * n % count) / Double(count)
      return IQSample(Float(amplitude * cos(angle)), Float(amplitude * sin(angle)))
    }
  }

  static func received(_ impairments: Impairments, _ samples: [IQSample]) -> [IQSample] {
    var samples = samples
    var receiver = Receiver()
    receiver.apply(impairments, to: &samples)
    return samples
  }

  static func power(_ samples: [IQSample], bin: Int) -> Double {
    SpectrumProbe(samples).power[bin + count / 2]
  }

  @Test("no impairments change nothing")
  func none() {
    #expect(Self.received(Impairments(), Self.tone(7)) == Self.tone(7))
  }

  @Test("a spur adds a tone of its level at its frequency")
  func spur() {
    let silence = [IQSample](repeating: .zero, count: Self.count)
    let spur = Impairments.Spur(level: -13, frequency: -0.25, phase: 0.125)
    let out = Self.received(Impairments(spur: spur), silence)
    // Single-precision phasors: 2e-7 of the amplitude, 2e-6 dB.
    #expect(abs(Decibels.level(Self.power(out, bin: -1024)) + 13) < 1e-4)
    #expect(abs(SpectrumProbe(out).total / Decibels.power(-13) - 1) < 1e-5)
    #expect(abs(out[0].i - out[0].q) < 1e-6 && out[0].i > 0)
  }

  @Test("the roll-off is flat to 0.42 and ends at its drop", arguments: [0.5, 6, 12])
  func rollOff(drop: Double) {
    let rollOff = ReceiverRollOff(drop: drop)
    #expect(rollOff.response(at: 0.42) == 1)
    #expect(abs(20 * log10(rollOff.response(at: 0.5)) + drop) < 1e-9)
    #expect(abs(20 * log10(rollOff.response(at: -0.46)) + drop / 2) < 1e-9)
    for bin in [-2048, -2000, -1900, -1800, -1720, -1000, 0, 500, 1690, 1721, 1884, 2040] {
      let out = Self.received(Impairments(rollOff: drop), Self.tone(bin))
      let expected = 20 * log10(rollOff.response(at: Double(bin) / Double(Self.count)))
      // The 97 taps' own bound.
      #expect(abs(Decibels.level(Self.power(out, bin: bin)) - expected) < 0.06)
    }
  }

  @Test("the imbalance leaves an image of the power that gain and phase imply")
  func imbalance() {
    for (gain, degrees) in [(1.0, 0.0), (0, 5), (-0.7, -3)] {
      let imbalance = Impairments.Imbalance(gain: gain, phase: degrees)
      let out = Self.received(Impairments(imbalance: imbalance), Self.tone(300))
      let g = pow(10, gain / 20)
      let c = cos(degrees * .pi / 180)
      let rejection = (1 + g * g - 2 * g * c) / (1 + g * g + 2 * g * c)
      let measured = Self.power(out, bin: -300) / Self.power(out, bin: 300)
      // Single precision leaves 1e-7 of the tone in an image 25 to 31 dB below it.
      #expect(abs(Decibels.level(measured / rejection)) < 0.01)
    }
  }

  @Test("the DC spike stands at its level below the samples' power")
  func dcSpike() {
    let spike = Impairments.DCSpike(level: -20, phase: 0.25)
    let out = Self.received(Impairments(dcSpike: spike), Self.tone(300, amplitude: 3))
    // Rounding of the samples to 24 bits; the level itself is exact.
    #expect(abs(Decibels.level(Self.power(out, bin: 0) / 9) + 20) < 1e-3)
    let mean = out.reduce(0) { $0 + Double($1.q) } / Double(Self.count)
    #expect(abs(mean - 0.3) < 1e-5)
  }

  @Test("the converter sets the level, keeps to its steps and clips")
  func converter() {
    var generator = SeededGenerator(seed: 5)
    var source = GaussianSource(using: &generator)
    var noise = [IQSample](repeating: .zero, count: 65_536)
    source.fill(&noise)
    for (level, bits) in [(-20.0, 8), (-9, 8), (-12, 4)] {
      let converter = Impairments.Converter(level: level, bits: bits)
      let out = Self.received(Impairments(converter: converter), noise)
      let steps = Float(1 << (bits - 1))
      let codes = out.flatMap { [$0.i * steps, $0.q * steps] }
      #expect(codes.allSatisfy { $0 == $0.rounded() && (-steps...steps - 1).contains($0) })
      // Rounding adds 2·q²/12; clipping at −9 dB full scale takes away less than 0.05 dB.
      let rounding = 2.0 / 12 / Double(steps * steps)
      let expected = Decibels.level(Decibels.power(level) + rounding)
      #expect(abs(Decibels.level(SampleKernels.meanPower(out)) - expected) < 0.05)
      if level == -9 { #expect(codes.contains(127) && codes.contains(-128)) }
    }
    let silence = [IQSample](repeating: .zero, count: 64)
    let converter = Impairments.Converter(level: -9, bits: 8)
    #expect(Self.received(Impairments(converter: converter), silence) == silence)
  }

  @Test("the gain comes last")
  func gain() {
    let converter = Impairments.Converter(level: -9, bits: 8)
    let plain = Self.received(Impairments(converter: converter), Self.tone(5))
    let scaled = Self.received(Impairments(converter: converter, gain: 4), Self.tone(5))
    #expect(scaled == plain.map { IQSample(4 * $0.i, 4 * $0.q) })
  }

  @Test("multipath multiplies each frequency by its transfer function")
  func multipath() {
    let channel = Multipath(echoes: [
      .init(gain: 0.5, delay: 7.3, phase: 0.1), .init(gain: 0.2, delay: 0.4, phase: 0.8),
    ])
    for bin in [-2000, -333, 0, 1, 777, 2047] {
      var samples = Self.tone(bin)
      channel.apply(to: &samples, using: Transforms())
      let frequency = Double(bin) / Double(Self.count)
      var re = 1.0
      var im = 0.0
      for echo in channel.echoes {
        let angle = -2 * Double.pi * (frequency * echo.delay + echo.phase)
        re += echo.gain * cos(angle)
        im += echo.gain * sin(angle)
      }
      let scale = Float(Self.count)
      // The first sample of a tone is 1: what comes out is the transfer function.
      #expect(abs(Double(samples[0].i / scale) - re) < 1e-5)
      #expect(abs(Double(samples[0].q / scale) - im) < 1e-5)
    }
  }

  @Test("every waveform passes through the channel as if it were filtered afterwards")
  func multipathOfWaveforms() {
    let channel = Multipath(echoes: [.init(gain: 0.6, delay: 9.1, phase: 0.3)])
    let transforms = Transforms()
    for signalClass in SignalClass.allCases where signalClass != .noise {
      var generator = SeededGenerator(seed: 8)
      let waveform = signalClass.waveform(bandwidth: 0.1, using: &generator)
      var plain = [IQSample](repeating: .zero, count: 8192)
      var filtered = plain
      waveform.render(into: &plain, through: nil, using: transforms)
      waveform.render(into: &filtered, through: channel, using: transforms)
      channel.apply(to: &plain, using: transforms)
      let scale = (SampleKernels.meanPower(filtered) / SampleKernels.meanPower(plain)).squareRoot()
      let rms = SampleKernels.meanPower(filtered).squareRoot()
      for (a, b) in zip(plain, filtered) {
        #expect(abs(a.i * Float(scale) - b.i) < Float(2e-5 * rms))
        #expect(abs(a.q * Float(scale) - b.q) < Float(2e-5 * rms))
      }
    }
  }

  @Test("phase noise walks with variance 2π·linewidth a sample and leaves the rest alone")
  func phaseNoise() throws {
    let linewidth = 1e-5
    var configuration = SynthesisConfiguration.probe(.fsk)
    var clean = try SignalGenerator(configuration)
    configuration.impairments.phaseNoise = .init(1, linewidth...linewidth)
    var noisy = try SignalGenerator(configuration)
    let (a, b) = (clean.components(0).signal, noisy.components(0).signal)
    let phases = zip(a, b).map { a, b in
      atan2(Double(b.q * a.i - b.i * a.q), Double(b.i * a.i + b.q * a.q))
    }
    for lag in [1, 16] {
      var sum = 0.0
      var steps = 0.0
      for n in stride(from: lag, to: phases.count, by: lag) {
        let step = phases[n] - phases[n - lag]
        let wrapped = step - 2 * .pi * (step / (2 * .pi)).rounded()
        sum += wrapped * wrapped
        steps += 1
      }
      // Five standard errors of a variance, √(2/n).
      let expected = 2 * Double.pi * linewidth * Double(lag)
      #expect(abs(sum / steps / expected - 1) < 5 * (2 / steps).squareRoot())
    }
  }

  @Test("one part's law leaves the other parts' draws alone")
  func independentDraws() {
    var ranges = ImpairmentRanges.sdr
    var first = SeededGenerator(seed: 3)
    var second = first
    let with = (0..<50).map { _ in ranges.draw(bandwidth: 0.1, using: &first) }
    ranges.multipath = nil
    ranges.spur = nil
    let without = (0..<50).map { _ in ranges.draw(bandwidth: 0.1, using: &second) }
    for (a, b) in zip(with, without) {
      var rest = a
      rest.multipath = nil
      rest.spur = nil
      #expect(rest == b)
    }
    #expect(with.contains { $0.spur != nil } && with.contains { $0.multipath != nil })
  }
}
