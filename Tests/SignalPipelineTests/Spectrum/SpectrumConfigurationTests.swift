import SignalPipeline
import Testing

@Suite struct SpectrumConfigurationTests {
  @Test("what needs nothing new has the JSON that it always had")
  func oldForm() throws {
    let text = Array(#"{"bins":8192,"overlap":4096,"window":"hann"}"#.utf8)
    #expect(try JSON.encode(SpectrumConfiguration.default, path: "x") == text)
    #expect(
      try JSON.decode(SpectrumConfiguration.self, from: text, path: "x") == .default)
    #expect("\(SpectrumConfiguration.default)" == "8192 bins, hann, overlap 4096 samples")
  }

  @Test("every field comes back from JSON")
  func newForm() throws {
    let configuration = SpectrumConfiguration(
      bins: 8, segmentLength: 5, overlap: 2, window: .kaiser(beta: 8.6), detrend: .linear,
      averaging: .exponential(segments: 16))
    let text = try JSON.encode(configuration, path: "x")
    #expect(
      String(decoding: text, as: UTF8.self) == """
        {"averaging":"exponential:16.0","bins":8,"detrend":"linear","overlap":2,\
        "segmentLength":5,"window":"kaiser:8.6"}
        """)
    #expect(try JSON.decode(SpectrumConfiguration.self, from: text, path: "x") == configuration)
    #expect(
      "\(configuration)" == "8 bins, kaiser:8.6, overlap 2 samples, segments of 5 samples, "
        + "detrend linear, averaging exponential:16.0")
  }

  @Test(
    "an error names the key",
    arguments: [
      (#""window":"round""#, "x: key window: 'round' is no window; there are rectangular"),
      (#""window":"hann","averaging":"some""#, "x: key averaging: 'some' is no averaging"),
      (#""window":"hann","detrend":"cubic""#, "x: key detrend: "),
      (#""window":"hann","segmentLength":"5""#, "x: key segmentLength: "),
    ])
  func errors(_ part: String, _ expected: String) {
    let text = #"{"bins":8,"overlap":2,"# + part + "}"
    #expect {
      try JSON.decode(SpectrumConfiguration.self, from: Array(text.utf8), path: "x")
    } throws: {
      "\($0)".hasPrefix(expected)
    }
  }

  @Test(
    "what cannot be computed is refused by the field's name",
    arguments: [
      (1, 1, 0, "bins"), (0, 0, 0, "bins"), (-1, 2, 0, "bins"), (1 << 25, 8, 0, "bins"),
      (8, 1, 0, "segmentLength"), (8, 9, 0, "segmentLength"), (8, -4, 0, "segmentLength"),
      (8, 8, 8, "overlap"), (8, 6, 6, "overlap"), (8, 6, -1, "overlap"), (8, 6, 7, "overlap"),
    ])
  func invalid(bins: Int, segment: Int, overlap: Int, field: String) {
    let configuration = SpectrumConfiguration(
      bins: bins, segmentLength: segment, overlap: overlap, window: .hann)
    #expect {
      _ = try WelchEstimator(configuration).segments
    } throws: { ($0 as? ConfigurationError)?.field == field }
  }

  @Test("segments are counted as they are cut")
  func segments() throws {
    var configuration = SpectrumConfiguration(
      bins: 16, segmentLength: 10, overlap: 7, window: .hann)
    for (samples, count) in [(0, 0), (9, 0), (10, 1), (12, 1), (13, 2), (16, 3)] {
      #expect(configuration.segments(in: samples) == count)
      var estimator = try WelchEstimator(configuration)
      estimator.add([IQSample](repeating: .zero, count: samples).span)
      #expect(estimator.segments == count)
    }
    configuration = .periodogram(samples: 12)
    #expect(configuration.bins == 12 && configuration.segments(in: 12) == 1)
  }

  @Test("the plain periodogram is |X|²/N, and Bartlett's estimate their mean")
  func periodogram() throws {
    let samples = [IQSample(1, 0), IQSample(0, 1), IQSample(-1, 0), IQSample(1, 1)]
    // X by hand, DC-centred: of −2, −1, 0 and 1 cycles.
    let sums: [(Float, Float)] = [(-1, -2), (2, -1), (1, 2), (2, 1)]
    let density = try estimate(samples, .periodogram(samples: 4))
    #expect(density == sums.map { ($0 * $0 + $1 * $1) / 4 })
    let louder = samples.map { IQSample(2 * $0.i, 2 * $0.q) }
    #expect(try estimate(samples + louder, .bartlett(bins: 4)) == density.map { 2.5 * $0 })
  }

  @Test("a model takes means only, and says so")
  func models() throws {
    var configuration = SpectrumConfiguration.default
    configuration.segmentLength = 4096
    configuration.overlap = 0
    configuration.detrend = .constant
    try configuration.validateForModel()
    for averaging in EstimateTests.averagings where averaging != .mean {
      configuration.averaging = averaging
      try configuration.validate()
      #expect {
        _ = try SignalDetector(for: configuration).spectrum
      } throws: { ($0 as? ConfigurationError)?.field == "averaging" }
    }
  }
}
