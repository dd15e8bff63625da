import Glibc
import SignalPipeline
import Testing

/// What the air adds to a signal, and the receiver's gain control.
@Suite struct AirTests {
  static let shape = NoiseShape(
    tilt: 5, dip: .init(depth: 6, frequency: 0.47, width: 0.03),
    humps: .init(height: 3, count: 2, phase: 0.2))

  @Test("the noise floor has its tilt, its dip and its humps within 0.2 dB")
  func floor() {
    let shapes = [
      Self.shape,
      NoiseShape(
        tilt: -6, dip: .init(depth: 0, frequency: 0, width: 0.05),
        humps: .init(height: 0, count: 1, phase: 0)),
    ]
    for shape in shapes {
      // The response to an impulse is the filter's at all frequencies at once.
      var impulse = [IQSample](repeating: .zero, count: 4096)
      impulse[2048] = IQSample(4096, 0)
      var scratch: [IQSample] = []
      shape.apply(to: &impulse, around: 0, bandwidth: 1e-6, scratch: &scratch)
      let power = SpectrumProbe(impulse).power
      let reference = shape.level(at: 0)
      for bin in stride(from: 0, to: 4096, by: 8) {
        let frequency = Double(bin - 2048) / 4096
        let expected = shape.level(at: frequency) - reference
        #expect(abs(Decibels.level(power[bin]) - expected) < 0.2)
      }
      // Over 80 % of the band a tilt shows 80 % of itself.
      if shape.dip.depth == 0 {
        let rise = Decibels.level(power[2048 + 1638] / power[2048 - 1638])
        #expect(abs(rise - 0.8 * shape.tilt) < 0.2)
      }
    }
    #expect(abs(Self.shape.level(at: -0.5) - Self.shape.level(at: 0.5)) < 1e-9)
  }

  @Test("with a shaped floor the SNR in the signal's band is the one that was drawn")
  func floorRatio() throws {
    var configuration = SynthesisConfiguration.default
    configuration.impairments = ImpairmentRanges(
      floor: .init(probability: 1, tilt: -6...6, dip: 6...6, dipWidth: 0.02...0.1, humps: 4...4))
    var generator = try SignalGenerator(configuration)
    var sum = 0.0
    for index in 0..<32 {
      let (_, noise, conditions) = generator.components(index)
      let power = SpectrumProbe(noise).power
      let (low, bins) = (conditions.offset - conditions.bandwidth / 2, conditions.bandwidth)
      let first = Int((low * 65_536).rounded()) + 32_768 + 65_536
      let inBand = (0..<Int(bins * 65_536)).reduce(0.0) { $0 + power[(first + $1) % 65_536] }
      let snr = -Decibels.level(inBand)
      // Five standard errors over 3932 bins or more, and 0.1 dB of the filter.
      #expect(abs(snr - conditions.snr) < 0.45)
      sum += (snr - conditions.snr) / 32
    }
    #expect(abs(sum) < 0.1)
  }

  @Test("an adjacent channel has its level, its place and its width")
  func adjacentChannel() throws {
    for (level, offset) in [(-10.0, 0.0), (6, 0.45)] {
      var configuration = SynthesisConfiguration.probe(
        .fsk, bandwidth: 0.1, offset: .fixed(frequency: offset))
      var plain = try SignalGenerator(configuration)
      configuration.impairments.adjacentChannel = .init(
        probability: 1, level: level...level, bandwidth: 0.5...0.5, gap: 0.4...0.4)
      var crowded = try SignalGenerator(configuration)
      let (a, b) = (plain.example(0), crowded.example(0))
      let other = zip(a.samples, b.samples).map { IQSample($1.i - $0.i, $1.q - $0.q) }
      let drawn = try #require(b.conditions.impairments.adjacentChannel)
      #expect(abs(Decibels.level(SampleKernels.meanPower(other)) - level) < 1e-3)
      #expect(abs(abs(drawn.separation) - (0.05 + 0.025 + 0.04)) < 1e-12)
      #expect(abs(drawn.bandwidth - 0.05) < 1e-12)
      let centre = offset + drawn.separation
      let power = SpectrumProbe(other).power
      let first = Int(((centre - 0.025) * 65_536).rounded()) + 32_768 + 65_536
      let inBand = (-2...3278).reduce(0.0) { $0 + power[(first + $1) % 65_536] }
      // A frequency between two bins leaks a few parts in ten thousand.
      #expect(inBand > 0.999 * power.reduce(0, +))
    }
  }

  @Test("impulses come at their rate, with exponential powers of their level")
  func impulses() {
    var samples = [IQSample](repeating: .zero, count: 1_000_000)
    Impulses(rate: 1e-3, level: 20, seed: 9).add(to: &samples)
    let places = samples.indices.filter { samples[$0] != .zero }
    // Five standard errors of Poisson's law; one in two thousand falls on another.
    #expect(abs(Double(places.count) - 1000) < 5 * 1000.0.squareRoot())
    let powers = places.map {
      Double(samples[$0].i * samples[$0].i + samples[$0].q * samples[$0].q) / 100
    }
    let mean = powers.reduce(0, +) / Double(powers.count)
    #expect(abs(mean - 1) < 5 / 1000.0.squareRoot())
    let above = Double(powers.count { $0 > 1 }) / Double(powers.count)
    #expect(abs(above - exp(-1)) < 5 * 0.48 / 1000.0.squareRoot())
    // Gaps are exponential too: their spread is their mean.
    let gaps = zip(places, places.dropFirst()).map { Double($1 - $0) / 1000 }
    let square = gaps.reduce(0) { $0 + $1 * $1 } / Double(gaps.count)
    #expect(abs(square - 2) < 5 * 20.0.squareRoot() / 1000.0.squareRoot())
    // Phases favour no direction.
    let sum = places.reduce(0.0) { $0 + Double(samples[$1].i) } / 10
    #expect(abs(sum) < 5 * (1000.0 / 2).squareRoot())
  }

  @Test("the gain control jumps where and by as much as it is told")
  func gainControl() {
    let control = GainControl(steps: [
      .init(place: 0.75, change: -5), .init(place: 0.25, change: 2),
    ])
    let tone = ImpairmentsTests.tone(5)
    let out = ImpairmentsTests.received(Impairments(agc: control), tone)
    for (place, level) in [(0..<1024, 0.0), (1024..<3072, 2), (3072..<4096, -3)] {
      let power = SampleKernels.meanPower(Array(out[place]))
      #expect(abs(Decibels.level(power) - level) < 1e-4)
    }
    #expect(Array(out[..<1024]) == Array(tone[..<1024]))
    #expect(ImpairmentsTests.received(Impairments(agc: .init(steps: [])), tone) == tone)
  }
}
