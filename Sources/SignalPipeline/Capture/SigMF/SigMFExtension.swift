/// A namespace of fields outside of SigMF's own.
public struct SigMFExtension: Hashable, Sendable {
  /// The namespace, what stands before the `:` of its fields.
  public var name: String

  /// The version of the namespace's definition.
  public var version: String

  /// Whether a reader that does not know the namespace may go on.
  public var isOptional: Bool

  /// All other fields by their names.
  public var extra: [String: JSONValue] = [:]

  /// Creates an extension from its parts.
  public init(name: String, version: String, isOptional: Bool) {
    self.name = name
    self.version = version
    self.isOptional = isOptional
  }

  /// The namespace of what this library tells beyond SigMF: docs/psdpipe.sigmf-ext.md.
  public static let psdpipe = SigMFExtension(name: "psdpipe", version: "1.1.0", isOptional: true)

  /// Takes the declared extensions.
  ///
  /// - Throws: ``FileError`` of kind `unsupported` for one that is needed and not known here.
  static func read(from object: inout SigMFObject) throws(FileError) -> [SigMFExtension] {
    var extensions: [SigMFExtension] = []
    if let versions = try object.versions("core:extensions") {
      object.accept("core:extensions", "is an object, as before version 1; taken as optional")
      return versions.map { SigMFExtension(name: $0.key, version: $0.value, isOptional: true) }
        .sorted { $0.name < $1.name }
    }
    for var element in try object.objects("core:extensions") ?? [] {
      var declared = SigMFExtension(
        name: try element.required(try element.string("name"), "name"),
        version: try element.required(try element.string("version"), "version"),
        isOptional: try element.required(try element.bool("optional"), "optional"))
      guard declared.isOptional || declared.name == psdpipe.name else {
        throw element.fault(
          "optional",
          "is false: the extension '\(declared.name)' \(declared.version) must be understood, "
            + "and it is not known here", .unsupported)
      }
      declared.extra = element.fields
      extensions.append(declared)
    }
    return extensions
  }

  var json: JSONValue {
    var fields = extra
    fields["name"] = .string(name)
    fields["version"] = .string(version)
    fields["optional"] = .bool(isOptional)
    return .object(fields)
  }
}
