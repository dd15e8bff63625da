import SignalPipeline
import Testing

@Suite struct ScenarioTests {
  static func read(_ text: String) throws(FileError) -> Scenario {
    try Scenario(parsing: Array(text.utf8), path: "s.json")
  }

  @Test("what a file leaves out has its default")
  func defaults() throws {
    #expect(try Self.read("{}") == Scenario(signals: .default))
    let some = try Self.read(#"{"classes": ["fsk"], "count": 7, "offset": [0.1, -0.2], "seed": 5}"#)
    var expected = SynthesisConfiguration.default
    expected.classes = [.fsk]
    expected.offset = .list([0.1, -0.2])
    expected.seed = 5
    #expect(some == Scenario(signals: expected, count: 7))
    #expect(try Self.read(#"{"variants": {}}"#) == Scenario(signals: .default))
    #expect(
      try Self.read(#"{"variants": {"fsk": ["msk", "wide"]}}"#).signals.variants
        == [.fsk: ["msk", "wide"]])
    #expect(try Self.read(#"{"impairments": {}}"#).signals.impairments == .clean)
    #expect(try Self.read(#"{"impairments": "harsh"}"#).signals.impairments == .harsh)
    #expect(try Self.read(#"{"offset": "centred"}"#).signals.offset == .centred)
    #expect(try Self.read(#"{"offset": 0.125}"#).signals.offset == .fixed(frequency: 0.125))
    #expect(
      try Self.read(#"{"offset": {"band": [-0.1, 0.3]}}"#).signals.offset == .band(-0.1...0.3))
  }

  @Test(
    "a scenario's text is read as the same scenario", arguments: ImpairmentRanges.Preset.allCases)
  func text(preset: ImpairmentRanges.Preset) throws {
    var signals = SynthesisConfiguration.default
    signals.impairments = preset.ranges
    signals.seed = .max
    for offset in [
      SynthesisConfiguration.Offset.any, .centred, .fixed(frequency: -0.2), .list([0.1]),
      .band(-0.1...0.2),
    ] {
      signals.offset = offset
      signals.variants = offset == .any ? nil : [.am: ["tone"], .rrc: ["qpsk", "qam16"]]
      let scenario = Scenario(signals: signals, count: 12, sampleRate: 2.4e6)
      #expect(try Self.read(scenario.text()) == scenario)
      var scene = scenario
      scene.signals.others = .default
      scene.signals.bursts = .default
      #expect(try Self.read(scene.text()) == scene)
    }
    let lines = try Scenario(signals: signals).text().split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= 200 })
  }

  private static func law(
    _ name: String, _ fields: [(String, String)], _ key: String, _ value: String
  ) -> String {
    let text = fields.map { "\"\($0.0)\": \($0.0 == key ? value : $0.1)" }
    return "{\"\(name)\": {\(text.joined(separator: ", "))}}"
  }

  /// A scenario whose law of further signals is faulty in one key.
  private static func others(_ key: String, _ value: String) -> String {
    law(
      "others",
      [
        ("probability", "0.7"), ("count", "[1, 3]"), ("snr", "[0, 20]"),
        ("bandwidth", "[0.02, 0.1]"), ("spacing", "0.01"),
      ], key, value)
  }

  /// A scenario whose law of bursts is faulty in one key.
  private static func bursts(_ key: String, _ value: String) -> String {
    law(
      "bursts",
      [
        ("probability", "0.5"), ("count", "[1, 4]"), ("duration", "[2000, 12000]"),
        ("pause", "[1000, 20000]"), ("ramp", "64"),
      ], key, value)
  }

  /// A faulty text, and what its error names.
  static let faults: [(String, String?, String)] = [
    ("[]", nil, "an object is expected, a list of 0 found"),
    ("{\"snr\": [0, 20],}", "line 1, column 17", "key in quotes"),
    (#"{"snrs": [0, 20]}"#, "key snrs", "there are bandwidth, bursts, classes"),
    (#"{"seed": 1, "seed": 2}"#, "line 1, column 13", "second time"),
    (#"{"snr": [20, 0]}"#, "key snr", "20.0 is above 0.0"),
    (#"{"snr": [0, 10, 20]}"#, "key snr", "[low, high] is expected, a list of 3 found"),
    (#"{"snr": 5}"#, "key snr", "[low, high] is expected, a number found"),
    (#"{"snr": ["a", 20]}"#, "key snr", "[low, high]"),
    (#"{"snr": [0, 200]}"#, "key snr", "100 dB"),
    (#"{"samples": "many"}"#, "key samples", "a whole number is expected, the text \"many\" found"),
    (#"{"samples": 1.5}"#, "key samples", "a whole number is expected, 1.5 found"),
    (#"{"samples": 100}"#, "key samples", "is 100; it must lie within 1024"),
    (#"{"seed": -1}"#, "key seed", "0 or more is expected, -1 found"),
    (#"{"classes": ["am", "xm"]}"#, "key classes", "there is no class \"xm\"; there are am"),
    (#"{"classes": []}"#, "key classes", "give at least one"),
    (#"{"classes": "am"}"#, "key classes", "a list of names is expected, the text \"am\" found"),
    (#"{"variants": ["am"]}"#, "key variants", "an object is expected, a list of 1 found"),
    (#"{"variants": {"xm": ["a"]}}"#, "key variants.xm", "no such key; there are am, chirp"),
    (#"{"variants": {"am": "tone"}}"#, "key variants.am", "a list of names is expected"),
    (#"{"variants": {"am": [1]}}"#, "key variants.am", "a list of names is expected"),
    (#"{"variants": {"am": null}}"#, "key variants.am", "a list of names is expected, null"),
    (#"{"variants": {"am": []}}"#, "key variants.am", "names none; there are voice, tone"),
    (#"{"variants": {"am": ["tune"]}}"#, "key variants.am", "has no \"tune\"; there are voice"),
    (#"{"variants": {"am": ["tone", "tone"]}}"#, "key variants.am", "has \"tone\" twice"),
    (
      #"{"classes": ["am"], "variants": {"fsk": ["msk"]}}"#, "key variants.fsk",
      "is none of the classes am"
    ),
    (#"{"offset": "left"}"#, "key offset", "\"left\" is none of them"),
    (#"{"offset": {"bands": [0, 0.1]}}"#, "key offset.bands", "there are band"),
    (#"{"offset": {"band": [0.1, 0]}}"#, "key offset.band", "0.1 is above 0.0"),
    (#"{"offset": [0.1, 0.7]}"#, "key offset", "is 0.7"),
    (#"{"offset": []}"#, "key offset", "at least one"),
    (
      #"{"impairments": {"agc": {"probability": 1, "count": [1, 2.5], "change": [1, 2]}}}"#,
      "key impairments.agc.count", "a whole number is expected, 2.5 found"
    ),
    (#"{"count": 18446744073709551615}"#, "key count", "too large"),
    (
      #"{"impairments": {"spur": {"probability": "x", "range": [1, 2]}}}"#,
      "key impairments.spur.probability", "string"
    ),
    (#"{"count": 0}"#, "key count", "from 1"),
    (#"{"sampleRate": 0}"#, "key sampleRate", "above 0"),
    (#"{"impairments": "dirty"}"#, "key impairments", "there are clean, sdr, harsh"),
    (#"{"impairments": []}"#, "key impairments", "an object or the name of a preset is expected"),
    (#"{"impairments": {"spurs": {}}}"#, "key impairments.spurs", "there are adjacentChannel"),
    (
      #"{"impairments": {"spur": {"range": [-9, -8]}}}"#, "key impairments.spur.probability",
      "missing"
    ),
    (
      #"{"impairments": {"spur": {"probability": 2, "range": [-9, -8]}}}"#,
      "key impairments.spur.probability", "has 2.0; it must lie within 0.0...1.0"
    ),
    (
      #"{"impairments": {"spur": {"probability": 1, "range": [-8, -9]}}}"#,
      "key impairments.spur.range", "-8.0 is above -9.0"
    ),
    (
      #"{"impairments": {"spur": {"probability": 1, "level": [-9, -8]}}}"#,
      "key impairments.spur.level", "there are probability, range"
    ),
    (#"{"impairments": {"converterBits": 40}}"#, "key impairments.converterBits", "2...16"),
    (
      #"{"impairments": {"agc": {"probability": 1, "count": [0, 2], "change": [1, 2]}}}"#,
      "key impairments.agc.count", "1...64"
    ),
    (
      #"{"impairments": {"agc": {"probability": 1, "count": [1, 64], "change": [0, 60]}}}"#,
      "key impairments.agc.change", "has 64 steps of 60.0 dB; together they must not exceed 200 dB"
    ),
    (#"{"others": 3}"#, "key others", "an object is expected, a number found"),
    (#"{"others": {"probability": 1}}"#, "key others.count", "missing"),
    (#"{"others": {"number": 1}}"#, "key others.number", "there are bandwidth, count"),
    (others("count", "[0, 2]"), "key others.count", "is 0...2; it must lie within 1...16"),
    (others("count", "[-1, 2]"), "key others.count", "0 or more is expected, -1 found"),
    (others("count", "2"), "key others.count", "[low, high] is expected, a number found"),
    (others("count", "[1.5, 2]"), "key others.count", "a whole number is expected, 1.5 found"),
    (others("snr", "[0, 200]"), "key others.snr", "has 200.0; it must lie within -100.0...100.0"),
    (others("bandwidth", "[0.0005, 0.1]"), "key others.bandwidth", "0.0009765625...0.5"),
    (others("spacing", "-0.01"), "key others.spacing", "has -0.01; it must lie within 0.0...0.5"),
    (others("spacing", "\"wide\""), "key others.spacing", "string"),
    (others("probability", "2"), "key others.probability", "0.0...1.0"),
    (bursts("count", "[0, 2]"), "key bursts.count", "is 0...2; it must lie within 1...4096"),
    (bursts("duration", "[2000, 70000]"), "key bursts.duration", "within 64...65536"),
    (bursts("duration", "[10, 100]"), "key bursts.duration", "within 64...65536"),
    (bursts("duration", "[100, 99]"), "key bursts.duration", "100.0 is above 99.0"),
    (bursts("pause", "[0.5, 100]"), "key bursts.pause", "a whole number is expected, 0.5 found"),
    (bursts("ramp", "-1"), "key bursts.ramp", "0 or more is expected, -1 found"),
    (bursts("ramp", "1e9"), "key bursts.ramp", "a whole number is expected"),
    (bursts("ramp", "5000000"), "key bursts.ramp", "it must lie within 0...4194304"),
    (bursts("ramp", "[1, 2]"), "key bursts.ramp", "a whole number is expected, a list of 2 found"),
  ]

  @Test("what is wrong is told with file, key, what is expected and what was found")
  func errors() {
    for (text, place, reason) in Self.faults {
      do {
        _ = try Self.read(text)
        Issue.record("\(text) was read")
      } catch {
        #expect(error.path == "s.json" && error.place == place, "\(text): \(error)")
        #expect(error.reason.contains(reason), "\(text): \(error)")
      }
    }
  }

  @Test("offsets of a list and of a band lie there, each part as often as the others")
  func offsets() throws {
    var configuration = SynthesisConfiguration.default
    configuration.samples = 1100
    configuration.impairments = .clean
    configuration.offset = .list([0.1, -0.25, 0.4])
    var generator = try SignalGenerator(configuration)
    let listed = (0..<300).map { generator.example($0).conditions.offset }
    for frequency in [0.1, -0.25, 0.4] {
      // Five standard errors of a third over 300.
      #expect(abs(listed.count { $0 == frequency } - 100) < 41)
    }
    #expect(listed.allSatisfy { [0.1, -0.25, 0.4].contains($0) })
    configuration.offset = .band(-0.2...0.1)
    generator = try SignalGenerator(configuration)
    let banded = (0..<300).map { generator.example($0).conditions.offset }
    #expect(banded.allSatisfy { (-0.2...0.1).contains($0) })
    #expect(abs(banded.count { $0 < -0.05 } - 150) < 44)
  }
}
