import Foundation
import SignalPipeline
import Testing

@Suite struct ChannelizerTests {
  private typealias Configuration = Channelizer.Configuration

  /// Converts samples that are added and read in pieces.
  private func channel(
    _ samples: [IQSample], _ configuration: Channelizer.Configuration, added: Int, read: Int
  ) throws -> [IQSample] {
    var channelizer = try Channelizer(configuration)
    var result: [IQSample] = []
    func drain() {
      var room = [IQSample](repeating: .zero, count: read)
      while true {
        let count = channelizer.read(into: &room, count: read)
        if count == 0 { return }
        result += room[..<count]
      }
    }
    for start in stride(from: 0, to: samples.count, by: added) {
      channelizer.append(samples.span.extracting(start..<min(samples.count, start + added)))
      drain()
    }
    channelizer.finish()
    drain()
    return result
  }

  private func channel(
    _ samples: [IQSample], _ configuration: Channelizer.Configuration
  ) throws -> [IQSample] {
    try Channelizer.channel(of: samples.span, configuration)
  }

  private func noise(_ count: Int, seed: UInt64 = 11) -> [IQSample] {
    var generator = ReferenceGenerator(state: seed)
    return generator.noise(count)
  }

  private func tone(_ frequency: Double, _ count: Int) -> [IQSample] {
    (0..<count).map { n in
      let angle = 2 * Double.pi * (frequency * Double(n)).truncatingRemainder(dividingBy: 1)
      return IQSample(Float(cos(angle)), Float(sin(angle)))
    }
  }

  @Test("channels agree with SciPy's mixer, filter and polyphase resampling")
  func golden() throws {
    let url = try #require(
      Bundle.module.url(forResource: "Goldens/channelizer/channels", withExtension: "txt"))
    let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n").dropFirst()
    var channels = 0
    var expected: [IQSample] = []
    var found: [IQSample] = []
    func compare() {
      #expect(found.count == expected.count)
      for (sample, value) in zip(found, expected) {
        // Phasors good to 2e-7 and some 100 roundings of sums below 2.
        #expect(abs(sample.i - value.i) < 4e-6 && abs(sample.q - value.q) < 4e-6)
      }
    }
    for line in lines {
      let words = line.split(separator: " ")
      if words[0] == "channel" {
        compare()
        channels += 1
        expected = []
        found = try channel(
          noise(400),
          Configuration(
            frequency: #require(Double(words[1])),
            ratio: RateRatio(up: #require(Int(words[2])), down: #require(Int(words[3]))),
            attenuation: #require(Double(words[4]))))
      } else {
        expected.append(IQSample(try #require(Float(words[0])), try #require(Float(words[1]))))
      }
    }
    compare()
    #expect(channels == 6)
  }

  @Test(
    "pieces never show, however odd they are",
    arguments: [(1, 4), (3, 7), (5, 3), (64, 75), (1, 100), (1, 1)])
  func pieces(up: Int, down: Int) throws {
    let samples = noise(3001)
    let configuration = Configuration(
      frequency: 0.1234567, ratio: try RateRatio(up: up, down: down))
    let whole = try channel(samples, configuration)
    #expect(whole.count == (3001 * up + down - 1) / down)
    for (added, read) in [(1, 1), (2, 1000), (97, 3), (3000, 64)] {
      #expect(try channel(samples, configuration, added: added, read: read) == whole)
    }
  }

  @Test(
    "the passband is flat within 0.002 dB and the stopband 80 dB down",
    arguments: [(1, 4), (3, 7), (64, 75), (1, 33), (5, 3)])
  func response(up: Int, down: Int) throws {
    let configuration = Configuration(frequency: 0, ratio: try RateRatio(up: up, down: down))
    let taps = configuration.prototype().map(Double.init)
    let side = taps.count / 2
    let slower = Double(max(up, down))
    func gain(_ frequency: Double) -> Double {
      let sum = (1...side).reduce(taps[side]) {
        $0 + 2 * taps[side + $1] * cos(2 * .pi * frequency / slower * Double($1))
      }
      return abs(sum) / Double(up)
    }
    for k in 0...200 {
      #expect(abs(20 * log10(gain(0.42 * Double(k) / 200))) < 0.002)
      let stop = 0.58 + (slower / 2 - 0.58) * Double(k) / 200
      // Kaiser's formula for β meets its attenuation to some tenths of a dB.
      if slower > 1.16 { #expect(20 * log10(gain(stop)) < -79.5) }
    }
    #expect(abs(gain(0.5) - 0.5) < 0.01)
  }

  @Test("a tone stands where the ratio puts it, and phase runs on without drift")
  func phase() throws {
    let (frequency, centre, ratio) = (0.2, 0.19, try RateRatio(up: 2, down: 9))
    let found = try channel(
      tone(frequency, 90_000), Configuration(frequency: centre, ratio: ratio))
    let expected = tone((frequency - centre) * 4.5, found.count)
    // Samples far from both ends; Float's phase of the input's tone, and the ripple.
    for n in stride(from: 200, to: found.count - 200, by: 37) {
      #expect(abs(found[n].i - expected[n].i) < 3e-4 && abs(found[n].q - expected[n].q) < 3e-4)
    }
  }

  @Test("white noise keeps its density per Hz")
  func density() throws {
    let channel = try channel(
      noise(1 << 19), Configuration(frequency: -0.4, ratio: RateRatio(up: 2, down: 5)))
    let estimated = try estimate(
      channel, SpectrumConfiguration(bins: 256, overlap: 128, window: .hann))
    // Two parts uniform over ±1, of power 1/3 each, in 2/5 of the rate.
    let expected: Float = 2.0 / 3 * 2 / 5
    for (bin, density) in estimated.enumerated() {
      // 1600 segments: 0.025 rms, five times that; beyond the passband 3 dB less at the ends.
      let least: Float = (21...235).contains(bin) ? 0.87 : 0.43
      #expect(density > least * expected && density < 1.13 * expected, "bin \(bin)")
    }
  }

  @Test("a ratio of 1 without a shift leaves the samples as they are")
  func identity() throws {
    let samples = noise(500)
    let found = try channel(samples, Configuration(frequency: 0, ratio: RateRatio(up: 1, down: 1)))
    #expect(found.count == 500)
    for (a, b) in zip(found, samples) {
      #expect(abs(a.i - b.i) < 1e-6 && abs(a.q - b.q) < 1e-6)
    }
  }

  @Test("no sample makes none, and few make their share", arguments: 0...4)
  func few(count: Int) throws {
    let configuration = Configuration(frequency: 0.1, ratio: try RateRatio(up: 2, down: 3))
    #expect(try channel(noise(count), configuration).count == (2 * count + 2) / 3)
  }

  @Test("ratios are found close to a number, and refused out of range")
  func ratios() throws {
    #expect(try RateRatio(near: 2.048 / 2.4, tolerance: 1e-9) == RateRatio(up: 64, down: 75))
    #expect(try RateRatio(up: 128, down: 150) == RateRatio(up: 64, down: 75))
    #expect(try RateRatio(near: 0.3333, tolerance: 0.01) == RateRatio(up: 1, down: 3))
    let pi = try RateRatio(near: .pi / 10, tolerance: 1e-6)
    #expect(abs(pi.value - .pi / 10) < 1e-6)
    #expect(try RateRatio(near: 1e-6, tolerance: 0).down == 1_000_000)
    for value in [0, -1, .nan, 1e7, 1e-7] as [Double] {
      #expect(throws: ConfigurationError.self) { try RateRatio(near: value, tolerance: 1e-3) }
    }
    #expect(throws: ConfigurationError.self) { try RateRatio(up: 0, down: 1) }
    #expect(throws: ConfigurationError.self) { try RateRatio(up: 1, down: 1_000_001) }
  }

  @Test("configurations that cannot serve are refused by name")
  func refused() throws {
    let ratio = try RateRatio(up: 1, down: 2)
    let broken = [
      Configuration(frequency: .nan, ratio: ratio), Configuration(frequency: 2, ratio: ratio),
      Configuration(frequency: 0, ratio: ratio, passband: 0.6),
      Configuration(frequency: 0, ratio: ratio, passband: 0),
      Configuration(frequency: 0, ratio: ratio, stopband: .nan),
      Configuration(frequency: 0, ratio: ratio, attenuation: 40),
      Configuration(frequency: 0, ratio: try RateRatio(up: 1, down: 1_000_000)),
    ]
    for configuration in broken {
      #expect(throws: ConfigurationError.self) { try Channelizer(configuration) }
    }
  }
}
