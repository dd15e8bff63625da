package import SystemPackage

/// The recordings in a `.sigmf` file, found by the headers of its tar entries alone.
///
/// Source: SigMF 1.2, SigMF Archive files; POSIX.1-2001, pax.
package struct SigMFArchive: Sendable {
  /// The archive's path.
  package let path: FilePath

  /// The names of the recordings, as the collection orders them or, without one, as they lie in
  /// the archive.
  ///
  /// A name is a path in the archive where its last part is not enough.
  package let names: [String]

  /// The collection at the archive's top, if there is one.
  package let collection: SigMFCollection?

  private let stems: [String: String]
  private let members: [String: TarMember]

  /// Reads an archive's headers.
  ///
  /// - Throws: ``FileError`` for what is no tar archive or cut off, and for one without a
  ///   recording.
  package init(_ path: FilePath) throws(FileError) {
    self.path = path
    var source = try ByteSource(opening: path)
    var reader = TarReader(at: source)
    var members: [String: TarMember] = [:]
    var stems: [String] = []
    while let member = try reader.member(in: &source) {
      // Of entries with one name the last counts, as it does when an archive is unpacked.
      if members.updateValue(member, forKey: member.name) == nil,
        let stem = member.stem(of: SigMFArchive.metadataExtension)
      {
        stems.append(stem)
      }
    }
    self.members = members
    guard !stems.isEmpty else {
      throw FileError(
        .malformed, path: path.string,
        reason: "an archive without a recording: no entry's name ends in .sigmf-meta")
    }
    let groups = Dictionary(grouping: stems) { $0.lastPart }
    var named: [String: String] = [:]
    var names: [String] = []
    for stem in stems {
      let name = groups[stem.lastPart]?.count == 1 ? stem.lastPart : stem
      named[name] = stem
      names.append(name)
    }
    let top = members.values.filter { $0.name.hasSuffix(".sigmf-collection") }
      .min { $0.name.utf8.count < $1.name.utf8.count }
    if let top {
      let collection = try SigMFCollection(
        json: Self.content(of: top, in: path), path: Self.place(of: top, in: path))
      for (index, stream) in collection.streams.enumerated() where named[stream.name] == nil {
        throw FileError(
          .missing, path: collection.path, place: "collection.core:streams[\(index)]",
          reason: "the archive holds no recording '\(stream.name)'")
      }
      let ordered = collection.streams.map(\.name)
      names = ordered + names.filter { !ordered.contains($0) }
      self.collection = collection
    } else {
      collection = nil
    }
    self.names = names
    self.stems = named
  }

  /// Finds a recording.
  ///
  /// - Parameter name: One of ``names``, or its path in the archive; `nil` for the only one.
  /// - Returns: The recording, with the place of its samples in the archive.
  /// - Throws: ``FileError`` for a name that is none, and if `nil` could mean several.
  package func recording(named name: String?) throws(FileError) -> SigMFRecording {
    guard let name = name ?? (names.count == 1 ? names[0] : nil) else {
      throw FileError(
        .unsupported, path: path.string,
        reason: "holds \(names.count) recordings; name one: " + Self.list(names, in: path))
    }
    guard let stem = stems[name] ?? stems.values.first(where: { $0 == name }),
      let member = members["\(stem).sigmf-meta"]
    else {
      throw FileError(
        .missing, path: path.string,
        reason: "holds no recording '\(name)', but " + Self.list(names, in: path))
    }
    let text = try Self.content(of: member, in: path)
    let place = Self.place(of: member, in: path)
    var deviations: [String] = []
    let metadata = try SigMFMetadata(json: text, path: place, deviations: &deviations)
    let dataset = SigMFArchive.datasetName(of: metadata, stem: stem)
    guard let data = members[dataset] else {
      throw SigMFRecording.missing(dataset, of: metadata, path: place)
    }
    let layout = try SigMFLayout(metadata, path: place, start: data.offset, size: data.size)
    return SigMFRecording(
      metadata: metadata, deviations: deviations, metadataPath: FilePath(place), dataPath: path,
      layout: layout, dataset: data.offset..<(data.offset + data.size))
  }

  /// Holds the metadata of the collection's recordings against the digests that it tells.
  ///
  /// - Throws: ``FileError`` that names the stream whose metadata is other than the collection
  ///   means.
  func verifyCollection() throws(FileError) {
    guard let collection else { return }
    for (index, stream) in collection.streams.enumerated() {
      guard let stem = stems[stream.name], let member = members["\(stem).sigmf-meta"] else {
        continue
      }
      try collection.verify(index, metadata: Self.content(of: member, in: path))
    }
  }

  /// The name of the entry that holds the samples.
  static func datasetName(of metadata: SigMFMetadata, stem: String) -> String {
    guard let dataset = metadata.global.dataset else { return stem + ".sigmf-data" }
    return stem.dropLast(stem.lastPart.count) + dataset
  }

  static let metadataExtension = ".sigmf-meta"

  /// Where an entry stands, as errors tell it.
  static func place(of member: TarMember, in path: FilePath) -> String {
    "\(path.string)/\(member.name)"
  }

  /// Names for an error, not all of many.
  static func list(_ names: [String], in path: FilePath) -> String {
    names.prefix(5).map { "\(path.string)/\($0)" }.joined(separator: ", ")
      + (names.count > 5 ? " and \(names.count - 5) more" : "")
  }

  /// Reads an entry's text.
  private static func content(
    of member: TarMember, in path: FilePath
  ) throws(FileError) -> [UInt8] {
    var source = try ByteSource(opening: path)
    _ = try source.skip(member.offset)
    return try member.text(from: &source, path: place(of: member, in: path))
  }
}

extension TarMember {
  /// The path without an extension, if it has that one and is no shadow of another program.
  func stem(of suffix: String) -> String? {
    guard name.hasSuffix(suffix), !name.lastPart.hasPrefix("._") else { return nil }
    return String(name.dropLast(suffix.count))
  }

  /// Reads the content, with the source at its first byte.
  ///
  /// - Throws: ``FileError`` for one that is longer than metadata may be, or cut off.
  func text(from source: inout ByteSource, path: String) throws(FileError) -> [UInt8] {
    guard size <= SigMFMetadata.sizeLimit else {
      throw FileError(
        .unsupported, path: path,
        reason: "\(size) bytes; the limit for metadata is \(SigMFMetadata.sizeLimit)")
    }
    let text = try source.read(upTo: size)
    guard text.count == size else {
      throw FileError(
        .malformed, path: path, reason: "cut off after \(text.count) of \(size) bytes")
    }
    return text
  }
}

extension String {
  /// What stands after the last `/`.
  var lastPart: String { split(separator: "/").last.map(String.init) ?? self }
}
