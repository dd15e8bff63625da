import Foundation
import SignalPipeline
import Testing

@Suite struct ImpairmentRangesTests {
  /// The digest of captures as `generate --captures cf32` writes them.
  static func digest(
    _ impairments: ImpairmentRanges, _ examples: [Int]
  ) throws -> String {
    var configuration = SynthesisConfiguration.default
    configuration.classes = [.fsk]
    configuration.samples = 8192
    configuration.seed = 7
    configuration.impairments = impairments
    var generator = try SignalGenerator(configuration)
    let encoder = try CaptureEncoder(format: SampleFormat(named: "cf32"), level: -12)
    var digest = SHA512()
    for index in examples { digest.update(encoder.encode(generator.example(index).samples)) }
    return digest.hexDigest()
  }

  // The digests are of what the program wrote when it knew nothing of the parts that came later.
  // They are FSK's, without echoes: on its way there is no DFT, whose rounding may differ.

  @Test("the preset clean makes the samples that it always made")
  func cleanBits() throws {
    #expect(
      try Self.digest(.clean, Array(0..<4))
        == "7be2871ee58883f7f9e5f7cd6aa7f91a335bcd9de5c2900e934c368162b9bf33"
        + "04455d5b71182885a34d0d32b7faa5e5f231692cb54fb65c70415770850d3a96")
  }

  @Test("the preset sdr makes the samples that it always made")
  func sdrBits() throws {
    #expect(
      try Self.digest(.sdr, [0, 2, 5, 8, 10, 11])
        == "6eeb8d1c2e0f94e5e8ff52d0b5015987ea040ec3fb24b9fffa338f3074edd410"
        + "f5e0c02d4b25e676ef67ff4feae7776d48067f7843295b7f80efe4fdf31e31af")
  }

  @Test("the preset sdr draws the impairments that it always drew, for all classes")
  func sdrDraws() throws {
    var configuration = SynthesisConfiguration.default
    configuration.classes = [.am, .fsk, .rrc, .ofdm]
    configuration.samples = 2048
    configuration.seed = 7
    var generator = try SignalGenerator(configuration)
    var digest = SHA512()
    for index in 0..<64 {
      let drawn = generator.example(index).conditions.impairments
      digest.update(try JSON.encode(drawn, path: "drawn") + [UInt8(ascii: "\n")])
    }
    #expect(
      digest.hexDigest()
        == "4af4f5b750ab922a358ce306175f43f4756db923e605d76e7b05321de9739b87"
        + "43f37d6a9dabb01b378b974c4303bde72ebfe038057dc839af8cd4913f0eb184")
  }

  /// Draws as many impairments as asked for.
  static func drawn(_ ranges: ImpairmentRanges, _ count: Int = 200) -> [Impairments] {
    var generator = SeededGenerator(seed: 12)
    return (0..<count).map { _ in ranges.draw(bandwidth: 0.1, using: &generator) }
  }

  /// The names of the parts that impairments hold.
  static func parts(_ impairments: Impairments) throws -> Set<String> {
    guard case .object(let fields) = try JSONValue(encoding: impairments) else { return [] }
    return Set(fields.keys)
  }

  @Test(
    "every part can be asked for alone, and taken away", arguments: ImpairmentRanges.Part.allCases)
  func alone(part: ImpairmentRanges.Part) throws {
    var ranges = ImpairmentRanges.clean
    // In few samples impulses must be frequent to be seen.
    ranges.require(part, range: part == .impulses ? 0.01...0.01 : nil)
    try ranges.validate()
    let key = [.clockError, .jitter].contains(part) ? "clock" : part.rawValue
    for drawn in Self.drawn(ranges, 20) { #expect(try Self.parts(drawn) == [key]) }
    var configuration = SynthesisConfiguration.default
    configuration.samples = 4096
    configuration.impairments = .clean
    var plain = try SignalGenerator(configuration)
    configuration.impairments = ranges
    var impaired = try SignalGenerator(configuration)
    for index in 0..<4 {
      let (a, b) = (plain.example(index), impaired.example(index))
      #expect(a.samples != b.samples)
      #expect(b.samples.allSatisfy { $0.i.isFinite && $0.q.isFinite })
    }
    ranges.remove(part)
    #expect(ranges == .clean)
    var harsh = ImpairmentRanges.harsh
    harsh.remove(part)
    #expect(harsh != .harsh)
    let others = Self.drawn(harsh)
    if key != "clock" { #expect(try others.allSatisfy { try !Self.parts($0).contains(key) }) }
    if key != "clock" {
      #expect(try Self.drawn(.harsh).contains { try Self.parts($0).contains(key) })
    }
  }

  @Test("a range that is asked for is the one that is drawn from")
  func ranges() {
    var ranges = ImpairmentRanges.clean
    ranges.require(.amplifier, range: 1...2)
    ranges.require(.fading, range: 1e-4...2e-4)
    ranges.require(.clockError, range: -7 ... -6)
    ranges.require(.jitter, range: 0.1...0.2)
    ranges.require(.floor, range: 3...4)
    ranges.require(.adjacentChannel, range: -3 ... -2)
    ranges.require(.impulses, range: 1e-4...2e-4)
    ranges.require(.agc, range: 2...3)
    ranges.require(.drift, range: 0.001...0.002)
    for drawn in Self.drawn(ranges) {
      #expect((1...2).contains(drawn.amplifier?.backOff ?? 0))
      #expect((1e-4...2e-4).contains(drawn.fading?.doppler ?? 0))
      #expect((-7 ... -6).contains(drawn.clock?.error ?? 0))
      #expect((0.1...0.2).contains(drawn.clock?.jitter ?? 0))
      #expect((3...4).contains(drawn.floor?.tilt ?? 0))
      #expect((-3 ... -2).contains(drawn.adjacentChannel?.level ?? 0))
      #expect((1e-4...2e-4).contains(drawn.impulses?.rate ?? 0))
      #expect(drawn.agc?.steps.allSatisfy { (2...3).contains(abs($0.change)) } ?? false)
      #expect((0.001...0.002).contains(drawn.drift ?? 0))
    }
    // A preset's own law is kept but for its probability.
    var sdr = ImpairmentRanges.sdr
    sdr.require(.spur)
    #expect(sdr.spur == .init(1, -25 ... -8))
  }

  @Test("harsh draws each part as often as it says, and leaves the draws of sdr alone")
  func harsh() throws {
    let (harsh, sdr) = (Self.drawn(.harsh, 400), Self.drawn(.sdr, 400))
    for (a, b) in zip(harsh, sdr) {
      var rest = a
      rest.amplifier = nil
      rest.fading = nil
      rest.clock = nil
      rest.drift = nil
      rest.floor = nil
      rest.adjacentChannel = nil
      rest.impulses = nil
      rest.agc = nil
      #expect(rest == b)
    }
    func share(_ test: (Impairments) -> Bool, is expected: Double) -> Bool {
      // Five standard errors over 400.
      abs(Double(harsh.count(where: test)) / 400 - expected) < 0.125
    }
    #expect(share({ $0.amplifier != nil }, is: 0.5))
    #expect(share({ $0.fading != nil }, is: 0.5))
    #expect(share({ $0.fading?.riceFactor != nil }, is: 0.25))
    #expect(share({ ($0.clock?.error ?? 0) != 0 }, is: 0.5))
    #expect(share({ ($0.clock?.jitter ?? 0) != 0 }, is: 0.3))
    #expect(share({ $0.drift != nil }, is: 0.5))
    #expect(share({ $0.floor != nil }, is: 0.5))
    #expect(share({ $0.adjacentChannel != nil }, is: 0.3))
    #expect(share({ $0.impulses != nil }, is: 0.3))
    #expect(share({ $0.agc != nil }, is: 0.3))
  }

  @Test("harsh examples are the same on any number of threads, and finite at the limits")
  func harshExamples() throws {
    for samples in [1024, 4099] {
      var configuration = SynthesisConfiguration.default
      configuration.samples = samples
      configuration.impairments = .harsh
      configuration.bandwidth = 0.0625...0.5
      let fixed = configuration
      var one = try SignalGenerator(fixed)
      let forwards = (0..<24).map { one.example($0) }
      let threaded = try Parallel.map(24, workers: 3) {
        try SignalGenerator(fixed)
      } _: { generator, index in
        generator.example(index)
      }
      #expect(forwards == threaded)
      #expect(forwards.allSatisfy { $0.samples.allSatisfy { $0.i.isFinite && $0.q.isFinite } })
    }
  }

  @Test("conditions with every part survive JSON")
  func codable() throws {
    for drawn in Self.drawn(.harsh, 40) {
      let data = try JSONEncoder().encode(drawn)
      #expect(try JSONDecoder().decode(Impairments.self, from: data) == drawn)
    }
  }
}
