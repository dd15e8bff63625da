import SignalPipeline
import Testing

@Suite("Welch's estimate on several threads")
struct SegmentBlocksTests {
  @Test(
    "any number of threads gives the bits of one, from memory, files' pieces and pipes",
    arguments: [Averaging.mean, .maximum, .minimum, .median, .exponential(segments: 5)])
  func sameBits(averaging: Averaging) throws {
    // Overlaps from none to nearly all, and segments that are filled up with zeros.
    for (bins, length, overlap) in [(64, 64, 32), (64, 50, 0), (64, 64, 63), (96, 33, 20)] {
      let configuration = SpectrumConfiguration(
        bins: bins, segmentLength: length, overlap: overlap, window: .hann, averaging: averaging)
      let hop = length - overlap
      let block = 32 * hop
      // Ends within the first block, at blocks' ends, one sample beside them, and far out.
      let counts = [
        length, length + 1, block - hop + length - 1, block - hop + length, block + length,
        2 * block, 10 * block - hop + length, 10 * block + 7,
      ]
      for count in counts {
        var generator = SeededGenerator(seed: UInt64(count))
        let samples = gaussian(count, &generator)
        let one = try PowerSpectrum(of: samples, using: configuration)
        for workers in [2, 3, 8] {
          #expect(try PowerSpectrum(of: samples, using: configuration, workers: workers) == one)
          var reader = try CaptureFixture.open(
            pipe: CaptureFixture.bytes(samples), piece: 5_021, CaptureConfiguration(format: .cf32))
          let read = try PowerSpectrum(of: &reader, using: configuration, workers: workers)
          #expect(read == one)
          #expect(reader.position == count)
        }
      }
    }
  }

  @Test("threads report a capture's fault as one thread does, and give the reader back")
  func fault() throws {
    let configuration = SpectrumConfiguration(bins: 64, overlap: 32, window: .hann)
    var samples = CaptureFixture.ramp(5000)
    samples[4321].q = .nan
    for workers in [1, 4] {
      var reader = try CaptureFixture.open(
        pipe: CaptureFixture.bytes(samples), CaptureConfiguration(format: .cf32))
      let error = #expect(throws: FileError.self) {
        try PowerSpectrum(of: &reader, using: configuration, workers: workers)
      }
      #expect(error?.place?.contains("4321") == true, "\(error?.description ?? "")")
      #expect(reader.position == 4321)
    }
  }

  @Test("what is not finite in memory shows in the spectrum, on any number of threads")
  func nonfinite() throws {
    let configuration = SpectrumConfiguration(bins: 64, overlap: 32, window: .hann)
    var samples = CaptureFixture.ramp(500_000)
    samples[100_000].i = .nan
    for workers in [1, 2, 3] {
      let spectrum = try PowerSpectrum(of: samples, using: configuration, workers: workers)
      #expect(spectrum.segments == configuration.segments(in: samples.count))
      let finite = spectrum.density.count { !$0.isNaN }
      #expect(finite == 0)
    }
  }

  @Test("samples in memory that are too few are told")
  func tooFew() {
    let configuration = SpectrumConfiguration(bins: 64, overlap: 32, window: .hann)
    for workers in [1, 2] {
      #expect(throws: ConfigurationError.self) {
        try PowerSpectrum(
          of: [IQSample](repeating: .zero, count: 63), using: configuration, workers: workers)
      }
    }
  }
}
