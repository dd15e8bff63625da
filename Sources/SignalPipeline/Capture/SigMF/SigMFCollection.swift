internal import SystemPackage

/// A list of recordings that belong together: the content of a `.sigmf-collection` file.
///
/// Source: SigMF 1.2, SigMF Collection Format and SigMF Recording Objects.
public struct SigMFCollection: Hashable, Sendable {
  /// One of the recordings.
  public struct Stream: Hashable, Sendable {
    /// The name `N` of `N.sigmf-meta`, in the collection's folder.
    public var name: String
    /// The SHA-512 digest of that metadata file.
    public var hash: String
  }

  /// The file that errors name.
  public let path: String

  /// The version of the specification, such as `1.2.0`.
  public let version: String

  /// The recordings, in the order that the collection gives them.
  public let streams: [Stream]

  /// All other fields by their full names.
  public let extra: [String: JSONValue]

  /// Reads a collection from the text of a `.sigmf-collection` file.
  ///
  /// - Parameters:
  ///   - text: The whole text, JSON in UTF-8.
  ///   - path: The file that errors name.
  /// - Throws: ``FileError`` that names the JSON path of what breaks the specification.
  public init(json text: [UInt8], path: String) throws(FileError) {
    var top = try SigMFObject(
      JSONParser.value(of: text, path: path), place: "", path: path)
    var object = try top.required(try top.object("collection"), "collection")
    version = try object.required(try object.string("core:version"), "core:version")
    _ = try SigMFExtension.read(from: &object)
    var streams: [Stream] = []
    for (index, value) in (try object.values("core:streams") ?? []).enumerated() {
      streams.append(
        try Stream(value, place: "collection.core:streams[\(index)]", path: path))
    }
    self.streams = streams
    self.path = path
    extra = object.fields
  }

  /// Reads a collection's file.
  ///
  /// - Throws: As ``init(json:path:)``; ``FileError`` when the operating system refuses.
  init(reading path: FilePath) throws(FileError) {
    try self.init(
      json: InputFile.read(path.string, limit: SigMFMetadata.sizeLimit), path: path.string)
  }

  /// The metadata files of the recordings, in the collection's folder.
  var metadataPaths: [FilePath] {
    let folder = FilePath(path).removingLastComponent()
    return streams.map { folder.appending("\($0.name).sigmf-meta") }
  }

  /// Checks a recording's metadata file against its digest.
  ///
  /// - Throws: ``FileError`` if it is another file than the collection means.
  package func verify(_ index: Int, metadata text: [UInt8]) throws(FileError) {
    var digest = SHA512()
    digest.update(text)
    let found = digest.hexDigest()
    guard found == streams[index].hash.lowercased() else {
      throw FileError(
        .malformed, path: path, place: "collection.core:streams[\(index)].hash",
        reason: "is \(streams[index].hash.prefix(16))…, but \(streams[index].name).sigmf-meta "
          + "has \(found.prefix(16))…")
    }
  }
}

extension SigMFCollection.Stream {
  /// Reads `{"name": …, "hash": …}` or the older `[name, hash]`.
  init(_ value: JSONValue, place: String, path: String) throws(FileError) {
    if case .array(let pair) = value {
      guard pair.count == 2, case .string(let name) = pair[0], case .string(let hash) = pair[1]
      else {
        throw FileError(
          .malformed, path: path, place: place,
          reason: "an array of other things than a name and a hash")
      }
      (self.name, self.hash) = (name, hash)
    } else {
      var object = try SigMFObject(value, place: place, path: path)
      name = try object.required(try object.string("name"), "name")
      hash = try object.required(try object.string("hash"), "hash")
    }
    guard SigMFGlobal.isFileName(name) else {
      throw FileError(
        .malformed, path: path, place: place,
        reason: "the name '\(name)' is none of a recording in the same folder")
    }
  }
}
