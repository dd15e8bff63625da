import SignalPipeline
import Testing

@Suite struct SpectrogramTests {
  private struct Stop: Error {}

  @Test("rows are SciPy's segments, averaged, however the samples are cut")
  func rows() throws {
    for (title, golden) in try spectrumGoldens("spectrogram") {
      let words = title.split(separator: " ", maxSplits: 1)
      let perRow = try #require(Int(words[0]))
      let example = try EstimateCase(String(words[1]))
      let configuration = example.configuration
      let samples = example.capture
      let segments = configuration.segments(in: samples.count)
      let peak = try #require(golden.max())
      for longest in [1, 50, samples.count] {
        var spectrogram = try Spectrogram(configuration, segmentsPerRow: perRow)
        var rows: [Spectrogram.Row] = []
        for start in stride(from: 0, to: samples.count, by: longest) {
          let end = min(start + longest, samples.count)
          spectrogram.add(samples.span.extracting(start..<end)) { rows.append($0) }
          #expect(spectrogram.rows == rows.count)
        }
        #expect(rows.count == segments / perRow)
        if let last = spectrogram.finish() { rows.append(last) }
        #expect(rows.map(\.spectrum.segments).reduce(0, +) == segments)
        let values = rows.flatMap(\.spectrum.density)
        #expect(values.count == golden.count)
        // The project's promise.
        for (a, b) in zip(values, golden) { #expect(abs(Double(a) - b) <= 1e-5 * peak) }
        for (index, row) in rows.enumerated() {
          #expect(row.start == index * perRow * configuration.hop)
          let length = (row.spectrum.segments - 1) * configuration.hop + configuration.segmentLength
          #expect(row.samples == length)
          #expect(row.time == Double(row.start) + Double(length) / 2)
        }
      }
    }
  }

  @Test("one row of all segments is Welch's estimate, kurtosis included")
  func oneRow() throws {
    var generator = SeededGenerator(seed: 4)
    let samples = gaussian(3000, &generator)
    let configuration = SpectrumConfiguration(bins: 100, overlap: 30, window: .hann)
    var estimator = try WelchEstimator(configuration, kurtosis: true)
    estimator.add(samples.span)
    let whole = estimator.finish()
    var spectrogram = try Spectrogram(configuration, segmentsPerRow: 1000, kurtosis: true)
    spectrogram.add(samples.span) { _ in Issue.record("a row of too few segments") }
    let row = spectrogram.finish()
    #expect(row?.spectrum == whole)
  }

  @Test("what a reader of rows throws comes through, and all begins anew")
  func throwing() throws {
    var generator = SeededGenerator(seed: 5)
    let samples = gaussian(1000, &generator)
    var spectrogram = try Spectrogram(SpectrumConfiguration(bins: 64, overlap: 32, window: .hann))
    #expect(throws: Stop.self) {
      try spectrogram.add(samples.span) { row throws(Stop) in if row.start > 100 { throw Stop() } }
    }
    #expect(spectrogram.rows == 0)
    var first: [Spectrogram.Row] = []
    var again: [Spectrogram.Row] = []
    spectrogram.add(samples.span) { first.append($0) }
    let rest = spectrogram.finish()
    #expect(rest == nil && spectrogram.rows == 0)
    spectrogram.add(samples.span) { again.append($0) }
    #expect(first == again && first.first?.start == 0)
  }

  @Test("rows without a segment are refused", arguments: [0, -1, 1 << 31])
  func invalid(segmentsPerRow: Int) {
    #expect(throws: ConfigurationError.self) {
      _ = try Spectrogram(.default, segmentsPerRow: segmentsPerRow).rows
    }
  }
}
