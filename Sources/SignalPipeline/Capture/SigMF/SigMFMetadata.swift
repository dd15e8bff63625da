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
    guard text.count <= Self.sizeLimit else {
      throw FileError(
        .unsupported, path: path,
        reason: "\(text.count) bytes; the limit for metadata is \(Self.sizeLimit)")
    }
    try self.init(JSONParser.value(of: text, path: path), path: path)
  }

  init(_ value: JSONValue, path: String) throws(FileError) {
    var top = try SigMFObject(value, place: "", path: path)
    global = try SigMFGlobal(try top.required(try top.object("global"), "global"))
    captures = []
    for object in try top.required(try top.objects("captures"), "captures") {
      captures.append(try SigMFCapture(object))
      try Self.checkOrder(captures.suffix(2).map(\.sampleStart), object)
    }
    annotations = []
    for object in try top.required(try top.objects("annotations"), "annotations") {
      annotations.append(try SigMFAnnotation(object))
      try Self.checkOrder(annotations.suffix(2).map(\.sampleStart), object)
    }
    extra = top.fields
  }

  /// The metadata as JSON.
  var json: JSONValue {
    var fields = extra
    fields["global"] = global.json
    fields["captures"] = .array(captures.map(\.json))
    fields["annotations"] = .array(annotations.map(\.json))
    return .object(fields)
  }

  /// Checks that the last of two starts does not come before the first.
  private static func checkOrder(
    _ starts: [Int], _ object: SigMFObject
  ) throws(FileError) {
    guard let first = starts.first, let last = starts.last, last < first else { return }
    throw object.fault(
      "core:sample_start", "is \(last), after \(first) in the element before; they must ascend")
  }
}

extension SigMFMetadata: Codable {
  public init(from decoder: any Decoder) throws {
    try self.init(try JSONValue(from: decoder), path: "metadata")
  }

  public func encode(to encoder: any Encoder) throws { try json.encode(to: encoder) }
}
