import SignalPipeline
import Testing

@Suite struct SampleDecodingTests {
  /// The plain reference of the C kernels: one number after the other, by the formula.
  private func reference(_ bytes: [UInt8], _ format: SampleFormat) -> [Float] {
    let size = format.number.byteCount
    return stride(from: 0, to: bytes.count, by: size).map { start in
      let number = bytes[start..<start + size]
      let word = (format.byteOrder == .bigEndian ? Array(number) : number.reversed())
        .reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      // Shifted up and down again, so that the sign is the word's.
      let signed = Int64(bitPattern: word << (64 - 8 * UInt64(size))) >> (64 - 8 * Int64(size))
      return switch format.number {
      case .u8: (Float(word) - 127.5) / 127.5
      case .u16: (Float(word) - 32767.5) / 32767.5
      case .u32: Float((Double(word) - 2_147_483_647.5) / 2_147_483_647.5)
      case .i8, .i16, .i24, .i32: Float(signed) / Float(1 << (8 * size - 1))
      case .f32: Float(bitPattern: UInt32(word))
      case .f64: Float(Double(bitPattern: word))
      }
    }
  }

  /// Decodes what follows the first `offset` bytes.
  private func decode(
    _ bytes: [UInt8], _ format: SampleFormat, from offset: Int = 0
  ) -> (values: [Float], isFinite: Bool) {
    var values = [Float](
      repeating: 0, count: (bytes.count - offset) / format.number.byteCount)
    var span = values.mutableSpan
    let isFinite = format.decode(bytes.span.bytes.extracting(offset...), into: &span)
    return (values, isFinite)
  }

  private func format(_ datatype: String) throws -> SampleFormat {
    try #require(SampleFormat(rawValue: datatype))
  }

  @Test(
    "literal bytes give literal numbers",
    arguments: [
      ("cu8", [0, 255, 127, 128], [-1, 1, -0.5 / 127.5, 0.5 / 127.5]),
      ("ri8", [0x80, 0x7f, 0x00, 0xff], [-1, 127.0 / 128, 0, -1.0 / 128]),
      (
        "ci16_le", [0x00, 0x80, 0xff, 0x7f, 1, 0, 0xff, 0xff],
        [-1, 32767.0 / 32768, 0x1p-15, -0x1p-15]
      ),
      ("ci16_be", [0x80, 0x00, 0x7f, 0xff], [-1, 32767.0 / 32768]),
      ("cu16_le", [0, 0, 0xff, 0xff, 0xff, 0x7f, 0, 0x80], [-1, 1, -1.0 / 65535, 1.0 / 65535]),
      ("cu16_be", [0, 0, 0x80, 0], [-1, 1.0 / 65535]),
      (
        "ci24_le", [0, 0, 0x80, 0xff, 0xff, 0x7f, 1, 0, 0, 0xff, 0xff, 0xff],
        [-1, 8_388_607.0 / 8_388_608, 0x1p-23, -0x1p-23]
      ),
      ("ri32_le", [0, 0, 0, 0x80, 0, 0, 0, 0x40, 1, 0, 0, 0], [-1, 0.5, 0x1p-31]),
      ("ri32_be", [0x80, 0, 0, 0, 0xff, 0xff, 0xff, 0xff], [-1, -0x1p-31]),
      ("cu32_le", [0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff], [-1, 1]),
      ("cu32_be", [0, 0, 0, 0, 0x80, 0, 0, 0], [-1, 0.5 / 2_147_483_647.5]),
      ("cf32_le", [0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0], [1, -2]),
      ("rf32_be", [0x3f, 0x80, 0, 0], [1]),
      ("cf64_le", [0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 0, 0, 0, 0, 0, 0, 0, 0xc0], [1, -2]),
      ("rf64_be", [0x3f, 0xb9, 0x99, 0x99, 0x99, 0x99, 0x99, 0x9a], [0.1]),
    ] as [(String, [UInt8], [Float])])
  func literals(datatype: String, bytes: [UInt8], values: [Float]) throws {
    #expect(decode(bytes, try format(datatype)).values == values)
  }

  @Test("complex samples are I and Q in turn")
  func complex() {
    var samples = [IQSample.zero, .zero]
    var span = samples.mutableSpan
    let isFinite = SampleFormat.ci8.decode(
      ([0x40, 0xc0, 0x20, 0x00] as [UInt8]).span.bytes, into: &span)
    #expect(isFinite)
    #expect(samples == [IQSample(0.5, -0.5), IQSample(0.25, 0)])
  }

  @Test("every 8-bit code is scaled as the formula says", arguments: ["cu8", "ri8"])
  func codes(datatype: String) throws {
    let bytes = (0...255).map { UInt8($0) }
    let decoded = decode(bytes, try format(datatype))
    #expect(decoded.values == reference(bytes, try format(datatype)))
    #expect(decoded.isFinite)
  }

  @Test(
    "every 16-bit code is scaled as the formula says",
    arguments: ["ci16_le", "ci16_be", "cu16_le", "cu16_be"])
  func words(datatype: String) throws {
    let bytes = (0...UInt16.max).flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    #expect(decode(bytes, try format(datatype)).values == reference(bytes, try format(datatype)))
  }

  @Test(
    "any count at any alignment agrees with the plain reference",
    arguments: SampleFormat.allCases)
  func alignments(format: SampleFormat) {
    var generator = SeededGenerator(seed: 5)
    for count in [0, 1, 2, 3, 7, 8, 15, 16, 17, 31, 33, 63, 64, 65, 100] {
      for offset in [0, 1, 3] {
        // Floats whose exponents are not all ones are finite and equal to themselves.
        let isFloat = format.number == .f32 || format.number == .f64
        let bytes = (0..<offset + count * format.bytesPerSample).map { _ in
          UInt8(generator.index(below: isFloat ? 64 : 256))
        }
        let decoded = decode(bytes, format, from: offset)
        #expect(decoded.values == reference(Array(bytes.dropFirst(offset)), format))
        #expect(decoded.isFinite)
      }
    }
  }

  @Test("NumPy's dtypes read the same bytes alike", arguments: SampleFormat.allCases)
  func numpy(format: SampleFormat) throws {
    let golden = try #require(try FormatGoldens.datatypes()[format.rawValue])
    #expect(decode(golden.bytes, format).values == golden.values)
  }

  @Test(
    "a number that is not finite is noticed wherever it stands",
    arguments: [
      Float.infinity, -.infinity, .nan, -.nan, .signalingNaN, Float(bitPattern: 0xffff_ffff),
    ])
  func nonfinite(value: Float) throws {
    for place in 0..<80 {
      var samples = CaptureFixture.ramp(40)
      if place % 2 == 0 { samples[place / 2].i = value } else { samples[place / 2].q = value }
      let bytes = CaptureFixture.bytes(samples)
      #expect(!decode(bytes, .cf32).isFinite, "\(value) at \(place)")
      #expect(
        !decode(bytes.swapped(by: 4), try format("cf32_be")).isFinite, "\(value) at \(place)")
    }
  }

  @Test(
    "a double that no float holds is not finite",
    arguments: [Double.infinity, .nan, -.greatestFiniteMagnitude, 3.5e38, 0x1.ffffffp127])
  func wide(value: Double) throws {
    for place in 0..<40 {
      var values = [Double](repeating: -0x1.fffffep127, count: 40)
      #expect(decode(values.bytes, try format("rf64_le")).isFinite)
      values[place] = value
      #expect(!decode(values.bytes, try format("rf64_le")).isFinite, "\(value) at \(place)")
      #expect(!decode(values.bytes.swapped(by: 8), try format("rf64_be")).isFinite)
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
    #expect(decoded.values == samples.flatMap { [$0.i, $0.q] })
    #expect(decoded.values[4].sign == .minus)
  }

  @Test(
    "decoding through a window multiplies what decoding gives, bit for bit",
    arguments: SampleFormat.allCases.filter(\.isWindowed), [0, 1, 7, 8, 9, 31, 32, 300])
  func windowed(format: SampleFormat, count: Int) {
    var generator = SeededGenerator(seed: 3)
    for offset in 0..<2 {
      // Two of four bytes kept small keep floats finite.
      let bytes = (0..<offset + count * format.bytesPerSample).map { index -> UInt8 in
        let byte = UInt8(truncatingIfNeeded: generator.next())
        return format.number == .f32 && (index - offset) % 4 > 1 ? byte & 0x3f : byte
      }
      let window = (0..<count).map { _ in Float(generator.uniform(-1...1)) }
      let (plain, _) = decode(bytes, format, from: offset)
      // One value more shows that nothing is written beyond the end.
      var values = [Float](repeating: 9, count: 2 * count + 1)
      let isFinite = values.withUnsafeMutableBufferPointer { values in
        format.decode(
          bytes.span.bytes.extracting(offset...), window: window.span, into: values.baseAddress!)
      }
      #expect(isFinite)
      let expected: [Float] = (0..<2 * count).map { plain[$0] * window[$0 / 2] }
      #expect(values == expected + [9])
    }
  }

  @Test("decoding through a window finds whatever is not finite")
  func windowedNonfinite() {
    for count in [1, 8, 21] {
      for place in 0..<2 * count {
        for bad in [Float.nan, .infinity, -.infinity] {
          var numbers = [Float](repeating: .greatestFiniteMagnitude, count: 2 * count)
          numbers[place] = bad
          let bytes = numbers.flatMap {
            withUnsafeBytes(of: $0.bitPattern.littleEndian, Array.init)
          }
          // Even where the window is 0.
          let window = [Float](repeating: 0, count: count)
          var values = numbers
          let isFinite = values.withUnsafeMutableBufferPointer { values in
            SampleFormat.cf32.decode(
              bytes.span.bytes, window: window.span, into: values.baseAddress!)
          }
          #expect(!isFinite)
        }
      }
    }
  }
}

extension [Double] {
  /// Little-endian, as NumPy and GNU Radio write.
  fileprivate var bytes: [UInt8] {
    flatMap { value in Swift.withUnsafeBytes(of: value.bitPattern.littleEndian) { Array<UInt8>($0) }
    }
  }
}

extension [UInt8] {
  /// Each number of `size` bytes turned about.
  fileprivate func swapped(by size: Int) -> [UInt8] {
    stride(from: 0, to: count, by: size).flatMap { self[$0..<$0 + size].reversed() }
  }
}
