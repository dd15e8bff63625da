/// The samples of one capture, read once from front to end in constant memory.
///
/// What cannot be read does not hide what came before it: the good samples are delivered
/// first, and the next read throws.
public struct IQReader: ~Copyable, Sendable {
  /// What is known of the capture.
  public let info: CaptureInfo

  /// How many samples were delivered.
  public private(set) var position = 0

  /// How many of them were not finite and delivered as 0.
  public private(set) var replacedCount = 0

  private let replaceNonfinite: Bool
  private var source: ByteSource
  private var failure: FileError?

  /// Reads the samples of a source that stands at the first of them.
  package init(_ source: consuming ByteSource, info: CaptureInfo, replaceNonfinite: Bool) {
    self.source = source
    self.info = info
    self.replaceNonfinite = replaceNonfinite
  }

  /// Reads samples into the first `count` elements of an array.
  ///
  /// - Parameters:
  ///   - samples: At least `count` elements; those beyond the result keep no meaning.
  ///   - count: How many samples are wanted.
  /// - Returns: How many samples were read: fewer than `count` only at the end or before a
  ///   fault, 0 only at the end (or for a `count` of 0).
  /// - Throws: ``FileError`` for an input without samples, a cut-off last sample, a sample that
  ///   is not finite (unless those are replaced) or a refusal of the operating system.
  public mutating func read(into samples: inout [IQSample], count: Int) throws(FileError) -> Int {
    try read(into: &samples, range: 0..<count)
  }

  /// Reads samples into a range of an array, such as the part of a window that is new.
  ///
  /// - Parameters:
  ///   - samples: The array; elements of `range` beyond the result keep no meaning.
  ///   - range: Where the samples go, within the array's bounds.
  /// - Returns: As for ``read(into:count:)``.
  /// - Throws: As for ``read(into:count:)``.
  public mutating func read(
    into samples: inout [IQSample], range: Range<Int>
  ) throws(FileError) -> Int {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= samples.count,
      "range \(range) of \(samples.count) samples")
    return try unsafe samples.withUnsafeMutableBufferPointer { samples throws(FileError) -> Int in
      try unsafe read(into: UnsafeMutableBufferPointer(rebasing: samples[range]))
    }
  }

  /// Throws the fault that ended the capture, if it was a fault.
  ///
  /// A read that comes short tells the end of the good samples, not why they end.
  ///
  /// - Throws: ``FileError`` as the next read would.
  public func checkEnd() throws(FileError) {
    if let failure { throw failure }
  }

  /// Fills a buffer as far as the capture goes.
  private mutating func read(
    into samples: UnsafeMutableBufferPointer<IQSample>
  ) throws(FileError) -> Int {
    var done = 0
    while done < samples.count, failure == nil {
      let read = unsafe readBlock(
        into: UnsafeMutableBufferPointer(rebasing: samples[done...]))
      if read == 0 { break }
      done += read
    }
    if done == 0, let failure { throw failure }
    return done
  }

  /// Decodes what the source has at hand; 0 at the end or at a fault, which is remembered.
  private mutating func readBlock(into samples: UnsafeMutableBufferPointer<IQSample>) -> Int {
    let size = info.format.bytesPerSample
    do throws(FileError) {
      let available = try source.fill(size)
      guard available >= size else {
        try checkRest(available)
        return 0
      }
      let count = min(available / size, samples.count)
      let bytes = unsafe source.unread.prefix(count * size)
      let target = unsafe UnsafeMutableBufferPointer(rebasing: samples.prefix(count))
      var span = unsafe target.mutableSpan
      let isFinite = unsafe info.format.decode(
        UnsafeRawBufferPointer(rebasing: bytes).bytes, into: &span)
      let good = isFinite ? count : acceptFinite(&span)
      source.consume(good * size)
      position += good
      return good
    } catch {
      failure = error
      return 0
    }
  }

  /// Replaces what is not finite, or stops before it and remembers the fault.
  ///
  /// - Returns: How many samples may be delivered.
  private mutating func acceptFinite(_ samples: inout MutableSpan<IQSample>) -> Int {
    for index in samples.indices {
      let sample = samples[index]
      if sample.i.isFinite && sample.q.isFinite { continue }
      guard replaceNonfinite else {
        failure = FileError(
          .malformed, path: info.path,
          place: "sample \(position + index) at byte "
            + "\(source.offset + index * info.format.bytesPerSample)",
          reason: "I is \(sample.i) and Q is \(sample.q), but both must be finite; "
            + "--replace-nonfinite reads such samples as 0")
        return index
      }
      samples[index] = .zero
      replacedCount += 1
    }
    return samples.count
  }

  /// Checks that the input ended between samples and held at least one.
  private func checkRest(_ left: Int) throws(FileError) {
    // Who interrupts a read has no claim to a whole sample.
    if source.wasInterrupted { return }
    guard left == 0 else {
      throw FileError(
        .malformed, path: info.path, place: "byte \(source.offset)",
        reason: "\(left) \(left == 1 ? "byte" : "bytes") left, "
          + "a \(info.format.rawValue) sample has \(info.format.bytesPerSample)")
    }
    guard position > 0 else { throw FileError(empty: info) }
  }
}

extension FileError {
  /// Creates the error of a capture without samples.
  init(empty info: CaptureInfo) {
    self.init(
      .malformed, path: info.path, place: info.skipBytes > 0 ? "byte \(info.skipBytes)" : nil,
      reason: info.skipBytes > 0 ? "no samples after the skipped bytes" : "it is empty")
  }
}
