import SignalPipeline
import Testing

@Suite struct IQReaderTests {
  /// Samples of cf32 in one block of the byte source.
  private let block = ByteSource.blockSize / 8

  @Test("a file read in odd chunks equals one read", arguments: SampleFormat.allCases)
  func chunks(format: SampleFormat) throws {
    let fixture = try CaptureFixture()
    let count = 300_001
    // The first and last byte of four kept small keep floats finite in both orders.
    let bytes = (0..<count * format.bytesPerSample).map {
      UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 9) & ($0 % 4 % 3 == 0 ? 0x3f : 0xff)
    }
    let path = try fixture.write(bytes, to: "a.raw")
    let configuration = CaptureConfiguration(format: format)
    let whole = CaptureFixture.content(
      of: try CaptureOpening.open(path, configuration), chunk: count + 1)
    #expect(whole.samples.count == (format.isComplex ? count : (count + 1) / 2))
    #expect(whole.error == nil)
    for chunk in [4_097, 131_071, 131_073] {
      let parts = CaptureFixture.content(
        of: try CaptureOpening.open(path, configuration), chunk: chunk)
      #expect(parts.samples == whole.samples, "chunks of \(chunk)")
    }
    let piped = CaptureFixture.content(
      of: try CaptureFixture.open(pipe: bytes, piece: 4_999, configuration), chunk: 10_007)
    #expect(piped.samples == whole.samples)
    #expect(piped.error == nil)
  }

  @Test("a pipe that brings one byte at a time is read like any other")
  func drops() throws {
    let samples = CaptureFixture.ramp(300)
    let content = CaptureFixture.content(
      of: try CaptureFixture.open(
        pipe: CaptureFixture.bytes(samples), piece: 1, CaptureConfiguration(format: .cf32)),
      chunk: 7)
    #expect(content.samples == samples)
  }

  @Test("a range of an array is filled and the rest left alone")
  func range() throws {
    let samples = CaptureFixture.ramp(10)
    var reader = try CaptureFixture.open(
      pipe: CaptureFixture.bytes(samples), CaptureConfiguration(format: .cf32))
    var window = [IQSample](repeating: IQSample(9, 9), count: 8)
    let first = try reader.read(into: &window, range: 2..<6)
    #expect(first == 4)
    #expect(window[..<2] + window[6...] == [IQSample](repeating: IQSample(9, 9), count: 4)[...])
    #expect(window[2..<6] == samples[..<4])
    let rest = try reader.read(into: &window, count: 8)
    #expect(rest == 6)
    #expect(window[..<6] == samples[4...])
    let position = reader.position
    #expect(position == 10)
    let end = try reader.read(into: &window, count: 8)
    #expect(end == 0)
  }

  @Test("a cut-off sample is reported at the byte where it begins, after the samples before it")
  func truncated() throws {
    let fixture = try CaptureFixture()
    for count in [1, block - 1, block, block + 1] {
      let samples = CaptureFixture.ramp(count)
      for left in [1, 7] {
        let bytes = CaptureFixture.bytes(samples) + [UInt8](repeating: 0, count: left)
        let path = try fixture.write(bytes, to: "cut.cf32")
        for reader in [0, 1] {
          let content = CaptureFixture.content(
            of: reader == 0
              ? try CaptureOpening.open(path)
              : try CaptureFixture.open(
                pipe: bytes, piece: 60_001, CaptureConfiguration(format: .cf32)))
          #expect(content.samples == samples)
          #expect(content.error?.kind == .malformed)
          #expect(content.error?.place == "byte \(count * 8)")
          #expect(
            content.error?.reason
              == "\(left) \(left == 1 ? "byte" : "bytes") left, a cf32_le sample has 8")
        }
      }
    }
  }

  @Test("a file of less than one sample names its first byte")
  func fragment() throws {
    let fixture = try CaptureFixture()
    let path = try fixture.write([1, 2, 3], to: "a.cs16")
    let content = CaptureFixture.content(of: try CaptureOpening.open(path))
    #expect(content.error?.description == "\(path): byte 0: 3 bytes left, a ci16_le sample has 4")
  }

  @Test("a sample that is not finite is reported with its byte, after the samples before it")
  func nonfinite() throws {
    let fixture = try CaptureFixture()
    for place in [0, 1, block - 2, block - 1, block, block + 1, 2 * block - 1] {
      var samples = CaptureFixture.ramp(2 * block)
      samples[place].q = .nan
      let header = [UInt8](repeating: 7, count: 5)
      let path = try fixture.write(header + CaptureFixture.bytes(samples), to: "nan.cf32")
      let configuration = CaptureConfiguration(skipBytes: 5)
      let content = CaptureFixture.content(of: try CaptureOpening.open(path, configuration))
      #expect(content.samples == Array(samples[..<place]))
      #expect(content.error?.kind == .malformed)
      #expect(content.error?.place == "sample \(place) at byte \(5 + place * 8)")
      #expect(content.error?.reason.contains("Q is nan") == true)
    }
  }

  @Test("the error comes again with every further read")
  func sticky() throws {
    var reader = try CaptureFixture.open(
      pipe: CaptureFixture.bytes([IQSample(.infinity, 0), .zero]),
      CaptureConfiguration(format: .cf32))
    var samples = [IQSample](repeating: .zero, count: 4)
    var errors: [FileError] = []
    for _ in 0..<3 {
      do throws(FileError) {
        _ = try reader.read(into: &samples, count: 4)
      } catch {
        errors.append(error)
      }
    }
    #expect(errors.count == 3)
    #expect(Set(errors).count == 1)
    #expect(errors.first?.reason.contains("I is inf") == true)
  }

  @Test("samples that are not finite become 0 and are counted where that is asked for")
  func replaced() throws {
    var samples = CaptureFixture.ramp(2 * block + 3)
    for place in [0, block - 1, block, 2 * block + 2] { samples[place].i = -.infinity }
    let configuration = CaptureConfiguration(format: .cf32, replaceNonfinite: true)
    let content = CaptureFixture.content(
      of: try CaptureFixture.open(
        pipe: CaptureFixture.bytes(samples), piece: 99_999, configuration))
    let expected = samples.map { $0.i.isFinite ? $0 : .zero }
    #expect(content.samples == expected)
    #expect(content.replaced == 4)
    #expect(content.error == nil)
  }
}
