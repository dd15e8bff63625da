/// What SigMF metadata tells of the samples from one index on: an element of `captures`.
///
/// Source: SigMF 1.2, Captures Array.
public struct SigMFCapture: Hashable, Sendable {
  /// The index of the first sample, counted as ``SigMFGlobal/offset`` is [samples].
  public var sampleStart: Int

  /// The frequency that stands at 0 Hz of the baseband, if told [Hz].
  public var frequency: Double?

  /// The index of the first sample in the stream that the recording was cut from, if told
  /// [samples].
  public var globalIndex: Int?

  /// When the first sample was taken, ISO 8601 in UTC with a `Z`.
  public var datetime: String?

  /// The bytes before the first sample that are none [bytes].
  public var headerBytes = 0

  /// All other fields by their full names.
  public var extra: [String: JSONValue] = [:]

  /// Creates a segment from its parts.
  public init(sampleStart: Int = 0, frequency: Double? = nil, datetime: String? = nil) {
    self.sampleStart = sampleStart
    self.frequency = frequency
    self.datetime = datetime
  }

  /// Reads the fields that this library knows.
  init(_ object: inout SigMFObject) throws(FileError) {
    sampleStart = try object.required(
      try object.count("core:sample_start"), "core:sample_start")
    frequency = try object.frequency("core:frequency")
    datetime = try object.string("core:datetime")
    if let told = datetime {
      guard let moment = Moment(told) else {
        throw object.fault(
          "core:datetime", "is '\(told)'; it must look like 2024-12-31T23:59:59.5Z, in UTC")
      }
      if !moment.isUTCText {
        datetime = moment.text
        object.accept("core:datetime", "is '\(told)'; taken as \(moment.text)")
      }
    }
    globalIndex = try object.count("core:global_index")
    headerBytes = try object.count("core:header_bytes") ?? 0
    extra = object.fields
  }

  /// The fields as JSON.
  var json: JSONValue {
    var fields = extra
    fields.set("core:sample_start", sampleStart)
    fields.set("core:frequency", frequency)
    fields.set("core:global_index", globalIndex)
    fields.set("core:datetime", datetime)
    fields.set("core:header_bytes", headerBytes == 0 ? nil : headerBytes)
    return .object(fields)
  }
}
