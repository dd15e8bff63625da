import SignalPipeline
import Testing

@Suite("Welch's estimate of samples as they are stored")
struct StoredSegmentsTests {
  private let complex = SampleFormat.allCases.filter(\.isComplex)

  /// Noise as a format stores it.
  private func bytes(_ count: Int, _ format: SampleFormat) -> [UInt8] {
    var generator = SeededGenerator(seed: 5)
    let size = format.number.byteCount
    return (0..<count * format.bytesPerSample).map { index in
      let byte = UInt8(truncatingIfNeeded: generator.next())
      guard !format.number.isInteger else { return byte }
      // Exponents about zero.
      let place = format.byteOrder == .littleEndian ? size - 1 - index % size : index % size
      return place == 0 ? byte & 0x80 | 0x3f : byte
    }
  }

  /// What one thread makes of the decoded samples.
  private func decoded(
    _ bytes: [UInt8], _ format: SampleFormat, _ configuration: SpectrumConfiguration
  ) throws -> PowerSpectrum {
    var samples = [IQSample](repeating: .zero, count: bytes.count / format.bytesPerSample)
    var span = samples.mutableSpan
    #expect(format.decode(bytes.span.bytes, into: &span))
    return try PowerSpectrum(of: samples, using: configuration)
  }

  @Test("the bits are those of the decoded samples, for any format, length and reading")
  func sameBits() throws {
    let fixture = try CaptureFixture()
    let configurations = [
      SpectrumConfiguration(bins: 64, overlap: 32, window: .hann),
      SpectrumConfiguration(bins: 96, segmentLength: 33, overlap: 20, window: .blackman),
      SpectrumConfiguration(bins: 100, overlap: 0, window: .hann, detrend: .linear),
      // A segment is longer than a block that is read.
      SpectrumConfiguration(bins: 60_000, overlap: 30_000, window: .hann),
    ]
    for format in complex {
      for configuration in configurations {
        let bytes = bytes(configuration.bins == 60_000 ? 190_001 : 12_345, format)
        let expected = try decoded(bytes, format, configuration)
        let path = try fixture.write(bytes, to: "a.raw")
        for workers in [1, 3] {
          var file = try CaptureOpening.open(path, CaptureConfiguration(format: format))
          var pipe = try CaptureFixture.open(
            pipe: bytes, piece: 4_999, CaptureConfiguration(format: format))
          let read = [
            try PowerSpectrum(of: &file, using: configuration, workers: workers),
            try PowerSpectrum(of: &pipe, using: configuration, workers: workers),
          ]
          #expect(read == [expected, expected], "\(format), \(configuration), \(workers) threads")
        }
      }
    }
  }

  @Test("each stretch of a capture is estimated as if it were one")
  func stretches() throws {
    let configuration = SpectrumConfiguration(bins: 64, overlap: 32, window: .hann)
    let bytes = bytes(10_000, .cu8)
    // Of whole segments, not of them, and longer than the capture.
    for stretch in [64, 640, 1000, 20_000] {
      var reader = try CaptureFixture.open(
        pipe: bytes, piece: 777, CaptureConfiguration(format: .cu8))
      var estimator = try WelchEstimator(configuration)
      var start = 0
      try estimator.read(&reader, every: stretch) { row in
        #expect(row.start == start)
        let part = Array(bytes[2 * start..<2 * (start + row.samples)])
        let expected = try decoded(part, .cu8, configuration)
        #expect(row.spectrum == expected)
        start += row.samples
      }
      #expect(start >= 10_000 - 63)
    }
  }

  @Test("headers between the samples are passed over")
  func headers() throws {
    let fixture = try CaptureFixture()
    let configuration = SpectrumConfiguration(bins: 64, overlap: 32, window: .hann)
    let bytes = bytes(9_000, .ci16)
    try fixture.write(
      Array(bytes[..<20_000]) + [UInt8](repeating: 77, count: 50) + Array(bytes[20_000...]),
      to: "a.bin")
    let meta = try fixture.write(
      Array(
        """
        {"global": {"core:datatype": "ci16_le", "core:version": "1.2.5", "core:dataset": "a.bin"},
        "captures": [{"core:sample_start": 0},
        {"core:sample_start": 5000, "core:header_bytes": 50}], "annotations": []}
        """.utf8), to: "a.sigmf-meta")
    for workers in [1, 2] {
      var reader = try CaptureOpening.open(meta, CaptureConfiguration())
      let spectrum = try PowerSpectrum(of: &reader, using: configuration, workers: workers)
      let expected = try decoded(bytes, .ci16, configuration)
      #expect(spectrum == expected)
    }
  }

  @Test("a fault ends the samples at the same place however they are read")
  func faults() throws {
    let configuration = SpectrumConfiguration(bins: 64, overlap: 32, window: .hann)
    let integers = bytes(5_000, .ci16)
    var floats = bytes(5_000, .cf32)
    floats.replaceSubrange(8 * 4_321 + 4..<8 * 4_322, with: [0, 0, 0x80, 0x7f])
    let cases: [(SampleFormat, [UInt8], String, Int)] = [
      (.ci16, Array(integers.dropLast(3)), "byte 19996: 1 byte left", 4_999),
      (.cf32, floats, "sample 4321 at byte 34568: I is", 4_321),
    ]
    for (format, bytes, reason, position) in cases {
      for workers in [1, 2] {
        var reader = try CaptureFixture.open(
          pipe: bytes, CaptureConfiguration(format: format))
        let error = #expect(throws: FileError.self) {
          try PowerSpectrum(of: &reader, using: configuration, workers: workers)
        }
        #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
        #expect(reader.position == position)
      }
    }
    // Replaced, they are zeros.
    var reader = try CaptureFixture.open(
      pipe: floats, CaptureConfiguration(format: .cf32, replaceNonfinite: true))
    floats.replaceSubrange(8 * 4_321..<8 * 4_322, with: [UInt8](repeating: 0, count: 8))
    let expected = try decoded(floats, .cf32, configuration)
    let spectrum = try PowerSpectrum(of: &reader, using: configuration)
    #expect(spectrum == expected)
    #expect(reader.replacedCount == 1)
  }
}
