public import SystemPackage

/// Writes what was found in captures as SigMF annotations beside them; no file is ever changed.
///
/// A capture without SigMF metadata gets `N.sigmf-meta`, which describes it as a dataset of
/// another name (`core:dataset`). A SigMF recording gets `N.psdpipe.sigmf-meta`: its own metadata
/// with the annotations added. Where its dataset is a conforming one, that file stands without
/// samples (`core:metadata_only`), since SigMF binds a conforming dataset to one name.
///
/// Source: SigMF 1.2, `core:dataset` and `core:metadata_only`.
public struct SigMFAnnotationWriter: Sendable {
  private let classes: [String]
  private var annotations: [SigMFAnnotation] = []

  /// Prepares for the answers of a model with these classes.
  public init(classes: [String]) { self.classes = classes }

  /// Takes what is told of the inputs, in the order of ``BatchClassifier``.
  ///
  /// - Returns: The path of the file that was written, which is at an input's summary.
  /// - Throws: ``FileError`` for standard input, where the file to write stands already, and
  ///   where it cannot be written.
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
    guard capture.path != "-" else {
      throw FileError(
        .unsupported, path: "-", reason: "annotations stand beside a file; there is none here")
    }
    let path = FilePath(capture.path)
    let target: FilePath
    var metadata: SigMFMetadata
    if let recording = try SigMFRecording.locate(path) {
      metadata = recording.metadata
      if recording.dataPath.lastComponent?.string != metadata.global.dataset {
        metadata.global.isMetadataOnly = true
        metadata.global.dataset = nil
      }
      target = Self.name(beside: recording.dataPath, path)
    } else {
      metadata = try Self.metadata(of: capture, path)
      target = Self.name(besideRaw: path)
    }
    guard !Folder.contains(target.string) else {
      throw FileError(
        .inputOutput, path: target.string, reason: "stands there already; move or remove it")
    }
    let (_, overflow) = metadata.global.offset.addingReportingOverflow(
      annotations.last?.sampleStart ?? 0)
    guard !overflow else {
      throw FileError(
        .unsupported, path: path.string, place: "global.core:offset",
        reason: "is \(metadata.global.offset); the indices of annotations would pass 2^63")
    }
    metadata.annotations += annotations.map {
      var annotation = $0
      annotation.sampleStart += metadata.global.offset
      return annotation
    }
    try SigMFWriter.write(metadata, to: target)
    return target
  }

  /// Describes a capture that is not SigMF as what SigMF calls a non-conforming dataset.
  private static func metadata(
    of capture: CaptureInfo, _ path: FilePath
  ) throws(FileError) -> SigMFMetadata {
    var global = SigMFGlobal(format: capture.format, sampleRate: capture.sampleRate)
    global.dataset = path.lastComponent?.string
    if let count = capture.sampleCount, let size = (try? path.stat()).map({ Int($0.size) }) {
      let end = capture.skipBytes + count * capture.format.bytesPerSample
      global.trailingBytes = max(0, size - end)
    }
    var segment = SigMFCapture(frequency: capture.centerFrequency)
    segment.headerBytes = capture.skipBytes
    return SigMFMetadata(global: global, captures: [segment])
  }
  /// `N.psdpipe.sigmf-meta` for a dataset or an archive of that name, `A.N.psdpipe.sigmf-meta`
  /// for the path `A.sigmf/N` of a recording in an archive.
  private static func name(beside file: FilePath, _ path: FilePath) -> FilePath {
    var stem = file.stem ?? ""
    if path.removingLastComponent() == file, let part = path.lastComponent {
      stem += ".\(part.string)"
    }
    return file.removingLastComponent().appending("\(stem).psdpipe.sigmf-meta")
  }

  /// `N.sigmf-meta`, or, where another file's stands under that name, `N.cu8.sigmf-meta`.
  private static func name(besideRaw path: FilePath) -> FilePath {
    let names = SigMFRecording.metadataPaths(beside: path)
    return names.first { !Folder.contains($0.string) } ?? names[0]
  }
}
