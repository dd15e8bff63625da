/// Where the samples that metadata describes lie in a dataset's bytes.
///
/// The chunk of segment k begins, with `s` the capture segments' `core:sample_start` less
/// `core:offset` and `h` their `core:header_bytes`, at byte
///
///     Σ_{j ≤ k} h[j] + s[k] · bytesPerSample
///
/// of the dataset. Samples before the first capture segment are a segment that tells nothing. A
/// segment continues the one before if `core:global_index` (`core:sample_start` where it is left
/// out) grows by as many samples as lie between; where neither tells it, if their times do.
///
/// Source: SigMF 1.2, `core:header_bytes`, `core:trailing_bytes`, `core:offset` and
/// `core:global_index`.
struct SigMFLayout {
  /// What the metadata tells of the whole.
  let facts: CaptureFacts

  /// The stretches of samples; only the last may hold less than one.
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
    var kept: [SigMFCapture] = []
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
          kept.removeLast()
        } else {
          segments[segments.count - 1].count = first - last.start
        }
      }
      segments.append(
        CaptureSegment(
          start: first, count: end.map { ($0 - offset) / format.bytesPerSample },
          dataOffset: start + offset, centerFrequency: capture.frequency,
          // Before the dataset the moment is another sample's.
          startTime: capture.sampleStart >= global.offset ? capture.datetime : nil,
          continues: kept.last.map {
            Self.continues($0, capture, sampleRate: global.sampleRate)
          } ?? false))
      kept.append(capture)
    }
    var last = end.map { $0 + start }
    if segments.count > 1, let empty = segments.last, empty.count == 0 {
      let before = segments[segments.count - 2]
      let gap = before.dataOffset + (before.count ?? 0) * format.bytesPerSample
      // Behind a header, a part of a sample needs a segment to be told.
      if empty.dataOffset == gap || empty.dataOffset == last { segments.removeLast() }
      if empty.dataOffset == last { last = gap }
    }
    self.segments = segments
    let center = segments[0].centerFrequency
    facts = CaptureFacts(
      format: format, sampleRate: global.sampleRate,
      centerFrequency: segments.allSatisfy { $0.centerFrequency == center } ? center : nil,
      startTime: segments[0].startTime, dataOffset: segments[0].dataOffset,
      dataBytes: last.map { $0 - segments[0].dataOffset })
  }

  /// Whether no time passed between the end of one segment and the next.
  private static func continues(
    _ first: SigMFCapture, _ next: SigMFCapture, sampleRate: Double?
  ) -> Bool {
    let count = next.sampleStart - first.sampleStart
    if first.globalIndex != nil || next.globalIndex != nil {
      let step = (next.globalIndex ?? next.sampleStart) - (first.globalIndex ?? first.sampleStart)
      return step == count
    }
    guard let sampleRate, let begin = first.datetime.flatMap({ Moment($0) }),
      let end = next.datetime.flatMap({ Moment($0) })
    else { return true }
    // Times are as exact as they are written.
    let resolution = max(begin.resolution, end.resolution) + 1 / sampleRate
    return abs(end.seconds(since: begin) - Double(count) / sampleRate) <= resolution
  }
}
