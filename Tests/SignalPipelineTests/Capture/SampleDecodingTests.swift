import SignalPipeline
import Testing

@Suite struct SampleDecodingTests {
  /// The plain reference of the C kernels: one sample after the other, by the formula.
  private func reference(_ bytes: [UInt8], _ format: SampleFormat) -> [IQSample] {
    let values: [Float] =
      switch format {
      case .cu8: bytes.map { (Float($0) - 127.5) / 127.5 }
      case .ci8: bytes.map { Float(Int8(bitPattern: $0)) / 128 }
      case .ci16:
        stride(from: 0, to: bytes.count, by: 2).map {
          Float(Int16(bitPattern: UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8)) / 32768
        }
      case .cf32:
        stride(from: 0, to: bytes.count, by: 4).map { start in
          Float(bitPattern: (0..<4).reduce(0) { $0 | UInt32(bytes[start + $1]) << (8 * $1) })
        }
      }
    return stride(from: 0, to: values.count, by: 2).map { IQSample(values[$0], values[$0 + 1]) }
  }

  /// Decodes what follows the first `offset` bytes.
  private func decode(
    _ bytes: [UInt8], _ format: SampleFormat, from offset: Int = 0
  ) -> (samples: [IQSample], isFinite: Bool) {
    let count = (bytes.count - offset) / format.bytesPerSample
    var samples = [IQSample](repeating: .zero, count: count)
    var span = samples.mutableSpan
    let isFinite = format.decode(
      bytes.span.bytes.extracting(offset..<offset + count * format.bytesPerSample), into: &span)
    return (samples, isFinite)
  }

  @Test("literal bytes give literal samples")
  func literals() {
    #expect(
      decode([0, 255, 127, 128], .cu8).samples == [
        IQSample(-1, 1), IQSample(-0.5 / 127.5, 0.5 / 127.5),
      ])
    #expect(
      decode([0x80, 0x7f, 0x00, 0xff], .ci8).samples == [
        IQSample(-1, 127.0 / 128), IQSample(0, -1.0 / 128),
      ])
    #expect(
      decode([0x00, 0x80, 0xff, 0x7f, 0x01, 0x00, 0xff, 0xff], .ci16).samples == [
        IQSample(-1, 32767.0 / 32768), IQSample(1.0 / 32768, -1.0 / 32768),
      ])
    #expect(decode([0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0], .cf32).samples == [IQSample(1, -2)])
  }

  @Test("every 8-bit code is scaled as the formula says", arguments: [SampleFormat.cu8, .ci8])
  func codes(format: SampleFormat) {
    let bytes = (0...255).map { UInt8($0) }
    let decoded = decode(bytes, format)
    #expect(decoded.samples == reference(bytes, format))
    #expect(decoded.isFinite)
  }

  @Test("every 16-bit code is scaled as the formula says")
  func words() {
    let bytes = (0...UInt16.max).flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    #expect(decode(bytes, .ci16).samples == reference(bytes, .ci16))
  }

  @Test(
    "any count at any alignment agrees with the plain reference",
    arguments: SampleFormat.allCases)
  func alignments(format: SampleFormat) {
    var generator = SeededGenerator(seed: 5)
    for count in [0, 1, 2, 3, 7, 8, 15, 16, 17, 31, 33, 63, 64, 65, 100] {
      for offset in [0, 1, 3] {
        // Exponents below all ones, so that every cf32 is finite and equal to itself.
        let bytes = (0..<offset + count * format.bytesPerSample).map { _ in
          UInt8(generator.index(below: 128))
        }
        let finite = format == .cf32 ? bytes.map { $0 & 0x3f } : bytes
        let decoded = decode(finite, format, from: offset)
        #expect(decoded.samples == reference(Array(finite.dropFirst(offset)), format))
        #expect(decoded.isFinite)
      }
    }
  }

  @Test(
    "a number that is not finite is noticed wherever it stands",
    arguments: [
      Float.infinity, -.infinity, .nan, -.nan, .signalingNaN, Float(bitPattern: 0xffff_ffff),
    ])
  func nonfinite(value: Float) {
    for place in 0..<80 {
      var samples = CaptureFixture.ramp(40)
      if place % 2 == 0 { samples[place / 2].i = value } else { samples[place / 2].q = value }
      #expect(!decode(CaptureFixture.bytes(samples), .cf32).isFinite, "\(value) at \(place)")
    }
  }

  @Test("the largest, smallest and negative numbers are finite and unchanged")
  func extremes() {
    let samples = [
      IQSample(.greatestFiniteMagnitude, -.greatestFiniteMagnitude),
      IQSample(.leastNonzeroMagnitude, -.leastNormalMagnitude), IQSample(-0.0, 4215),
    ]
    let decoded = decode(CaptureFixture.bytes(samples), .cf32)
    #expect(decoded.isFinite)
    #expect(decoded.samples == samples)
    #expect(decoded.samples[2].i.sign == .minus)
  }
}
