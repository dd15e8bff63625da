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
  ///   - isInterrupted: Asked before every read, and when a signal interrupts one: `true` ends the
  ///     capture there.
  /// - Returns: A reader at the first sample.
  /// - Throws: ``ConfigurationError`` for a configuration that makes no sense; ``FileError`` for
  ///   a file that cannot be opened, is of a kind that is not read, contradicts the
  ///   configuration, tells no format, is empty or ends within its header.
  public static func open(
    _ path: FilePath, _ configuration: CaptureConfiguration = .default,
    isInterrupted: @escaping @Sendable () -> Bool = { false }
  ) throws -> IQReader {
    try configuration.validate()
    let recording = try recording(at: path, configuration)
    if configuration.verifiesDigest {
      guard let recording else {
        throw FileError(
          .unsupported, path: path.string,
          reason: path.string == "-"
            ? "a stream is read once and can't be verified first; save it to a file"
            : "no SigMF metadata stands beside it, whose digest would verify it")
      }
      try recording.verify()
    }
    if let recording {
      let source = try ByteSource(
        opening: recording.dataPath, named: path.string, isInterrupted: isInterrupted)
      return try open(
        source, container: .sigmf, header: recording.facts, name: CaptureFacts(),
        segments: recording.segments, deviations: recording.deviations, configuration)
    }
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
    var found: Container = (.raw, nil, nil)
    if configuration.skipBytes == 0 {
      found = try readHeader(of: &source, fileName: name, configuration)
    }
    return try open(
      source, container: found.kind, header: found.header, name: told,
      segments: found.recording?.segments ?? [], deviations: found.recording?.deviations ?? [],
      configuration)
  }

  /// Reads the samples of a source that stands at the first of them, or before skipped bytes.
  ///
  /// - Parameters:
  ///   - source: The file or stream, past its header.
  ///   - container: What the samples lie in.
  ///   - header: What the header, or the metadata beside the file, tells.
  ///   - name: What the file's name tells.
  ///   - segments: The stretches that the metadata divides the samples into.
  ///   - deviations: What of the metadata breaks the specification.
  ///   - configuration: What the user tells.
  /// - Returns: A reader at the first sample.
  /// - Throws: ``FileError`` where the configuration contradicts the header, nobody tells the
  ///   format, or there are no samples.
  package static func open(
    _ source: consuming ByteSource, container: CaptureContainer, header: CaptureFacts?,
    name: CaptureFacts, segments: [CaptureSegment] = [], deviations: [String] = [],
    _ configuration: CaptureConfiguration
  ) throws(FileError) -> IQReader {
    var (header, segments) = (header, segments)
    if let index = configuration.segment {
      header = try select(index, from: &segments, of: header, path: source.path)
    }
    let conclusion = CaptureConclusion(option: configuration, header: header, name: name)
    let format = try conclusion.format(of: source.path)
    try configuration.realInput.check(format, path: source.path)
    let skip = max(configuration.skipBytes, header?.dataOffset ?? 0)
    let rest = skip - source.offset
    guard try source.skip(rest) == rest else {
      throw FileError(
        .malformed, path: source.path, place: "byte \(source.offset)",
        reason: "it ends there, within the \(skip) bytes to skip")
    }
    if let count = header?.dataBytes { source.limit(to: count) }
    let bytes = source.size.map { $0 - skip }
    // Headers between segments are no samples.
    let counted = segments.last.flatMap { last in last.count.map { last.start + $0 } }
    if let center = configuration.centerFrequency {
      for index in segments.indices { segments[index].centerFrequency = center }
    }
    var info = CaptureInfo(
      path: source.path, format: format, sampleRate: conclusion.sampleRate?.value,
      centerFrequency: conclusion.centerFrequency?.value,
      sampleCount: counted ?? bytes.map { $0 / format.bytesPerSample }, skipBytes: skip,
      container: container, startTime: conclusion.startTime?.value, origins: conclusion.origins,
      header: header, segments: segments)
    info.deviations = deviations
    if bytes == 0 { throw FileError(empty: info) }
    return IQReader(
      source, info: info, replaceNonfinite: configuration.replaceNonfinite,
      adjustment: configuration.adjustment)
  }

  /// What the samples lie in, and what its header tells.
  private typealias Container = (
    kind: CaptureContainer, header: CaptureFacts?, recording: SigMFRecording?
  )

  /// Leaves one segment, and tells what holds for it alone.
  private static func select(
    _ index: Int, from segments: inout [CaptureSegment], of header: CaptureFacts?, path: String
  ) throws(FileError) -> CaptureFacts? {
    guard segments.indices.contains(index) else {
      throw FileError(
        .unsupported, path: path,
        reason: segments.isEmpty
          ? "nothing divides it into segments; leave --segment out"
          : "it has no segment \(index); they are 0 to \(segments.count - 1)")
    }
    guard var header, let format = header.format else { return header }
    var chosen = segments[index]
    // The last one reaches to the end, where a sample may be cut off.
    header.dataBytes =
      index == segments.count - 1
      ? header.dataBytes.map { $0 - (chosen.dataOffset - header.dataOffset) }
      : chosen.count.map { $0 * format.bytesPerSample }
    header.dataOffset = chosen.dataOffset
    header.centerFrequency = chosen.centerFrequency
    header.startTime = chosen.startTime
    chosen.start = 0
    segments = [chosen]
    return header
  }

  /// The recording that a path stands for, unless the configuration makes the file raw.
  static func recording(
    at path: FilePath, _ configuration: CaptureConfiguration
  ) throws(FileError) -> SigMFRecording? {
    if configuration.skipBytes > 0 { return nil }
    do {
      return try SigMFRecording.locate(path)
    } catch {
      // Samples that lost their metadata are raw for who tells their format.
      let isData = path.extension?.lowercased() == "sigmf-data"
      if error.kind == .missing, isData, configuration.format != nil { return nil }
      throw error
    }
  }

  /// Recognises the container by its first bytes and reads its header, if it has one.
  private static func readHeader(
    of source: inout ByteSource, fileName: String?, _ configuration: CaptureConfiguration
  ) throws(FileError) -> Container {
    let start = try source.peek(UnreadableContainer.magicLength)
    if WAVHeader.matches(start) {
      let header = try WAVHeader(from: &source)
      return (header.container, header.facts, nil)
    }
    if NPYCaptureHeader.matches(start) {
      return (.npy, try NPYCaptureHeader(from: &source).facts, nil)
    }
    let content = UnreadableContainer.recognised(in: start)
    if fileName == nil, content?.isTar == true {
      let recording = try SigMFRecording.read(archive: &source)
      return (.sigmf, recording.facts, recording)
    }
    let named = (fileName.flatMap { FilePath($0).extension }).flatMap {
      UnreadableContainer.named(fileExtension: $0)
    }
    // A name is proof of nothing for who says otherwise; beside the content, it tells more.
    if let unreadable = content == nil && configuration.format != nil ? nil : named ?? content {
      throw unreadable.refusal(path: source.path, format: configuration.format)
    }
    return (.raw, nil, nil)
  }
}
