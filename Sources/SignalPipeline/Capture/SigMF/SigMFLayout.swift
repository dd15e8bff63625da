/// Where the samples that metadata describes lie in a dataset's bytes.
///
/// The chunk of segment k begins, with `s` the capture segments' `core:sample_start` less
/// `core:offset` and `h` their `core:header_bytes`, at byte
///
///     Σ_{j ≤ k} h[j] + s[k] · bytesPerSample
///
/// of the dataset. Samples before the first capture segment are a segment that tells nothing.
///
/// Source: SigMF 1.2, `core:header_bytes`, `core:trailing_bytes` and `core:offset`.
struct SigMFLayout {
  /// What the metadata tells of the whole.
  let facts: CaptureFacts

  /// The stretches of samples, none empty unless it is the only one.
  let segments: [CaptureSegment]

  /// Lays out a dataset.
  ///
  /// - Parameters:
  ///   - metadata: The metadata.
  ///   - path: The metadata's file, which errors name.
  ///   - start: Where the dataset begins in its file [bytes].
  ///   - size: The dataset's size, if known [bytes].
  /// - Throws: ``FileError`` that names the field that does not fit.
  init(
    _ metadata: SigMFMetadata, path: String, start: Int, size: Int?
  ) throws(FileError) {
    let global = metadata.global
    func fault(
      _ place: String, _ reason: String, _ kind: FileError.Kind = .malformed
    ) -> FileError {
      FileError(kind, path: path, place: place, reason: reason)
    }
    guard let format = SampleFormat(rawValue: global.datatype) else {
      throw fault("global.core:datatype", "\(global.datatype) samples are not read", .unsupported)
    }
    guard global.channels == 1 else {
      throw fault(
        "global.core:num_channels",
        "is \(global.channels); only recordings of one channel are read", .unsupported)
    }
    var end: Int?
    if let size {
      guard global.trailingBytes <= size else {
        throw fault(
          "global.core:trailing_bytes", "is \(global.trailingBytes); the dataset has \(size) bytes")
      }
      end = size - global.trailingBytes
    } else if global.trailingBytes > 0 {
      throw fault(
        "global.core:trailing_bytes", "cannot be left out of a dataset of unknown size",
        .unsupported)
    }
    var captures = metadata.captures
    if captures.isEmpty || captures[0].sampleStart > global.offset {
      captures.insert(SigMFCapture(sampleStart: global.offset), at: 0)
    }
    let inserted = captures.count - metadata.captures.count
    var segments: [CaptureSegment] = []
    var headers = 0
    for (index, capture) in captures.enumerated() {
      let place = "captures[\(index - inserted)].core:"
      let tooFar = fault(
        place + (capture.headerBytes > 0 ? "header_bytes" : "sample_start"),
        "the samples would begin after \(end.map { "the dataset's byte \($0)" } ?? "2^63 bytes")")
      // What begins before the dataset's first sample holds from that one on.
      let first = max(0, capture.sampleStart - global.offset)
      let (sum, headersOverflow) = headers.addingReportingOverflow(capture.headerBytes)
      let (bytes, bytesOverflow) = first.multipliedReportingOverflow(by: format.bytesPerSample)
      let (offset, offsetOverflow) = sum.addingReportingOverflow(bytes)
      let (_, placeOverflow) = offset.addingReportingOverflow(start)
      guard !headersOverflow, !bytesOverflow, !offsetOverflow, !placeOverflow,
        offset <= end ?? Int.max
      else { throw tooFar }
      headers = sum
      if let last = segments.last {
        if last.start == first {
          segments.removeLast()
        } else {
          segments[segments.count - 1].count = first - last.start
        }
      }
      segments.append(
        CaptureSegment(
          start: first, count: end.map { ($0 - offset) / format.bytesPerSample },
          dataOffset: start + offset, centerFrequency: capture.frequency,
          // Before the dataset the moment is another sample's.
          startTime: capture.sampleStart >= global.offset ? capture.datetime : nil))
    }
    if segments.count > 1, segments[segments.count - 1].count == 0 { segments.removeLast() }
    self.segments = segments
    facts = CaptureFacts(
      format: format, sampleRate: global.sampleRate, centerFrequency: segments[0].centerFrequency,
      startTime: segments[0].startTime, dataOffset: segments[0].dataOffset,
      dataBytes: Self.run(segments, format, end: end.map { $0 + start }))
  }

  /// The bytes from the first sample to the end, or to the first header between samples.
  private static func run(
    _ segments: [CaptureSegment], _ format: SampleFormat, end: Int?
  ) -> Int? {
    let start = segments[0].dataOffset
    for segment in segments
    where segment.dataOffset - start != (segment.start - segments[0].start) * format.bytesPerSample
    {
      return (segment.start - segments[0].start) * format.bytesPerSample
    }
    return end.map { $0 - start }
  }
}
