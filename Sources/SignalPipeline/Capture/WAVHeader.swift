/// What stands before the samples of a WAV file: RIFF, RF64 or BW64.
///
///     "RIFF" size "WAVE"  { name (4) size (4) content [1 byte after odd sizes] }…
///
/// Chunks before the samples are read or passed over. Of those after them only a receiver's note
/// (`auxi`) counts, and only in a regular file: a stream has not come there yet. Sizes of
/// interrupted recordings (0, all ones, beyond the input's end) mean all that is there; so does, in a
/// RIFF file beyond 4 GB, a size that lost its upper bits. What a size claims is never allocated.
///
/// Sources: IBM and Microsoft, Multimedia Programming Interface 1.0 (1991); EBU Tech 3306 (RF64);
/// ITU-R BS.2088 (BW64).
package struct WAVHeader: Sendable {
  /// Which of the three forms the file has.
  package let container: CaptureContainer

  /// Format, rate, centre and time where they are told, and where the samples lie.
  package let facts: CaptureFacts

  /// Whether a file that begins so is a WAV file, or a file of another kind in its form.
  package static func matches(_ start: [UInt8]) -> Bool { form(of: start) != nil }

  /// Reads the header at the start of a source and leaves the source at its first sample.
  ///
  /// - Throws: ``FileError`` that names the chunk, its byte and what is wrong there.
  package init(from source: inout ByteSource) throws(FileError) {
    let start = try source.read(exactly: 12)
    guard let container = Self.form(of: start), start[8...].elementsEqual("WAVE".utf8) else {
      throw FileError(
        .unsupported, path: source.path, place: "byte 8",
        reason: "a RIFF file of kind '\(String(decoding: start[8...], as: UTF8.self))', not WAVE")
    }
    var format: WAVFormatChunk?
    var recorder: WAVRecorderChunk?
    var longSize: Int?
    while true {
      let chunk = try Self.nextChunk(of: &source)
      if chunk.name == "data" {
        guard let format else {
          throw FileError(
            .malformed, path: source.path, place: "chunk 'data' at byte \(chunk.offset)",
            reason: "no 'fmt ' chunk stands before it, so that its samples have no format")
        }
        self.container = container
        let size = Self.DataSize(
          told: chunk.size, long: container == .wav ? nil : longSize,
          isFinished: source.size == start.integer(at: 4, size: 4) + 8)
        let bytes = size.bytes(
          of: source.size.map { $0 - source.offset }, frame: format.bytesPerFrame)
        if recorder == nil, let bytes { recorder = try Self.recorder(after: bytes, in: source) }
        facts = CaptureFacts(
          format: format.format, sampleRate: format.sampleRate,
          centerFrequency: recorder?.centerFrequency, startTime: recorder?.startTime?.text,
          dataOffset: source.offset, dataBytes: bytes)
        return
      }
      let content = source.offset
      switch chunk.name {
      case "fmt ":
        let bytes = try source.read(upTo: min(chunk.size, WAVFormatChunk.length))
        format = try WAVFormatChunk(bytes, path: source.path, offset: content)
      case "auxi":
        recorder = WAVRecorderChunk(
          try source.read(upTo: min(chunk.size, WAVRecorderChunk.limit)))
      case "ds64":
        let bytes = try source.read(upTo: min(chunk.size, 16))
        // A size beyond 63 bits lies beyond the file's end, too.
        if bytes.count == 16 {
          longSize =
            bytes[15] < 0x80
            ? bytes.integer(at: 8, size: 4) | bytes.integer(at: 12, size: 4) << 32 : .max
        }
      default: break
      }
      try Self.skipRest(of: chunk, in: &source)
    }
  }

  /// The head of a chunk.
  private struct Chunk {
    let name: String
    let size: Int
    /// Where the head stands in the file [bytes].
    let offset: Int
  }

  private static func form(of start: [UInt8]) -> CaptureContainer? {
    switch String(decoding: start.prefix(4), as: UTF8.self) {
    case "RIFF": .wav
    case "RF64": .rf64
    case "BW64": .bw64
    default: nil
    }
  }

  private static func nextChunk(of source: inout ByteSource) throws(FileError) -> Chunk {
    let offset = source.offset
    let head = try source.read(upTo: 8)
    guard head.count == 8 else {
      throw FileError(
        .malformed, path: source.path, place: "byte \(offset)",
        reason: "it ends here without a 'data' chunk")
    }
    return Chunk(
      name: String(decoding: head[..<4], as: UTF8.self), size: head.integer(at: 4, size: 4),
      offset: offset)
  }

  /// Chunks that may stand after one whose odd size was not padded.
  private static let known = ["data", "fmt ", "auxi", "LIST", "fact", "JUNK", "bext", "id3 "]

  /// How many chunks after the samples are looked at.
  private static let trailerLimit = 64

  /// The receiver's note among the chunks after the samples of a regular file.
  ///
  /// The samples are whole without it, so that what is no chunk only ends the search.
  private static func recorder(
    after bytes: Int, in source: borrowing ByteSource
  ) throws(FileError) -> WAVRecorderChunk? {
    // A stream's size may be any number, and has nothing to look at behind it.
    guard source.size != nil else { return nil }
    var place = source.offset + bytes
    var isOdd = bytes % 2 == 1
    for _ in 0..<trailerLimit {
      var head = try source.bytes(at: place, count: 9)
      // The padding of an odd size, unless the writer forgot it.
      if isOdd, !known.contains(String(decoding: head.prefix(4), as: UTF8.self)) {
        place += 1
        head.removeFirst(min(1, head.count))
      }
      guard head.count >= 8, head.prefix(4).allSatisfy({ (0x20...0x7E).contains($0) }) else {
        return nil
      }
      let size = head.integer(at: 4, size: 4)
      if head.starts(with: "auxi".utf8) {
        let count = min(size, WAVRecorderChunk.limit)
        return WAVRecorderChunk(try source.bytes(at: place + 8, count: count))
      }
      place += 8 + size
      isOdd = size % 2 == 1
    }
    return nil
  }

  /// Passes over what was not read of a chunk, and over the byte that pads an odd size.
  private static func skipRest(
    of chunk: Chunk, in source: inout ByteSource
  ) throws(FileError) {
    let rest = chunk.offset + 8 + chunk.size - source.offset
    guard try source.skip(rest) == rest else {
      throw FileError(
        .malformed, path: source.path, place: "chunk '\(chunk.name)' at byte \(chunk.offset)",
        reason: "its \(chunk.size) bytes go beyond the end at byte \(source.offset), "
          + "and no 'data' chunk stands before it")
    }
    guard chunk.size % 2 == 1 else { return }
    // Some writers forget the padding.
    let next = String(decoding: try source.peek(4), as: UTF8.self)
    if !known.contains(next) { _ = try source.skip(1) }
  }
}
