import SignalPipeline
import Testing

@Suite struct CaptureSpectrumTests {
  private let configuration = SpectrumConfiguration(bins: 300, overlap: 100, window: .hann)

  @Test("a capture's spectrum is that of its samples, bit for bit, whatever its length")
  func capture() throws {
    for count in [300, 65_535, 65_536, 65_537, 140_000] {
      var generator = SeededGenerator(seed: UInt64(count))
      let samples = gaussian(count, &generator)
      var reader = try CaptureFixture.open(
        pipe: CaptureFixture.bytes(samples), piece: 50_021, CaptureConfiguration(format: .cf32))
      let spectrum = try PowerSpectrum(of: &reader, using: configuration)
      #expect(spectrum.segments == configuration.segments(in: count))
      #expect(try spectrum.density == estimate(samples, configuration))
    }
  }

  @Test("segments of different centres have no spectrum in common, those of one centre have")
  func centers() throws {
    let samples = CaptureFixture.ramp(1000)
    func spectrum(_ centers: [Double?], option: Double? = nil) throws -> PowerSpectrum {
      let source = try ByteSource(
        reading: CaptureFixture.pipe(CaptureFixture.bytes(samples), piece: 777), named: "-",
        closes: true)
      let segments = centers.enumerated().map { index, center in
        CaptureSegment(
          start: 500 * index, count: 500, dataOffset: 4000 * index, centerFrequency: center)
      }
      var reader = try CaptureOpening.open(
        source, container: .sigmf, header: CaptureFacts(format: .cf32), name: CaptureFacts(),
        segments: segments, CaptureConfiguration(centerFrequency: option))
      return try PowerSpectrum(of: &reader, using: configuration)
    }
    let one = try spectrum([5e6, 5e6])
    #expect(try one.density == estimate(samples, configuration))
    #expect(try spectrum([5e6, 6e6], option: 1e6).density == one.density)
    for centers in [[5e6, 6e6], [nil, 6e6], [5e6, nil]] as [[Double?]] {
      let error = #expect(throws: FileError.self) { try spectrum(centers) }
      #expect(error?.kind == .unsupported)
      #expect(
        error?.reason.hasPrefix("its 2 segments have different centre frequencies: 0 at ") == true)
      #expect(error?.reason.contains("; choose one with --segment") == true)
    }
  }

  @Test("a capture that is too short or broken has no spectrum")
  func broken() throws {
    func error(_ bytes: [UInt8], _ configuration: SpectrumConfiguration) throws -> FileError? {
      var reader = try CaptureFixture.open(pipe: bytes, CaptureConfiguration(format: .cf32))
      do {
        _ = try PowerSpectrum(of: &reader, using: configuration)
        return nil
      } catch {
        return error as? FileError
      }
    }
    let samples = CaptureFixture.ramp(299)
    #expect(
      try error(CaptureFixture.bytes(samples), configuration)?.description
        == "-: holds 299 samples; a spectrum of 300 bins needs one segment of 300")
    let cut = CaptureFixture.bytes(CaptureFixture.ramp(400)) + [0]
    #expect(try error(cut, configuration)?.place == "byte 3200")
    #expect(try error([], configuration)?.reason == "it is empty")
    var reader = try CaptureFixture.open(pipe: cut, CaptureConfiguration(format: .cf32))
    do {
      _ = try PowerSpectrum(of: &reader, using: .init(bins: 1, overlap: 0, window: .hann))
      Issue.record("one bin was taken")
    } catch is ConfigurationError {}
  }
}
