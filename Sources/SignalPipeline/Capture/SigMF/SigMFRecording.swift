public import SystemPackage

/// A SigMF recording: metadata, and where the samples lie that it describes.
public struct SigMFRecording: Hashable, Sendable {
  /// The metadata.
  public let metadata: SigMFMetadata

  /// The metadata's file; within an archive, the archive's path and the entry's.
  public let metadataPath: FilePath

  /// The file that holds the samples: the dataset or the archive.
  public let dataPath: FilePath

  /// What the metadata tells of all samples; their centre only if it is one, and headers between
  /// them count among their bytes.
  public let facts: CaptureFacts

  /// What was read although it breaks the specification, each with its JSON path.
  public let deviations: [String]

  /// All stretches of samples; offsets are those of ``dataPath``.
  public let segments: [CaptureSegment]

  /// The bytes of the dataset in ``dataPath``, all that ``verify()`` digests.
  let dataset: Range<Int>

  init(
    metadata: SigMFMetadata, deviations: [String], metadataPath: FilePath, dataPath: FilePath,
    layout: SigMFLayout, dataset: Range<Int>
  ) {
    self.metadata = metadata
    self.deviations = deviations
    self.metadataPath = metadataPath
    self.dataPath = dataPath
    facts = layout.facts
    segments = layout.segments
    self.dataset = dataset
  }

  /// Checks the dataset against its SHA-512 digest, reading all of it.
  ///
  /// - Throws: ``FileError`` if the metadata tells no digest or the dataset has another, or for a
  ///   refusal of the operating system.
  public func verify() throws(FileError) {
    let place = "global.core:sha512"
    guard let expected = metadata.global.sha512 else {
      throw FileError(
        .missing, path: metadataPath.string, place: place,
        reason: "this field is missing: there is nothing to verify the samples against")
    }
    let found = try Self.digest(of: dataPath, dataset)
    guard found == expected.lowercased() else {
      throw FileError(
        .malformed, path: metadataPath.string, place: place,
        reason: "is \(expected.prefix(16))…, but \(dataPath.string) has \(found.prefix(16))…")
    }
  }

  /// The SHA-512 digest of a part of a file.
  static func digest(of path: FilePath, _ range: Range<Int>) throws(FileError) -> String {
    var source = try ByteSource(opening: path)
    _ = try source.skip(range.lowerBound)
    var digest = SHA512()
    var left = range.count
    while left > 0 {
      let bytes = try source.read(upTo: min(left, 1 << 16))
      if bytes.isEmpty { break }
      digest.update(bytes)
      left -= bytes.count
    }
    return digest.hexDigest()
  }

  /// The error of samples that are not there.
  static func missing(
    _ dataset: String, of metadata: SigMFMetadata, path: String
  ) -> FileError {
    if metadata.global.isMetadataOnly {
      return FileError(
        .missing, path: path, place: "global.core:metadata_only",
        reason: "is true: the metadata stands without samples")
    }
    return FileError(
      .missing, path: path,
      place: metadata.global.dataset == nil ? nil : "global.core:dataset",
      reason: "the samples are missing: there is no \(dataset)")
  }
}
