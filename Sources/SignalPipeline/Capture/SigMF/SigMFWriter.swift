public import SystemPackage

/// Writes SigMF metadata that keeps to the specification.
public enum SigMFWriter {
  /// Returns metadata as the text of a `.sigmf-meta` file.
  ///
  /// Capture segments and annotations are put in order, and an extension that this library owns
  /// is declared where its fields are used.
  ///
  /// - Parameters:
  ///   - metadata: The metadata.
  ///   - path: The file that errors name.
  /// - Returns: JSON in UTF-8, with sorted keys.
  /// - Throws: ``FileError`` that names the JSON path of what SigMF does not allow, such as a
  ///   field of an extension that is not declared or a band whose edges are swapped.
  public static func text(
    of metadata: SigMFMetadata, path: String
  ) throws(FileError) -> [UInt8] {
    var metadata = metadata
    metadata.captures.sort { $0.sampleStart < $1.sampleStart }
    SigMFMetadata.sort(&metadata.annotations)
    let objects =
      [("global", metadata.global.extra)]
      + metadata.captures.enumerated().map { ("captures[\($0)]", $1.extra) }
      + metadata.annotations.enumerated().map { ("annotations[\($0)]", $1.extra) }
    let own = SigMFExtension.psdpipe
    if objects.contains(where: { $1.keys.contains { $0.hasPrefix("\(own.name):") } }),
      !metadata.global.extensions.contains(where: { $0.name == own.name })
    {
      metadata.global.extensions.append(own)
    }
    let namespaces = Set(metadata.global.extensions.map(\.name) + ["core"])
    for (place, fields) in objects {
      for key in fields.keys.sorted() where !isAllowed(key, namespaces) {
        throw FileError(
          .malformed, path: path, place: "\(place).\(key)",
          reason: "the field must be 'namespace:name', of core or of a declared extension")
      }
    }
    for (index, annotation) in metadata.annotations.enumerated() {
      guard let band = annotation.frequencies, !(band.lower <= band.upper) else { continue }
      throw FileError(
        .malformed, path: path, place: "annotations[\(index)].core:freq_upper_edge",
        reason: "is \(band.upper) Hz; the lower edge is \(band.lower) Hz")
    }
    let text = try JSON.encode(metadata, layout: .indented, path: path) + [0x0A]
    // What is written is what may be read: every rule of reading holds here too.
    _ = try SigMFMetadata(json: text, path: path)
    return text
  }

  /// Writes a `.sigmf-meta` file in one step.
  ///
  /// - Throws: As ``text(of:path:)``; ``FileError`` when the operating system refuses.
  public static func write(
    _ metadata: SigMFMetadata, to path: FilePath
  ) throws(FileError) {
    try OutputFile.write(try text(of: metadata, path: path.string), to: path.string)
  }

  /// Writes a recording: `N.sigmf-data`, then `N.sigmf-meta` with its SHA-512 digest.
  ///
  /// - Parameters:
  ///   - metadata: The metadata; its digest is set here.
  ///   - samples: The samples as they are stored.
  ///   - path: The path `N`, to which the extensions are appended.
  /// - Throws: As ``write(_:to:)``.
  public static func write(
    _ metadata: SigMFMetadata, samples: [UInt8], to path: FilePath
  ) throws(FileError) {
    let text = try text(of: metadata, samples: samples, path: path.string + ".sigmf-meta")
    try OutputFile.write(samples, to: path.string + ".sigmf-data")
    try OutputFile.write(text, to: path.string + ".sigmf-meta")
  }

  /// Returns the text of a recording's `.sigmf-meta` file, with the SHA-512 digest of its samples.
  ///
  /// - Parameters:
  ///   - metadata: The metadata; its digest is set here.
  ///   - samples: The samples as they are stored.
  ///   - path: The file that errors name.
  /// - Returns: JSON in UTF-8, with sorted keys.
  /// - Throws: As ``text(of:path:)``.
  public static func text(
    of metadata: SigMFMetadata, samples: [UInt8], path: String
  ) throws(FileError) -> [UInt8] {
    var metadata = metadata
    var digest = SHA512()
    digest.update(samples)
    metadata.global.sha512 = digest.hexDigest()
    return try text(of: metadata, path: path)
  }

  /// Whether a field's name is of the form that SigMF gives and of a known namespace.
  private static func isAllowed(_ key: String, _ namespaces: Set<String>) -> Bool {
    let parts = key.split(separator: ":", omittingEmptySubsequences: false)
    return parts.count == 2 && namespaces.contains(String(parts[0])) && !parts[1].isEmpty
  }
}

extension SigMFAnnotation.Band {
  /// A band of the baseband, cut at its ends: at RF where the centre is known, relative to the
  /// centre else.
  ///
  /// - Parameters:
  ///   - offset: The band's centre [cycles/sample].
  ///   - bandwidth: The band's width [cycles/sample].
  ///   - sampleRate: The sample rate [Hz].
  ///   - centerFrequency: What stands at 0 Hz of the baseband, if known [Hz].
  public init(
    offset: Double, bandwidth: Double, sampleRate: Double, centerFrequency: Double?
  ) {
    let center = centerFrequency ?? 0
    lower = center + max(-0.5, offset - bandwidth / 2) * sampleRate
    upper = center + min(0.5, offset + bandwidth / 2) * sampleRate
  }
}
