/// What a dataset folder says about itself in `manifest.json`.
public struct DatasetManifest: Hashable, Codable, Sendable {
  /// The name of the format, which every manifest states.
  public static let format = "psdpipe-dataset"

  /// The version of the format that is written, and the newest that is read.
  public static let version = 1

  /// The number of examples, `N`.
  public var count: Int

  /// How the spectra were estimated.
  public var spectrum: SpectrumConfiguration

  /// The samples that each spectrum was estimated from [samples]; `nil` where that is not known.
  public var window: Int?

  /// The sample rate that the examples claim [Hz]; `nil` where none was told.
  public var sampleRate: Double?

  /// What is stored of each bin, in this order; the mean is the first.
  public var channels: [SpectrumChannel]

  /// The names of the classes; a label is an index into them.
  public var classes: [String]

  /// The extensions of each example's files in the folder `captures`; `nil` without that folder.
  public var captures: [String]?

  /// How the samples in `captures` are stored, such as `ci16_le`; `nil` without that folder.
  public var captureFormat: String?

  /// Whether `iq.npy` holds the samples of each example; `nil` without that file.
  public var iq: Bool?

  /// Which examples of the generator's these are; `nil` for the first ``count``.
  public var examples: ExampleSelection?

  /// The transform that made `features.npy`; `nil` where there is no such file.
  public var features: FeatureConfiguration?

  /// The seed that all examples follow from; `nil` for measured ones.
  public var seed: UInt64?

  /// The configuration of what generated the examples, in its own terms.
  public var generator: JSONValue?

  /// Where the examples come from, in words.
  public var provenance: String

  /// Creates a manifest from its parts.
  public init(
    count: Int, spectrum: SpectrumConfiguration, window: Int? = nil, sampleRate: Double? = nil,
    channels: [SpectrumChannel] = [.mean], classes: [String], captures: [String]? = nil,
    captureFormat: String? = nil, iq: Bool? = nil, examples: ExampleSelection? = nil,
    features: FeatureConfiguration? = nil, seed: UInt64? = nil, generator: JSONValue? = nil,
    provenance: String
  ) {
    self.count = count
    self.spectrum = spectrum
    self.window = window
    self.sampleRate = sampleRate
    self.channels = channels
    self.classes = classes
    self.captures = captures
    self.captureFormat = captureFormat
    self.iq = iq
    self.examples = examples
    self.features = features
    self.seed = seed
    self.generator = generator
    self.provenance = provenance
  }

  /// The samples of an example in `iq.npy`; `nil` without that file.
  var sampleCount: Int? { iq == true ? window : nil }

  /// Which of the generator's examples stands in a row.
  package func index(of row: Int) -> Int { examples?[row] ?? row }

  /// The row that one of the generator's examples stands in; `nil` if it is not there.
  func row(of index: Int) -> Int? {
    guard let examples else { return (0..<count).contains(index) ? index : nil }
    return examples.place(of: index)
  }

  /// Whether one of the generator's examples is in the dataset.
  package func contains(_ index: Int) -> Bool {
    examples?.contains(index) ?? (0..<count).contains(index)
  }

  /// The names of a generated example's files in the folder `captures`.
  ///
  /// - Parameter index: Which of the generator's examples; its label is the index modulo the number of classes.
  /// - Returns: Such as `fsk-1.cu8`; nothing for classes or extensions that name other folders.
  package func captureNames(of index: Int) -> [String] {
    (captures ?? []).map { "\(classes[index % classes.count])-\(index).\($0)" }
      .filter { !$0.utf8.contains(UInt8(ascii: "/")) }
  }

  /// Reads and checks a manifest.
  ///
  /// - Parameter path: The path of the manifest's file.
  /// - Throws: ``FileError`` naming the key that is missing or wrong.
  public init(readingFrom path: String) throws(FileError) {
    let text = try InputFile.read(path, limit: 1 << 24)
    let header = try JSON.decode(Header.self, from: text, path: path)
    guard header.format == Self.format else {
      throw FileError(
        .malformed, path: path, place: "key format",
        reason: "'\(header.format)'; a dataset's manifest says '\(Self.format)'")
    }
    guard (1...Self.version).contains(header.version) else {
      throw FileError(
        .unsupported, path: path, place: "key version",
        reason: "\(header.version); up to \(Self.version) is read")
    }
    self = try JSON.decode(Self.self, from: text, path: path)
    do {
      try validate()
    } catch {
      throw FileError(.malformed, path: path, place: "key \(error.field)", reason: error.reason)
    }
  }

  /// Writes the manifest.
  ///
  /// - Throws: ``FileError`` if the file can't be written.
  public func write(to path: String) throws(FileError) {
    let document = Document(header: Header(format: Self.format, version: Self.version), body: self)
    let text = try JSON.encode(document, layout: .indented, path: path)
    try OutputFile.write(text + [UInt8(ascii: "\n")], to: path)
  }

  /// Checks that the parts make sense together.
  ///
  /// - Throws: ``ConfigurationError`` naming the field.
  public func validate() throws(ConfigurationError) {
    guard count >= 0 else { throw ConfigurationError("count", "is \(count)") }
    do {
      try spectrum.validate()
    } catch {
      throw ConfigurationError("spectrum.\(error.field)", error.reason)
    }
    try Self.validate(channels, of: spectrum)
    let least = spectrum.leastSamples(for: channels)
    if let window, !(least...max(least, 1 << 30)).contains(window) {
      throw ConfigurationError(
        "window", "is \(window) samples; it must be \(least) to \(1 << 30)")
    }
    if let sampleRate, !(sampleRate > 0 && sampleRate <= 1e12) {
      throw ConfigurationError(
        "sampleRate", "is \(sampleRate) Hz; it must be above 0, at most 1e12")
    }
    guard !classes.isEmpty, !classes.contains("") else {
      throw ConfigurationError("classes", "are \(classes); at least one, and no empty name")
    }
    guard Set(classes).count == classes.count else {
      throw ConfigurationError("classes", "are \(classes); each name stands once")
    }
    guard iq != true || window != nil else {
      throw ConfigurationError("iq", "is true without a window, the samples of an example")
    }
    if let examples, examples.count != count {
      throw ConfigurationError("examples", "are \(examples.count); count is \(count)")
    }
    guard let features else { return }
    do {
      try features.validate()
    } catch {
      throw ConfigurationError("features.\(error.field)", error.reason)
    }
    guard features.bins == spectrum.bins else {
      throw ConfigurationError(
        "features.bins", "is \(features.bins); the spectra have \(spectrum.bins)")
    }
    guard features.channels.allSatisfy(channels.contains) else {
      throw ConfigurationError(
        "features.channels",
        "is \(SpectrumChannel.text(features.channels)); the spectra have "
          + SpectrumChannel.text(channels))
    }
  }

  /// Checks that spectra estimated so can be stored with some channels.
  ///
  /// - Throws: ``ConfigurationError`` naming `channels`.
  package static func validate(
    _ channels: [SpectrumChannel], of spectrum: SpectrumConfiguration
  ) throws(ConfigurationError) {
    try SpectrumChannel.validate(channels)
    guard channels.first == .mean else {
      throw ConfigurationError(
        "channels",
        "is \(SpectrumChannel.text(channels)); the mean is always there, and the first")
    }
    guard channels == [.mean] || spectrum.averaging == .mean else {
      throw ConfigurationError(
        "channels",
        "is \(SpectrumChannel.text(channels)); beside averages that are a \(spectrum.averaging) "
          + "nothing else is stored")
    }
  }

  /// The shape of one example's spectrum, `(C, bins)`.
  var shape: Shape { Shape(channels: channels.count, length: spectrum.bins) }

  /// What tells a manifest from other JSON, and its versions apart.
  private struct Header: Codable {
    var format: String
    var version: Int
  }

  /// The header's keys beside the manifest's own.
  private struct Document: Encodable {
    var header: Header
    var body: DatasetManifest

    func encode(to encoder: any Encoder) throws {
      try header.encode(to: encoder)
      try body.encode(to: encoder)
    }
  }
}
