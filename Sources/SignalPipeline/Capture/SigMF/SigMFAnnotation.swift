/// What SigMF metadata tells of a part of the signal: an element of `annotations`.
///
/// Source: SigMF 1.2, Annotations Array.
public struct SigMFAnnotation: Hashable, Sendable {
  /// The index of the first sample, counted as ``SigMFGlobal/offset`` is [samples].
  public var sampleStart: Int

  /// How many samples are meant; `nil` reaches to the end of the capture segment [samples].
  public var sampleCount: Int?

  /// The band that is meant, at RF where the capture segment tells its centre, else relative to
  /// the centre [Hz]; `nil` is all of the recorded band.
  public var frequencies: Band?

  /// A few words for a plot, 20 characters at best.
  public var label: String?

  /// A longer text.
  public var comment: String?

  /// Who or what made the annotation.
  public var generator: String?

  /// A unique identifier, RFC 4122.
  public var uuid: String?

  /// All other fields by their full names.
  public var extra: [String: JSONValue] = [:]

  /// Two frequencies, as SigMF wants both or neither.
  public struct Band: Hashable, Sendable {
    /// The lower edge [Hz].
    public var lower: Double
    /// The upper edge [Hz].
    public var upper: Double

    /// Creates a band from its edges.
    public init(lower: Double, upper: Double) {
      self.lower = lower
      self.upper = upper
    }
  }

  /// Creates an annotation from its parts.
  public init(sampleStart: Int, sampleCount: Int?, frequencies: Band? = nil, label: String?) {
    self.sampleStart = sampleStart
    self.sampleCount = sampleCount
    self.frequencies = frequencies
    self.label = label
  }

  /// The label, or what stands in its place: `core:description` (which the label was called
  /// before SigMF 1.0), then the comment.
  public var text: String? {
    if let label { return label }
    if case .string(let description) = extra["core:description"] { return description }
    return comment
  }

  /// Reads the fields that this library knows.
  init(_ object: inout SigMFObject) throws(FileError) {
    sampleStart = try object.required(
      try object.count("core:sample_start"), "core:sample_start")
    sampleCount = try object.count("core:sample_count")
    let lower = try object.frequency("core:freq_lower_edge")
    let upper = try object.frequency("core:freq_upper_edge")
    switch (lower, upper) {
    case (nil, nil): frequencies = nil
    case (let lower?, let upper?): frequencies = Band(lower: lower, upper: upper)
    default:
      let (absent, present) =
        lower == nil ? ("lower", "upper") : ("upper", "lower")
      throw object.fault(
        "core:freq_\(absent)_edge",
        "core:freq_\(present)_edge is there; both edges are needed, or neither", .missing)
    }
    label = try object.string("core:label")
    comment = try object.string("core:comment")
    generator = try object.string("core:generator")
    uuid = try object.string("core:uuid")
    extra = object.fields
  }

  /// The fields as JSON.
  var json: JSONValue {
    var fields = extra
    fields.set("core:sample_start", sampleStart)
    fields.set("core:sample_count", sampleCount)
    fields.set("core:freq_lower_edge", frequencies?.lower)
    fields.set("core:freq_upper_edge", frequencies?.upper)
    fields.set("core:label", label)
    fields.set("core:comment", comment)
    fields.set("core:generator", generator)
    fields.set("core:uuid", uuid)
    return .object(fields)
  }
}
