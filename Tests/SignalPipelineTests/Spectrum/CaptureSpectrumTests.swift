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
