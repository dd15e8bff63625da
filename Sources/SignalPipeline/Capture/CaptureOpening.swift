public import SystemPackage

/// The way from a path to the samples behind it.
public enum CaptureOpening {
  /// Opens a capture for reading.
  ///
  /// - Parameters:
  ///   - path: The file's path, or `-` for standard input.
  ///   - configuration: What the user tells about the capture.
  ///   - isInterrupted: Asked before every read, and when a signal interrupts one: `true` ends the
  ///     capture there.
  /// - Returns: A reader at the first sample.
  /// - Throws: ``ConfigurationError`` for a configuration that makes no sense; ``FileError`` for
  ///   a file that cannot be opened, tells no format, is empty or ends within the header.
  public static func open(
    _ path: FilePath, _ configuration: CaptureConfiguration = .default,
    isInterrupted: @escaping @Sendable () -> Bool = { false }
  ) throws -> IQReader {
    try configuration.validate()
    let source = try ByteSource(opening: path, isInterrupted: isInterrupted)
    return try open(source, fileExtension: path.extension, configuration)
  }

  /// Reads a capture from a source that stands at its first byte.
  package static func open(
    _ source: consuming ByteSource, fileExtension: String?,
    _ configuration: CaptureConfiguration
  ) throws -> IQReader {
    let skip = configuration.skipBytes
    let format = try format(of: source.path, fileExtension: fileExtension, configuration)
    let skipped = try source.skip(skip)
    guard skipped == skip else {
      throw FileError(
        .malformed, path: source.path, place: "byte \(skipped)",
        reason: "it ends there, within the \(skip) bytes to skip")
    }
    let bytes = source.size.map { $0 - skip }
    let info = CaptureInfo(
      path: source.path, format: format, sampleRate: configuration.sampleRate,
      centerFrequency: configuration.centerFrequency,
      sampleCount: bytes.map { $0 / format.bytesPerSample }, skipBytes: skip)
    if bytes == 0 { throw FileError(empty: info) }
    return IQReader(source, info: info, replaceNonfinite: configuration.replaceNonfinite)
  }

  /// The format that the user or the file's name tells.
  private static func format(
    of path: String, fileExtension: String?, _ configuration: CaptureConfiguration
  ) throws(FileError) -> SampleFormat {
    if let format = configuration.format { return format }
    if let fileExtension, let format = SampleFormat(fileExtension: fileExtension) { return format }
    let subject =
      path == "-"
      ? "standard input"
      : fileExtension.map { "the extension .\($0)" } ?? "a name without extension"
    let formats = SampleFormat.allCases.map(\.rawValue).joined(separator: ", ")
    throw FileError(
      .unsupported, path: path,
      reason: "\(subject) does not tell the sample format; "
        + "give it, for example --format cu8 (one of \(formats))")
  }
}
