/// What a scenario file tells: the signals to generate, how many, and what rate they claim.
///
/// As JSON, where every key may be left out and then has its default; docs/scenarios.md lists all:
///
///     {"classes": ["am", "fsk"], "count": 1000, "snr": [0, 20], "offset": "any",
///      "impairments": {"spur": {"probability": 0.3, "range": [-25, -8]}}}
///
/// Impairments are an object whose absent parts never occur, or the name of an
/// ``ImpairmentRanges/Preset``. A key that nothing knows is an error.
public struct Scenario: Hashable, Sendable {
  /// The signals.
  public var signals: SynthesisConfiguration

  /// The number of examples, if it is told.
  public var count: Int?

  /// The sample rate that outputs claim, if it is told [Hz]; it changes no sample.
  public var sampleRate: Double?

  /// Creates a scenario from its parts.
  public init(signals: SynthesisConfiguration, count: Int? = nil, sampleRate: Double? = nil) {
    self.signals = signals
    self.count = count
    self.sampleRate = sampleRate
  }

  /// The highest number of examples.
  private static let countLimit = 1 << 32

  /// Reads a scenario file.
  ///
  /// - Parameter path: The file's path, or `-` for standard input.
  /// - Returns: The scenario; what it does not tell has the defaults of
  ///   ``SynthesisConfiguration/default``.
  /// - Throws: ``FileError`` that names the file, the key, what is expected and what was found.
  public static func read(_ path: String) throws(FileError) -> Scenario {
    try Scenario(parsing: InputFile.read(path, limit: 1 << 20), path: path)
  }

  /// Reads the text of a scenario file; errors name the path.
  package init(parsing text: [UInt8], path: String) throws(FileError) {
    let tree = try JSONParser.value(of: text, path: path)
    var everything = SynthesisConfiguration.default
    everything.offset = .band(0...0)
    everything.impairments = .harsh
    everything.variants = Dictionary(
      uniqueKeysWithValues: SignalClass.withVariants.map { ($0, $0.variants.map(\.name)) })
    everything.others = .default
    everything.bursts = .default
    let known = ScenarioFields(Scenario(signals: everything, count: 1, sampleRate: 1))
    try tree.checkShape(as: try JSONValue(encoding: known), path: path, key: [])
    let fields = try JSON.decode(ScenarioFields.self, from: text, path: path)
    signals = .default
    if let names = fields.classes {
      signals.classes = []
      for name in names {
        guard let signalClass = SignalClass(rawValue: name) else {
          let all = SignalClass.allCases.map(\.rawValue).joined(separator: ", ")
          throw FileError(
            .malformed, path: path, place: "key classes",
            reason: "there is no class \"\(name)\"; there are \(all)")
        }
        signals.classes.append(signalClass)
      }
    }
    if let variants = fields.variants, !variants.isEmpty { signals.variants = variants }
    signals.samples = fields.samples ?? signals.samples
    signals.seed = fields.seed ?? signals.seed
    signals.snr = fields.snr ?? signals.snr
    signals.bandwidth = fields.bandwidth ?? signals.bandwidth
    signals.offset = fields.offset ?? signals.offset
    signals.impairments = fields.impairments?.ranges ?? signals.impairments
    signals.others = fields.others
    signals.bursts = fields.bursts
    count = fields.count
    sampleRate = fields.sampleRate
    do {
      try validate()
    } catch {
      let part = error.field.prefix { $0 != "." }
      let isPart = part == "converterBits" || ImpairmentRanges.Part(rawValue: "\(part)") != nil
      throw FileError(
        .malformed, path: path, place: "key \(isPart ? "impairments." : "")\(error.field)",
        reason: error.reason)
    }
  }

  /// Checks that the scenario can be generated.
  ///
  /// - Throws: ``ConfigurationError`` naming the field.
  public func validate() throws(ConfigurationError) {
    try signals.validate()
    if let count, !(1...Self.countLimit).contains(count) {
      throw ConfigurationError("count", "is \(count); it must be from 1 to \(Self.countLimit)")
    }
    if let sampleRate, !(sampleRate > 0 && sampleRate <= 1e12) {
      throw ConfigurationError(
        "sampleRate", "is \(sampleRate) Hz; it must be above 0, at most 1e12")
    }
  }

  /// The scenario as a file's text, every key told, for people to edit.
  ///
  /// - Throws: ``FileError`` if JSON cannot hold a value.
  public func text() throws(FileError) -> String {
    try JSONValue(encoding: ScenarioFields(self)).scenarioText(depth: 0) + "\n"
  }
}

/// The keys of a scenario file.
private struct ScenarioFields: Codable {
  var classes: [String]?
  var variants: [SignalClass: [String]]?
  var count: Int?
  var samples: Int?
  var sampleRate: Double?
  var seed: UInt64?
  var snr: ClosedRange<Double>?
  var bandwidth: ClosedRange<Double>?
  var offset: SynthesisConfiguration.Offset?
  var impairments: ScenarioImpairments?
  var others: SynthesisConfiguration.Others?
  var bursts: SynthesisConfiguration.Bursts?

  init(_ scenario: Scenario) {
    let signals = scenario.signals
    classes = signals.classes.map(\.rawValue)
    variants = signals.variants
    count = scenario.count
    samples = signals.samples
    sampleRate = scenario.sampleRate
    seed = signals.seed
    snr = signals.snr
    bandwidth = signals.bandwidth
    offset = signals.offset
    impairments = ScenarioImpairments(ranges: signals.impairments)
    others = signals.others
    bursts = signals.bursts
  }
}

/// Impairments by their parts or by a preset's name.
private struct ScenarioImpairments: Codable {
  private enum AnyPart: CodingKey {}

  let ranges: ImpairmentRanges

  init(ranges: ImpairmentRanges) { self.ranges = ranges }

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    guard let name = try? value.decode(String.self) else {
      guard (try? decoder.container(keyedBy: AnyPart.self)) != nil else {
        throw DecodingError.dataCorruptedError(
          in: value, debugDescription: "an object or the name of a preset is expected")
      }
      ranges = try ImpairmentRanges(from: decoder)
      return
    }
    guard let preset = ImpairmentRanges.Preset(rawValue: name) else {
      let names = ImpairmentRanges.Preset.allCases.map(\.rawValue).joined(separator: ", ")
      throw DecodingError.dataCorruptedError(
        in: value, debugDescription: "there is no preset \"\(name)\"; there are \(names)")
    }
    ranges = preset.ranges
  }

  func encode(to encoder: any Encoder) throws { try ranges.encode(to: encoder) }
}
