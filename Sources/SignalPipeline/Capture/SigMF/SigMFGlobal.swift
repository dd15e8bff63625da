/// What SigMF metadata tells of a whole dataset: its `global` object.
///
/// Source: SigMF 1.2, Global Object.
public struct SigMFGlobal: Hashable, Sendable {
  /// How the samples are stored, such as `cf32_le`.
  public var datatype: String

  /// The version of the specification, such as `1.2.0`.
  public var version: String

  /// The sample rate, if told [Hz].
  public var sampleRate: Double?

  /// The index of the dataset's first sample; all other indices count from the same zero.
  public var offset = 0

  /// How many channels' samples are interleaved.
  public var channels = 1

  /// The dataset's file name, where it is not `N.sigmf-data`.
  public var dataset: String?

  /// The bytes after the samples that are none [bytes].
  public var trailingBytes = 0

  /// Whether the metadata is meant to stand without samples.
  public var isMetadataOnly = false

  /// The SHA-512 digest of the dataset's file, 128 hexadecimal digits.
  public var sha512: String?

  /// Who made the recording.
  public var author: String?

  /// What the recording is.
  public var description: String?

  /// The software that made the recording.
  public var recorder: String?

  /// The receiver and what belongs to it.
  public var hardware: String?

  /// The licence's URL.
  public var license: String?

  /// The extensions that fields outside of `core` belong to.
  public var extensions: [SigMFExtension] = []

  /// All other fields by their full names.
  public var extra: [String: JSONValue] = [:]

  /// Describes a dataset of a format; everything else is for the caller to tell.
  public init(format: SampleFormat, sampleRate: Double? = nil) {
    datatype = format.rawValue
    version = SigMFMetadata.version
    self.sampleRate = sampleRate
  }

  /// Reads the fields that this library knows.
  init(_ object: inout SigMFObject) throws(FileError) {
    version = try object.required(try object.string("core:version"), "core:version")
    let parts = version.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3,
      parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
    else { throw object.fault("core:version", "is '\(version)'; it must look like 1.2.0") }
    guard parts[0] == "0" || parts[0] == "1" else {
      throw object.fault(
        "core:version", "is \(version); versions before 2 are understood", .unsupported)
    }
    datatype = try object.required(try object.string("core:datatype"), "core:datatype")
    guard SigMFDatatype.isValid(datatype) else {
      throw object.fault("core:datatype", SigMFDatatype.problem(with: datatype))
    }
    sampleRate = try object.frequency("core:sample_rate")
    if let sampleRate, !(sampleRate > 0) {
      throw object.fault("core:sample_rate", "is \(sampleRate) Hz; it must be above 0")
    }
    offset = try object.count("core:offset") ?? 0
    channels = try object.count("core:num_channels", minimum: 1) ?? 1
    dataset = try object.string("core:dataset")
    if let dataset, !Self.isFileName(dataset) {
      throw object.fault("core:dataset", "is '\(dataset)'; it must be a file's name, no folder's")
    }
    trailingBytes = try object.count("core:trailing_bytes") ?? 0
    isMetadataOnly = try object.bool("core:metadata_only") ?? false
    sha512 = try object.string("core:sha512")
    if let sha512, sha512.utf8.count != 128 || !sha512.allSatisfy(\.isHexDigit) {
      throw object.fault("core:sha512", "is '\(sha512)'; it must be 128 hexadecimal digits")
    }
    author = try object.string("core:author")
    description = try object.string("core:description")
    recorder = try object.string("core:recorder")
    hardware = try object.string("core:hw")
    license = try object.string("core:license")
    extensions = try SigMFExtension.read(from: &object)
    extra = object.fields
  }

  /// The fields as JSON.
  var json: JSONValue {
    var fields = extra
    fields.set("core:datatype", datatype)
    fields.set("core:version", version)
    fields.set("core:sample_rate", sampleRate)
    fields.set("core:offset", offset == 0 ? nil : offset)
    fields.set("core:num_channels", channels == 1 ? nil : channels)
    fields.set("core:dataset", dataset)
    fields.set("core:trailing_bytes", trailingBytes == 0 ? nil : trailingBytes)
    if isMetadataOnly { fields["core:metadata_only"] = .bool(true) }
    fields.set("core:sha512", sha512)
    fields.set("core:author", author)
    fields.set("core:description", description)
    fields.set("core:recorder", recorder)
    fields.set("core:hw", hardware)
    fields.set("core:license", license)
    if !extensions.isEmpty { fields["core:extensions"] = .array(extensions.map(\.json)) }
    return .object(fields)
  }

  /// Whether a name stays in the metadata's own folder.
  static func isFileName(_ name: String) -> Bool {
    !["", ".", ".."].contains(name) && !name.utf8.contains { $0 == 0x2F || $0 == 0 }
  }
}
