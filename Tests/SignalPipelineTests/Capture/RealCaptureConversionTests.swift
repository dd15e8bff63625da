import SignalPipeline
import Testing

/// Captures of real samples, read through ``IQReader``.
@Suite struct RealCaptureConversionTests {
  private let format = SampleFormat(isComplex: false, number: .f32)

  /// The little-endian bytes of real samples.
  private func bytes(_ values: [Float]) -> [UInt8] {
    values.flatMap { value in
      withUnsafeBytes(of: value.bitPattern.littleEndian) { Array<UInt8>($0) }
    }
  }

  private func ramp(_ count: Int) -> [Float] { (0..<count).map { Float($0 % 97) / 97 } }

  private func read(
    _ values: [Float], extra: [UInt8] = [], piece: Int = 1000, chunk: Int = 5000,
    replaceNonfinite: Bool = false
  ) throws -> CaptureFixture.Content {
    let configuration = CaptureConfiguration(format: format, replaceNonfinite: replaceNonfinite)
    return CaptureFixture.content(
      of: try CaptureFixture.open(pipe: bytes(values) + extra, piece: piece, configuration),
      chunk: chunk)
  }

  @Test("rate, centre and count are those of the complex samples")
  func facts() throws {
    let fixture = try CaptureFixture()
    let path = try fixture.write([UInt8](repeating: 1, count: 2 * 7 + 3), to: "a.s16")
    let reader = try CaptureOpening.open(
      path, CaptureConfiguration(sampleRate: 2e6, centerFrequency: 100e6, skipBytes: 3))
    #expect(reader.info.format.rawValue == "ri16_le")
    #expect(reader.info.sampleRate == 1e6)
    #expect(reader.info.centerFrequency == 100.5e6)
    #expect(reader.info.centerShift == 0.5e6)
    #expect(reader.info.sampleCount == 4)
    let content = CaptureFixture.content(of: reader)
    #expect(content.samples.count == 4)
    #expect(content.error == nil)
    let unknown = try CaptureOpening.open(path, CaptureConfiguration(centerFrequency: 100e6))
    #expect(unknown.info.centerFrequency == nil)
    #expect(unknown.info.origins.centerFrequency == nil)
    #expect(unknown.info.centerShift == nil)
    #expect(unknown.info.relativeCenterShift == 0.5)
  }

  @Test("where no centre is known, frequencies count from 0 Hz of the stored samples")
  func frequencyOrigin() throws {
    let fixture = try CaptureFixture()
    let path = try fixture.write([1, 2, 3, 4], to: "a.s16")
    func origin(_ configuration: CaptureConfiguration) throws -> Double {
      try CaptureOpening.open(path, configuration).info.frequencyOrigin
    }
    #expect(try origin(CaptureConfiguration(sampleRate: 48e3)) == 12e3)
    #expect(try origin(CaptureConfiguration(sampleRate: 48e3, centerFrequency: 1e6)) == 1.012e6)
    #expect(try origin(CaptureConfiguration(format: .ci16, sampleRate: 48e3)) == 0)
    #expect(
      try CaptureOpening.open(path, CaptureConfiguration(format: .ci16)).info.relativeCenterShift
        == nil)
  }

  @Test("segments are divided where the complex samples are, each with its own centre")
  func segments() throws {
    let fixture = try CaptureFixture()
    let path = try fixture.write([UInt8](repeating: 1, count: 11), to: "a.raw")
    let stored = [
      CaptureSegment(start: 0, count: 3, dataOffset: 0, centerFrequency: 1e6),
      CaptureSegment(start: 3, count: 8, dataOffset: 3, centerFrequency: 2e6),
    ]
    let reader = try CaptureOpening.open(
      try ByteSource(opening: path), container: .sigmf,
      header: CaptureFacts(format: SampleFormat(rawValue: "ru8"), sampleRate: 4e6),
      name: CaptureFacts(), segments: stored, .default)
    #expect(
      reader.info.segments == [
        CaptureSegment(start: 0, count: 2, dataOffset: 0, centerFrequency: 2e6),
        CaptureSegment(start: 2, count: 4, dataOffset: 3, centerFrequency: 3e6),
      ])
    #expect(reader.info.sampleCount == 6)
  }

  @Test("real samples are refused where that is asked for")
  func refused() throws {
    let fixture = try CaptureFixture()
    let path = try fixture.write([1, 2, 3, 4], to: "a.s16")
    let error = CaptureFixture.error {
      try CaptureOpening.open(path, CaptureConfiguration(realInput: .refuse))
    }
    #expect((error as? FileError)?.kind == .unsupported)
    #expect((error as? FileError)?.reason.contains("ri16_le") == true)
    let complex = CaptureConfiguration(format: .ci8, realInput: .refuse)
    #expect(CaptureFixture.content(of: try CaptureOpening.open(path, complex)).error == nil)
  }

  @Test("pieces of the input and of the output never show")
  func pieces() throws {
    let whole = try read(ramp(100_003), piece: 65_536, chunk: 60_000)
    #expect(whole.samples.count == 50_002)
    for (piece, chunk) in [(37, 5000), (999, 1), (8192, 333), (32_769, 4097)] {
      let other = try read(ramp(100_003), piece: piece, chunk: chunk)
      #expect(other.samples == whole.samples)
    }
  }

  @Test("a fault names the stored sample and its byte, after what came before it")
  func faults() throws {
    for place in [0, 1, 2, 300, 8191, 8192, 20_001] {
      var values = ramp(20_005)
      values[place] = .nan
      let content = try read(values, chunk: 777)
      #expect(content.samples == (try read(Array(values[..<place]))).samples)
      #expect(content.error?.place == "sample \(place) at byte \(4 * place)")
      #expect(content.error?.reason.hasPrefix("it is nan, but must be finite") == true)
    }
    let cut = try read(ramp(1001), extra: [1, 2, 3])
    #expect(cut.samples == (try read(ramp(1001))).samples)
    #expect(cut.error?.description == "-: byte 4004: 3 bytes left, a rf32_le sample has 4")
    #expect(try read([]).error?.reason == "it is empty")
  }

  @Test("a fault is told by no read that had samples to give, and by the end's check after them")
  func end() throws {
    var values = ramp(1000)
    values[999] = .infinity
    var reader = try CaptureFixture.open(
      pipe: bytes(values), CaptureConfiguration(format: format))
    var samples = [IQSample](repeating: .zero, count: 600)
    let first = try reader.read(into: &samples, count: 490)
    #expect(first == 490)
    try reader.checkEnd()
    let rest = try reader.read(into: &samples, count: 600)
    #expect(rest == 10)
    #expect(throws: FileError.self) { try reader.checkEnd() }
  }

  @Test("samples that are not finite become 0 and are counted where that is asked for")
  func replaced() throws {
    var values = ramp(20_000)
    for place in [0, 8191, 8192, 19_999] { values[place] = -.infinity }
    let content = try read(values, replaceNonfinite: true)
    #expect(content.samples == (try read(values.map { $0.isFinite ? $0 : 0 })).samples)
    #expect(content.replaced == 4)
    #expect(content.error == nil)
  }

  @Test("a double beyond a float's range is told as it is stored")
  func wide() throws {
    let bytes = [1e300, 2.0].flatMap { value in
      withUnsafeBytes(of: value.bitPattern.bigEndian) { Array<UInt8>($0) }
    }
    let configuration = CaptureConfiguration(format: SampleFormat(rawValue: "cf64_be"))
    let error = CaptureFixture.content(
      of: try CaptureFixture.open(pipe: bytes, configuration)
    ).error
    #expect(error?.place == "sample 0 at byte 0")
    #expect(error?.reason.hasPrefix("I is 1e+300 and Q is 2.0, but both must be finite") == true)
    #expect(error?.reason.contains("within ±3.4028235e+38") == true)
  }

  @Test("what conversion takes beyond a float's range is an error or 0, never passed on")
  func overflow() throws {
    let values = (0..<1000).map { n -> Float in
      n < 500 ? 0 : (n / 2 % 2 == 0 ? 1 : -1) * .greatestFiniteMagnitude
    }
    let content = try read(values)
    #expect(content.error?.reason.hasPrefix("its conversion leaves the range") == true)
    #expect(content.samples.allSatisfy { $0.i.isFinite && $0.q.isFinite })
    let replaced = try read(values, replaceNonfinite: true)
    #expect(replaced.error == nil)
    #expect(replaced.replaced > 0)
    #expect(replaced.samples.allSatisfy { $0.i.isFinite && $0.q.isFinite })
  }
}
