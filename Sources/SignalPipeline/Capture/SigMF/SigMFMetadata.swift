/// The metadata of a SigMF recording: the content of a `.sigmf-meta` file.
///
/// Fields that this library does not know are kept as they are, so that metadata comes back whole.
///
/// Source: SigMF 1.2, SigMF Metadata Format.
public struct SigMFMetadata: Hashable, Sendable {
  /// The version of the specification that is written.
  public static let version = "1.2.0"

  /// The longest metadata that is read [bytes].
  package static let sizeLimit = 256 << 20

  /// What holds for all samples.
  public var global: SigMFGlobal

  /// What holds from an index on, in ascending order.
  public var captures: [SigMFCapture]

  /// What is told of parts of the signal, in ascending order.
  public var annotations: [SigMFAnnotation]

  /// Objects beside the three, which extensions may define.
  public var extra: [String: JSONValue] = [:]

  /// Creates metadata from its parts.
  public init(
    global: SigMFGlobal, captures: [SigMFCapture] = [SigMFCapture()],
    annotations: [SigMFAnnotation] = []
  ) {
    self.global = global
    self.captures = captures
    self.annotations = annotations
  }

  /// Reads metadata from the text of a `.sigmf-meta` file.
  ///
  /// - Parameters:
  ///   - text: The whole text, JSON in UTF-8.
  ///   - path: The file that errors name.
  /// - Throws: ``FileError`` that names the JSON path, such as `captures[1].core:sample_start`,
  ///   of what breaks the specification; of kind `unsupported` for an extension that must be
  ///   understood and is not known here.
  public init(json text: [UInt8], path: String) throws(FileError) {
    var deviations: [String] = []
    try self.init(json: text, path: path, deviations: &deviations)
  }

  /// Reads metadata, and tells what was read although it breaks the specification.
  ///
  /// - Parameters:
  ///   - text: The whole text, JSON in UTF-8.
  ///   - path: The file that errors name.
  ///   - deviations: Takes a sentence for each deviation, with its JSON path.
  /// - Throws: As ``init(json:path:)``.
  package init(
    json text: [UInt8], path: String, deviations: inout [String]
  ) throws(FileError) {
    guard text.count <= Self.sizeLimit else {
      throw FileError(
        .unsupported, path: path,
        reason: "\(text.count) bytes; the limit for metadata is \(Self.sizeLimit)")
    }
    try self.init(JSONParser.value(of: text, path: path), path: path, &deviations)
  }

  private init(
    _ value: JSONValue, path: String, _ deviations: inout [String]
  ) throws(FileError) {
    var top = try SigMFObject(value, place: "", path: path)
    var object = try top.required(try top.object("global"), "global")
    global = try SigMFGlobal(&object)
    deviations += object.deviations
    captures = []
    for var object in try Self.objects("captures", in: &top) {
      let capture = try SigMFCapture(&object)
      if let last = captures.last?.sampleStart, capture.sampleStart < last {
        throw object.fault(
          "core:sample_start",
          "is \(capture.sampleStart), after \(last) in the element before; they must ascend")
      }
      captures.append(capture)
      deviations += object.deviations
    }
    annotations = []
    for var object in try Self.objects("annotations", in: &top) {
      annotations.append(try SigMFAnnotation(&object))
      deviations += object.deviations
    }
    if !Self.ascend(annotations) {
      // No sample's meaning depends on the order; the captures' does.
      Self.sort(&annotations)
      top.accept("annotations", "are not in the order of core:sample_start; sorted")
    }
    deviations += top.deviations
    extra = top.fields
  }

  /// Takes an array that must be there, and is empty for who leaves it out.
  private static func objects(
    _ key: String, in top: inout SigMFObject
  ) throws(FileError) -> [SigMFObject] {
    if let objects = try top.objects(key) { return objects }
    top.accept(key, "is missing; taken as empty")
    return []
  }

  private static func ascend(_ annotations: [SigMFAnnotation]) -> Bool {
    zip(annotations, annotations.dropFirst()).allSatisfy { $0.sampleStart <= $1.sampleStart }
  }

  /// Puts annotations in order; those that begin together keep theirs.
  static func sort(_ annotations: inout [SigMFAnnotation]) {
    annotations = annotations.enumerated()
      .sorted { ($0.element.sampleStart, $0.offset) < ($1.element.sampleStart, $1.offset) }
      .map(\.element)
  }

  /// The metadata as JSON.
  var json: JSONValue {
    var fields = extra
    fields["global"] = global.json
    fields["captures"] = .array(captures.map(\.json))
    fields["annotations"] = .array(annotations.map(\.json))
    return .object(fields)
  }
}

extension SigMFMetadata: Codable {
  public init(from decoder: any Decoder) throws {
    var deviations: [String] = []
    try self.init(try JSONValue(from: decoder), path: "metadata", &deviations)
  }

  public func encode(to encoder: any Encoder) throws { try json.encode(to: encoder) }
}
