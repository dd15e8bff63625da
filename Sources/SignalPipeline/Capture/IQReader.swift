/// The samples of one capture, read once from front to end in constant memory.
///
/// Real samples become complex baseband (``RealToBaseband``), and what the user wants done to the
/// samples is done here (``SampleAdjustment``), so that every sample delivered is IQ, whatever
/// was stored. What cannot be read does not hide what came before it: the good samples are
/// delivered first, and the next read throws.
public struct IQReader: ~Copyable, Sendable {
  /// What is known of the capture as it is delivered.
  public let info: CaptureInfo

  /// How many samples were delivered.
  public private(set) var position = 0

  /// How many of the stored samples were not finite and read as 0, and of the delivered ones
  /// beyond `Float`'s range and delivered as 0.
  public var replacedCount: Int { stored.replacedCount + overflowCount }

  private let replaceNonfinite: Bool
  private var stored: StoredSamples
  private var adjuster: SampleAdjuster?
  private var converter: RealToBaseband?
  private var block: [Float] = []
  private var overflowCount = 0
  private var failure: FileError?

  /// Reads the samples of a source that stands at the first of them.
  ///
  /// - Parameters:
  ///   - source: The file or stream.
  ///   - info: What is known of the capture as it is stored: of a real one, the rate and number
  ///     of real samples and the frequency at their 0 Hz.
  ///   - replaceNonfinite: Whether samples that are not finite are read as 0.
  ///   - adjustment: What is done to the samples.
  package init(
    _ source: consuming ByteSource, info: CaptureInfo, replaceNonfinite: Bool,
    adjustment: SampleAdjustment = .none
  ) {
    self.info = info.delivered(with: adjustment)
    self.replaceNonfinite = replaceNonfinite
    stored = StoredSamples(source, info: info, replaceNonfinite: replaceNonfinite)
    if adjustment != .none { adjuster = SampleAdjuster(adjustment) }
    if !info.format.isComplex {
      converter = RealToBaseband()
      block = [Float](repeating: 0, count: Self.blockCount)
    }
  }

  /// How many real samples are converted at a time.
  private static let blockCount = 8192

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

  /// The format of the stored samples, where they are delivered as they are.
  var plainFormat: SampleFormat? {
    adjuster == nil && converter == nil ? info.format : nil
  }

  /// Lends the samples at hand as they are stored in the ``plainFormat``.
  ///
  /// - Parameters:
  ///   - count: The least number of samples wanted in one piece.
  ///   - most: The largest number of samples lent.
  ///   - body: Returns how many of them are delivered thereby; the others are read again.
  /// - Returns: What `body` did; 0 without a call where so many do not lie in one piece, for
  ///   whatever reason. Other reads deliver what there is, and tell the reason.
  mutating func lend(
    atLeast count: Int, atMost most: Int = .max, to body: (RawSpan) -> Int
  ) -> Int {
    guard failure == nil, plainFormat != nil else { return 0 }
    let taken = stored.lend(atLeast: count, atMost: most, to: body)
    position += taken
    return taken
  }

  /// Whether the ``plainFormat`` is one of integers, without headers between the samples.
  var isPlainIntegers: Bool {
    plainFormat.map { $0.number.isInteger } ?? false && stored.isInOnePiece
  }

  /// Reads samples as they are stored; they are plain integers.
  ///
  /// - Parameter bytes: Room for whole samples.
  /// - Returns: How many samples were read: fewer than there is room for only at the end or before
  ///   a fault, which is remembered.
  mutating func read(stored bytes: UnsafeMutableRawBufferPointer) -> Int {
    guard failure == nil else { return 0 }
    let count = unsafe stored.read(stored: bytes)
    position += count
    failure = stored.failure
    return count
  }

  /// Fills a buffer as far as the capture goes.
  mutating func read(
    into samples: UnsafeMutableBufferPointer<IQSample>
  ) throws(FileError) -> Int {
    var done = 0
    while done < samples.count {
      let read = unsafe readBlock(
        into: UnsafeMutableBufferPointer(rebasing: samples[done...]))
      if read == 0 { break }
      done += read
    }
    if done == 0, let failure { throw failure }
    return done
  }

  /// Delivers what is at hand; 0 at the end or at a fault, which is remembered.
  private mutating func readBlock(into samples: UnsafeMutableBufferPointer<IQSample>) -> Int {
    guard failure == nil else { return 0 }
    let numbers = unsafe UnsafeMutableRawBufferPointer(samples).assumingMemoryBound(to: Float.self)
    var span = unsafe numbers.mutableSpan
    let count = info.format.isComplex ? readComplex(into: &span) : readReal(into: &span)
    if count == 0 {
      failure = stored.failure
      return 0
    }
    guard adjuster != nil || converter != nil else {
      position += count
      return count
    }
    adjuster?.adjust(complex: &span, count: count)
    let good = isFloat ? accept(&span, count: count) : count
    position += good
    return good
  }

  /// Whether sums and products of the numbers may leave `Float`'s range.
  private var isFloat: Bool { !info.format.number.isInteger }

  private mutating func readComplex(into numbers: inout MutableSpan<Float>) -> Int {
    let count = stored.read(into: &numbers)
    adjuster?.adjust(stored: &numbers, count: count, isComplex: true)
    return count
  }

  private mutating func readReal(into numbers: inout MutableSpan<Float>) -> Int {
    while true {
      let count = converter?.read(into: &numbers) ?? 0
      if count > 0 || converter?.isFinished != false { return count }
      // Out of `self` while it is written, so that the stages can be changed meanwhile.
      var block: [Float] = []
      swap(&block, &self.block)
      var span = block.mutableSpan
      let got = stored.read(into: &span)
      adjuster?.adjust(stored: &span, count: got, isComplex: false)
      if got > 0 {
        converter?.append(block[..<got])
      } else {
        converter?.finish()
      }
      swap(&block, &self.block)
    }
  }

  /// Replaces what adjustment or conversion took beyond `Float`'s range, or stops before it.
  ///
  /// - Returns: How many samples may be delivered.
  private mutating func accept(_ numbers: inout MutableSpan<Float>, count: Int) -> Int {
    for index in 0..<count where !(numbers[2 * index] * 0 + numbers[2 * index + 1] * 0 == 0) {
      guard replaceNonfinite else {
        let sample = (position + index) * (info.format.isComplex ? 1 : 2)
        failure = FileError(
          .malformed, path: info.path, place: stored.place(of: sample),
          reason: "\(info.adjustment == .none ? "its conversion" : "its adjustment") leaves the "
            + "range of ±3.4028235e+38; --replace-nonfinite reads such samples as 0")
        return index
      }
      numbers[2 * index] = 0
      numbers[2 * index + 1] = 0
      overflowCount += 1
    }
    return count
  }
}
