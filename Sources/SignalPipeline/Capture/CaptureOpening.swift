public import SystemPackage

/// The way from a path to the samples behind it.
///
/// A WAV or NumPy file is recognised by its first bytes, whatever its name and also on standard
/// input. Each fact is taken from the first that tells it: the caller's configuration, the
/// header, the file's name. A format that contradicts a header is refused; bytes to skip make the
/// file raw, so that its header is not looked at.
public enum CaptureOpening {
  /// Opens a capture for reading.
  ///
  /// - Parameters:
  ///   - path: The file's path, or `-` for standard input.
  ///   - configuration: What the user tells about the capture.
  ///   - isInterrupted: Asked whenever a signal interrupts a read: `true` ends the capture
  ///     there, `false` reads on.
  /// - Returns: A reader at the first sample.
  /// - Throws: ``ConfigurationError`` for a configuration that makes no sense; ``FileError`` for
  ///   a file that cannot be opened, is of a kind that is not read, contradicts the
  ///   configuration, tells no format, is empty or ends within its header.
  public static func open(
    _ path: FilePath, _ configuration: CaptureConfiguration = .default,
    isInterrupted: @escaping @Sendable () -> Bool = { false }
  ) throws -> IQReader {
    try configuration.validate()
    let source = try ByteSource(opening: path, isInterrupted: isInterrupted)
    return try open(source, fileName: path.lastComponent?.string, configuration)
  }

  /// Reads a capture from a source that stands at its first byte.
  ///
  /// - Parameters:
  ///   - source: The file or stream.
  ///   - fileName: The file's name without its folders, if it has one.
  ///   - configuration: What the user tells about the capture.
  /// - Returns: A reader at the first sample.
  /// - Throws: ``FileError`` as for ``open(_:_:isInterrupted:)``.
  package static func open(
    _ source: consuming ByteSource, fileName: String?, _ configuration: CaptureConfiguration
  ) throws(FileError) -> IQReader {
    let name = source.path == "-" ? nil : fileName
    let told = name.map(CaptureFileName.facts(of:)) ?? CaptureFacts()
    let (container, header) =
      configuration.skipBytes > 0
      ? (.raw, nil) : try readHeader(of: &source, fileName: name, configuration, told)
    return try open(
      source, container: container, header: header, name: told, configuration)
  }

  /// Reads the samples of a source that stands at the first of them, or before skipped bytes.
  ///
  /// - Parameters:
  ///   - source: The file or stream, past its header.
  ///   - container: What the samples lie in.
  ///   - header: What the header, or the metadata beside the file, tells.
  ///   - name: What the file's name tells.
  ///   - configuration: What the user tells.
  /// - Returns: A reader at the first sample.
  /// - Throws: ``FileError`` where the configuration contradicts the header, nobody tells the
  ///   format, or there are no samples.
  package static func open(
    _ source: consuming ByteSource, container: CaptureContainer, header: CaptureFacts?,
    name: CaptureFacts, _ configuration: CaptureConfiguration
  ) throws(FileError) -> IQReader {
    let conclusion = CaptureConclusion(option: configuration, header: header, name: name)
    let format = try conclusion.format(of: source.path)
    let skip = max(configuration.skipBytes, header?.dataOffset ?? 0)
    let rest = skip - source.offset
    guard try source.skip(rest) == rest else {
      throw FileError(
        .malformed, path: source.path, place: "byte \(source.offset)",
        reason: "it ends there, within the \(skip) bytes to skip")
    }
    if let count = header?.dataBytes { source.limit(to: count) }
    let bytes = source.size.map { $0 - skip }
    let info = CaptureInfo(
      path: source.path, format: format, sampleRate: conclusion.sampleRate?.value,
      centerFrequency: conclusion.centerFrequency?.value,
      sampleCount: bytes.map { $0 / format.bytesPerSample }, skipBytes: skip,
      container: container, startTime: conclusion.startTime?.value, origins: conclusion.origins,
      header: header)
    if bytes == 0 { throw FileError(empty: info) }
    return IQReader(source, info: info, replaceNonfinite: configuration.replaceNonfinite)
  }

  /// Recognises the container by its first bytes and reads its header, if it has one.
  private static func readHeader(
    of source: inout ByteSource, fileName: String?, _ configuration: CaptureConfiguration,
    _ told: CaptureFacts
  ) throws(FileError) -> (CaptureContainer, CaptureFacts?) {
    let start = try source.peek(UnreadableContainer.magicLength)
    if WAVHeader.matches(start) {
      let header = try WAVHeader(from: &source)
      return (header.container, header.facts)
    }
    if NPYCaptureHeader.matches(start) {
      return (.npy, try NPYCaptureHeader(from: &source).facts)
    }
    let named = (fileName.flatMap { FilePath($0).extension }).flatMap {
      UnreadableContainer.named(fileExtension: $0)
    }
    let content = UnreadableContainer.recognised(in: start)
    // A name is proof of nothing for who says otherwise; beside the content, it tells more.
    if let unreadable = content == nil && configuration.format != nil ? nil : named ?? content {
      throw unreadable.refusal(path: source.path, format: configuration.format)
    }
    return (.raw, nil)
  }
}
