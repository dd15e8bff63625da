public import SystemPackage

extension SigMFRecording {
  /// Finds the recording that a path stands for.
  ///
  /// The path is that of the metadata (`N.sigmf-meta`), of the dataset (`N.sigmf-data`, or any
  /// file that the `core:dataset` of an `N.sigmf-meta` beside it names), of an archive
  /// (`A.sigmf`), of a recording in one (`A.sigmf/N`) or of a collection of one recording.
  ///
  /// - Returns: The recording; `nil` for a path that has nothing to do with SigMF.
  /// - Throws: ``FileError`` that names the file at fault and, in JSON, the path.
  public static func locate(_ path: FilePath) throws(FileError) -> SigMFRecording? {
    if path.string == "-" { return nil }
    switch path.extension?.lowercased() {
    case "sigmf-meta":
      return try recording(describedBy: path)
    case "sigmf-data":
      let metadata = path.replacingExtension("sigmf-meta")
      guard metadata.isFile else {
        guard path.isFile else { return nil }
        throw FileError(
          .missing, path: path.string,
          reason: "its metadata is missing: there is no \(metadata.string); "
            + "--format and --rate read the samples without")
      }
      return try recording(describedBy: metadata)
    case "sigmf":
      return path.isFile ? try SigMFArchive(path).recording(named: nil) : nil
    case "sigmf-collection":
      let recordings = try paths(of: path)
      guard recordings.count == 1 else {
        throw FileError(
          .unsupported, path: path.string,
          reason: "a collection of \(recordings.count) recordings; name one: "
            + recordings.prefix(5).map(\.string).joined(separator: ", "))
      }
      return try recording(describedBy: recordings[0])
    default:
      if let (archive, name) = path.archive {
        return try SigMFArchive(archive).recording(named: name)
      }
      guard let file = path.lastComponent, path.isFile else { return nil }
      for metadata in metadataPaths(beside: path) where metadata.isFile {
        let recorded = try SigMFMetadata(
          json: InputFile.read(metadata.string, limit: SigMFMetadata.sizeLimit),
          path: metadata.string)
        // Metadata may be another file's that only shares the name's front.
        if recorded.global.dataset == file.string { return try recording(describedBy: metadata) }
      }
      return nil
    }
  }

  /// Returns the paths of all recordings that a path stands for, in their order.
  ///
  /// - Returns: For a collection, its recordings' metadata; for an archive of several recordings,
  ///   `A.sigmf/N` of each; for every other path, itself alone.
  /// - Throws: ``FileError`` for a collection or an archive that cannot be read.
  public static func paths(of path: FilePath) throws(FileError) -> [FilePath] {
    switch path.extension?.lowercased() {
    case "sigmf-collection":
      let collection = try SigMFCollection(reading: path)
      guard !collection.streams.isEmpty else {
        throw FileError(
          .malformed, path: path.string, place: "collection.core:streams",
          reason: "names no recording")
      }
      return collection.metadataPaths
    case "sigmf" where path.isFile:
      let names = try SigMFArchive(path).names
      return names.count == 1 ? [path] : names.map { path.appending($0) }
    default:
      return [path]
    }
  }

  /// Holds the metadata of a collection's recordings against the digests that it tells, be it a
  /// file or in an archive; for every other path there is nothing to do.
  ///
  /// - Throws: ``FileError`` that names the recording whose metadata is missing or is another.
  package static func verifyCollection(_ path: FilePath) throws(FileError) {
    switch path.extension?.lowercased() {
    case "sigmf-collection":
      let collection = try SigMFCollection(reading: path)
      for (index, metadata) in collection.metadataPaths.enumerated() {
        try collection.verify(
          index, metadata: InputFile.read(metadata.string, limit: SigMFMetadata.sizeLimit))
      }
    case "sigmf" where path.isFile:
      try SigMFArchive(path).verifyCollection()
    default:
      break
    }
  }

  /// Reads an archive from a pipe, up to the first sample's recording.
  ///
  /// - Parameter source: At the archive's first byte; afterwards at the dataset's first one, which
  ///   may lie before the first sample.
  /// - Returns: The first recording whose metadata comes before its samples.
  /// - Throws: ``FileError``; of kind `unsupported` if samples come first, since a pipe does not
  ///   go back.
  package static func read(archive source: inout ByteSource) throws(FileError) -> SigMFRecording {
    var reader = TarReader(at: source)
    let path = FilePath(source.path)
    var waiting: [String: (metadata: SigMFMetadata, deviations: [String], path: String)] = [:]
    while let member = try reader.member(in: &source) {
      if let stem = member.stem(of: SigMFArchive.metadataExtension) {
        let place = SigMFArchive.place(of: member, in: path)
        var deviations: [String] = []
        let metadata = try SigMFMetadata(
          json: member.text(from: &source, path: place), path: place, deviations: &deviations)
        waiting[SigMFArchive.datasetName(of: metadata, stem: stem)] = (metadata, deviations, place)
      } else if let (metadata, deviations, place) = waiting[member.name] {
        let layout = try SigMFLayout(metadata, path: place, start: member.offset, size: member.size)
        return SigMFRecording(
          metadata: metadata, deviations: deviations, metadataPath: FilePath(place),
          dataPath: path, layout: layout,
          dataset: member.offset..<(member.offset + member.size))
      } else if member.stem(of: ".sigmf-data") != nil {
        throw FileError(
          .unsupported, path: source.path, place: "byte \(member.offset)",
          reason: "the samples come before their metadata, and a pipe does not go back; "
            + "save the archive to a file and read that")
      }
    }
    guard let (metadata, _, place) = waiting.values.first else {
      throw FileError(.malformed, path: source.path, reason: "an archive without a recording")
    }
    throw missing("dataset after it", of: metadata, path: place)
  }

  /// Where the metadata of a file of any name may stand: `N.sigmf-meta` and `N.cu8.sigmf-meta`
  /// for `N.cu8`.
  package static func metadataPaths(beside path: FilePath) -> [FilePath] {
    [path.replacingExtension("sigmf-meta"), FilePath(path.string + ".sigmf-meta")]
  }

  /// Reads metadata and looks for the file it describes.
  private static func recording(
    describedBy path: FilePath
  ) throws(FileError) -> SigMFRecording {
    let text = try InputFile.read(path.string, limit: SigMFMetadata.sizeLimit)
    var deviations: [String] = []
    let metadata = try SigMFMetadata(json: text, path: path.string, deviations: &deviations)
    let dataset =
      metadata.global.dataset.map { path.removingLastComponent().appending($0) }
      ?? path.replacingExtension("sigmf-data")
    guard let status = try? dataset.stat(), status.type == .regular else {
      throw missing(dataset.string, of: metadata, path: path.string)
    }
    let size = Int(status.size)
    let layout = try SigMFLayout(metadata, path: path.string, start: 0, size: size)
    return SigMFRecording(
      metadata: metadata, deviations: deviations, metadataPath: path, dataPath: dataset,
      layout: layout, dataset: 0..<size)
  }
}

extension FilePath {
  fileprivate var isFile: Bool { (try? stat())?.type == .regular }

  fileprivate func replacingExtension(_ name: String) -> FilePath {
    var path = self
    path.extension = name
    return path
  }

  /// The archive and the rest of the path, for a path that goes into one.
  fileprivate var archive: (FilePath, String)? {
    var parts: [String] = []
    var front = self
    while let last = front.lastComponent, front.removeLastComponent() {
      parts.insert(last.string, at: 0)
      guard front.extension?.lowercased() == "sigmf" else { continue }
      return front.isFile ? (front, parts.joined(separator: "/")) : nil
    }
    return nil
  }
}
