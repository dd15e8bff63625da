public import SystemPackage

/// Writes what was found in captures as SigMF annotations beside them; no file is ever changed.
///
/// A capture without SigMF metadata gets `N.sigmf-meta`, which describes it as a dataset of
/// another name (`core:dataset`). A SigMF recording gets `N.psdpipe.sigmf-meta`: its own metadata
/// with the annotations added. Where its dataset is a conforming one, that file stands without
/// samples (`core:metadata_only`), since SigMF binds a conforming dataset to one name.
///
/// What stands in the way is told before anything is classified.
///
/// Source: SigMF 1.2, `core:dataset` and `core:metadata_only`.
public struct SigMFAnnotationWriter: Sendable {
  private let classes: [String]
  private let opening: CaptureConfiguration
  private var annotations: [SigMFAnnotation] = []

  /// The file to write for each input that can be opened, by the input's path.
  private var targets: [String: FilePath] = [:]

  /// Finds the file to write for each input.
  ///
  /// - Parameters:
  ///   - classes: The names of the model's classes.
  ///   - inputs: The captures that will be classified.
  ///   - opening: How they will be opened.
  /// - Throws: ``FileError`` for an input that is no file, was annotated before or stores samples
  ///   in a way that SigMF cannot tell, and for a file to write that stands already or cannot be
  ///   written; ``ConfigurationError`` for one segment of captures, since annotations are of whole
  ///   ones.
  public init(classes: [String], inputs: [FilePath], opening: CaptureConfiguration) throws {
    guard opening.segment == nil else {
      throw ConfigurationError("segment", "leaves samples out; annotations are of whole captures")
    }
    self.classes = classes
    self.opening = opening
    var taken: [String: FilePath] = [:]
    for input in inputs {
      guard targets[input.string] == nil else {
        throw FileError(
          .unsupported, path: input.string, reason: "is given twice; it is annotated once")
      }
      guard let target = try Self.target(for: input, opening, taken: taken) else { continue }
      if let other = taken.updateValue(input, forKey: target.string) {
        throw FileError(
          .unsupported, path: input.string,
          reason: "is the same capture as \(other.string); its annotations go to one file, "
            + target.string)
      }
      try Self.checkFree(target)
      try OutputFile.check(target.string)
      targets[input.string] = target
    }
  }

  /// Takes what is told of the inputs, in the order of ``BatchClassifier``.
  ///
  /// - Returns: The path of the file that was written, which is at an input's summary.
  /// - Throws: ``FileError`` for a capture that was none of the inputs, and for a file that came to
  ///   stand where the annotations go or cannot be written.
  public mutating func add(_ event: BatchClassifier.Event) throws(FileError) -> FilePath? {
    switch event {
    case .window(let window, of: _):
      if window.prediction.answer != .noise { annotations.append(annotation(of: window)) }
      return nil
    case .failure:
      annotations.removeAll()
      return nil
    case .summary(let summary):
      defer { annotations.removeAll() }
      return try write(annotations, beside: summary.capture)
    }
  }

  private func annotation(of window: WindowResult) -> SigMFAnnotation {
    var annotation = SigMFAnnotation(
      sampleStart: window.start, sampleCount: window.samples,
      label: window.prediction.label(classes: classes))
    annotation.generator = "psdpipe \(SignalPipelineVersion.current) classify"
    let probabilities = zip(classes, window.prediction.probabilities).map {
      ($0, JSONValue.number(Double($1)))
    }
    annotation.extra["psdpipe:class_probabilities"] = .object(
      Dictionary(probabilities) { first, _ in first })
    return annotation
  }

  private func write(
    _ annotations: [SigMFAnnotation], beside capture: CaptureInfo
  ) throws(FileError) -> FilePath {
    let path = FilePath(capture.path)
    guard let target = targets[capture.path] else {
      throw FileError(
        .unsupported, path: path.string,
        reason: "was not there before the classification, or not as it is now")
    }
    try Self.checkFree(target)
    let recording = try CaptureOpening.recording(at: path, opening)
    var metadata: SigMFMetadata
    let bytes: Int?
    if let recording {
      metadata = recording.metadata
      if recording.dataPath.lastComponent?.string != metadata.global.dataset {
        metadata.global.isMetadataOnly = true
        metadata.global.dataset = nil
      }
      bytes = nil
    } else {
      let size = (try? path.stat()).map { Int($0.size) - capture.skipBytes }
      bytes = capture.header?.dataBytes ?? size
      metadata = Self.metadata(of: capture, path, trailing: (size ?? 0) - (bytes ?? 0))
    }
    // Two stored real samples are one that was classified; of an odd count the last one is alone.
    let stored = capture.format.isComplex ? 1 : 2
    let total =
      recording?.segments.last.flatMap { last in last.count.map { last.start + $0 } }
      ?? bytes.map { $0 / capture.format.bytesPerSample } ?? Int.max
    let last = annotations.last.map { stored * ($0.sampleStart + ($0.sampleCount ?? 0)) } ?? 0
    guard !metadata.global.offset.addingReportingOverflow(last).overflow else {
      throw FileError(
        .unsupported, path: path.string, place: "global.core:offset",
        reason: "is \(metadata.global.offset); the indices of annotations would pass 2^63")
    }
    metadata.annotations += annotations.map {
      var annotation = $0
      let start = stored * annotation.sampleStart
      annotation.sampleStart = metadata.global.offset + start
      annotation.sampleCount = annotation.sampleCount.map { min(stored * $0, total - start) }
      return annotation
    }
    try SigMFWriter.write(metadata, to: target)
    return target
  }

  /// Describes a capture that is not SigMF as what SigMF calls a non-conforming dataset.
  private static func metadata(
    of capture: CaptureInfo, _ path: FilePath, trailing: Int
  ) -> SigMFMetadata {
    // Real samples were delivered at half their rate, with the centre in the middle of the band.
    let rate = capture.format.isComplex ? capture.sampleRate : capture.sampleRate.map { 2 * $0 }
    let center =
      capture.format.isComplex
      ? capture.centerFrequency : capture.centerFrequency.map { $0 - (rate ?? 0) / 4 }
    var global = SigMFGlobal(format: capture.format, sampleRate: rate)
    global.dataset = path.lastComponent?.string
    global.trailingBytes = max(0, trailing)
    // By it, and the name of the dataset, the next run knows this file.
    global.extensions = [.psdpipe]
    var segment = SigMFCapture(frequency: center, datetime: capture.startTime)
    segment.headerBytes = capture.skipBytes
    return SigMFMetadata(global: global, captures: [segment])
  }
}

// MARK: - Where annotations go

extension SigMFAnnotationWriter {
  /// The file to write for an input; `nil` for one that opening will refuse.
  private static func target(
    for input: FilePath, _ opening: CaptureConfiguration, taken: [String: FilePath]
  ) throws(FileError) -> FilePath? {
    let recording: SigMFRecording?
    do {
      recording = try CaptureOpening.recording(at: input, opening)
    } catch {
      return nil
    }
    if let recording {
      if isOwn(recording.metadata) {
        throw FileError(
          .inputOutput, path: recording.metadataPath.string,
          reason: "holds the annotations of an earlier run; move or remove it")
      }
      return name(beside: recording.dataPath, input)
    }
    guard let status = try? input.stat() else { return nil }
    guard status.type == .regular else {
      throw FileError(
        .unsupported, path: input.string,
        reason: "annotations stand beside a file, and this is none")
    }
    if opening.skipBytes > 0, let other = (try? SigMFRecording.locate(input)) ?? nil {
      throw FileError(
        .unsupported, path: input.string,
        reason: "\(other.metadataPath.string) describes it; leave --skip-bytes out")
    }
    guard let format = try? CaptureOpening.open(input, opening).info.format else { return nil }
    guard format.isNamedBySigMF else {
      throw FileError(
        .unsupported, path: input.string,
        reason: "SigMF has no name for \(format.rawValue) samples: they can't be annotated")
    }
    let names = SigMFRecording.metadataPaths(beside: input)
    return names.first { !Folder.contains($0.string) && taken[$0.string] == nil } ?? names[0]
  }

  /// Whether metadata is what an earlier run wrote beside a capture that had none.
  private static func isOwn(_ metadata: SigMFMetadata) -> Bool {
    metadata.global.dataset != nil
      && metadata.global.extensions.contains { $0.name == SigMFExtension.psdpipe.name }
  }

  private static func checkFree(_ target: FilePath) throws(FileError) {
    guard !Folder.contains(target.string) else {
      throw FileError(
        .inputOutput, path: target.string, reason: "stands there already; move or remove it")
    }
  }

  /// `N.psdpipe.sigmf-meta` for a dataset or an archive of that name, `A.N.psdpipe.sigmf-meta`
  /// for the path `A.sigmf/N` of a recording in an archive.
  private static func name(beside file: FilePath, _ path: FilePath) -> FilePath {
    var stem = file.stem ?? ""
    if path.string.hasPrefix("\(file.string)/") {
      let name = path.string.dropFirst(file.string.count + 1)
      stem += "." + name.split(separator: "/").joined(separator: ".")
    }
    return file.removingLastComponent().appending("\(stem).psdpipe.sigmf-meta")
  }
}
