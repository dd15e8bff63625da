import SignalPipeline
import Testing

@Suite struct CaptureEncoderTests {
  static let samples = [
    IQSample(0, 1), IQSample(-1, 0.5), IQSample(2, -2), IQSample(.nan, .infinity),
  ]

  @Test("cu8 maps −1…1 to 0…255 and clips")
  func cu8() throws {
    let bytes = try CaptureEncoder(format: .cu8).encode(Self.samples)
    // 127.5 and 191.25: the tie goes to the even 128.
    #expect(bytes == [128, 255, 0, 191, 255, 0, 128, 255])
  }

  @Test("ci8 has 128 steps to full scale and clips at 127")
  func ci8() throws {
    let bytes = try CaptureEncoder(format: .ci8).encode(Self.samples)
    #expect(bytes.map { Int8(bitPattern: $0) } == [0, 127, -128, 64, 127, -128, 0, 127])
    let ties = [IQSample(0.5 / 128, 1.5 / 128), IQSample(-0.5 / 128, -2.5 / 128)]
    let even = try CaptureEncoder(format: .ci8).encode(ties)
    #expect(even.map { Int8(bitPattern: $0) } == [0, 2, 0, -2])
  }

  @Test("ci16 is little-endian")
  func ci16() throws {
    let bytes = try CaptureEncoder(format: .ci16).encode([IQSample(0.5, -1), IQSample(1, 1e-9)])
    #expect(bytes == [0x00, 0x40, 0x00, 0x80, 0xff, 0x7f, 0, 0])
  }

  @Test("the other types are stored by their width, their sign and the order of their bytes")
  func others() throws {
    func encoded(_ datatype: String) throws -> [UInt8] {
      let format = try #require(SampleFormat(rawValue: datatype))
      return try CaptureEncoder(format: format).encode([IQSample(-1, 0.5)])
    }
    #expect(try encoded("ci16_be") == [0x80, 0, 0x40, 0])
    #expect(try encoded("cu16_le") == [0, 0, 0xff, 0xbf])
    #expect(try encoded("ci24_le") == [0, 0, 0x80, 0, 0, 0x40])
    #expect(try encoded("ci32_be") == [0x80, 0, 0, 0, 0x40, 0, 0, 0])
    #expect(try encoded("cu32_le") == [0, 0, 0, 0, 0xff, 0xff, 0xff, 0xbf])
    #expect(try encoded("cf32_be") == [0xbf, 0x80, 0, 0, 0x3f, 0, 0, 0])
    #expect(try encoded("cf64_le").suffix(8) == [0, 0, 0, 0, 0, 0, 0xe0, 0x3f])
  }

  @Test("a real format has no room for Q")
  func real() throws {
    let format = try #require(SampleFormat(rawValue: "ri16_le"))
    #expect(throws: ConfigurationError.self) { try CaptureEncoder(format: format) }
  }

  @Test("cf32 keeps every bit, beyond full scale too")
  func cf32() throws {
    let bytes = try CaptureEncoder(format: .cf32).encode([IQSample(-2, 0.1)])
    #expect(bytes == [0, 0, 0, 0xc0, 0xcd, 0xcc, 0xcc, 0x3d])
  }

  @Test(
    "the level is the rms over both parts", arguments: SampleFormat.allCases.filter(\.isComplex))
  func level(format: SampleFormat) throws {
    var generator = SeededGenerator(seed: 3)
    var source = GaussianSource(using: &generator)
    var noise = [IQSample](repeating: .zero, count: 4096)
    source.fill(&noise)
    let bytes = try CaptureEncoder(format: format, level: -15).encode(noise)
    #expect(bytes.count == noise.count * format.bytesPerSample)
    guard format == .ci16 else { return }
    var power = 0.0
    for n in stride(from: 0, to: bytes.count, by: 2) {
      let value = Int16(bitPattern: UInt16(bytes[n]) | UInt16(bytes[n + 1]) << 8)
      power += Double(value) * Double(value) / (32_768 * 32_768)
    }
    // Steps of 1/32768 at this level: the rounding noise lies 84 dB below.
    #expect(abs(Decibels.level(power / 4096) + 15) < 1e-3)
  }

  @Test("the level is that of the strongest signal's bursts, which are not clipped")
  func bursts() throws {
    var configuration = SceneTests.crowded(1...1, impairments: .clean)
    configuration.classes = [.gmsk, .css]
    configuration.snr = 40...40
    configuration.others?.snr = 0...0
    configuration.bursts = .init(
      probability: 1, count: 1...2, duration: 300...600, pause: 100...300, ramp: 0)
    let encoder = try CaptureEncoder(format: .ci16, level: -12)
    var generator = try SignalGenerator(configuration)
    for index in 0..<8 {
      let example = generator.example(index)
      let bytes = encoder.encode(example)
      let values = stride(from: 0, to: bytes.count, by: 2).map {
        Int16(bitPattern: UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8)
      }
      #expect(!values.contains(.max) && !values.contains(.min))
      // The first is 40 dB stronger, and its envelope constant.
      for burst in try #require(example.conditions.bursts) {
        let power = values[2 * burst.start..<2 * (burst.start + burst.count)]
          .reduce(0.0) { $0 + Double($1) * Double($1) / (32_768 * 32_768) }
        #expect(abs(Decibels.level(power / Double(burst.count)) + 12) < 0.3)
      }
    }
    configuration.bursts?.probability = 0
    generator = try SignalGenerator(configuration)
    let example = generator.example(1)
    #expect(encoder.encode(example) == encoder.encode(example.samples))
  }

  @Test("silence stays silence; an impossible level is refused")
  func edges() throws {
    let silence = [IQSample](repeating: .zero, count: 3)
    let bytes = try CaptureEncoder(format: .ci8, level: -10).encode(silence)
    #expect(bytes == [UInt8](repeating: 0, count: 6))
    #expect(try CaptureEncoder(format: .ci8, level: 0).encode([]).isEmpty)
    #expect(throws: ConfigurationError.self) { try CaptureEncoder(format: .ci8, level: .nan) }
  }
}
