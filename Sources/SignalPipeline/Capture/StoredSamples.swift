/// The samples of one capture as it stores them, complex or real, in numbers of full scale 1.
///
/// What cannot be read does not hide what came before it: ``failure`` is set once everything
/// before the fault was delivered.
struct StoredSamples: ~Copyable, Sendable {
  /// How many samples were delivered.
  private(set) var position = 0

  /// How many of them were not finite and delivered as 0.
  private(set) var replacedCount = 0

  /// The fault that ended the samples.
  private(set) var failure: FileError?

  private let info: CaptureInfo
  private let replaceNonfinite: Bool
  private let runs: [Run]
  private var nextRun = 1
  private var source: ByteSource

  /// Samples that lie one after the other; before each run but the first stand bytes that are none.
  private struct Run {
    /// The index of the first sample.
    let start: Int
    /// Where it lies [bytes].
    let offset: Int
  }

  private var format: SampleFormat { info.format }

  /// Reads the samples of a source that stands at the first of them.
  init(_ source: consuming ByteSource, info: CaptureInfo, replaceNonfinite: Bool) {
    var runs = [Run(start: 0, offset: source.offset)]
    for segment in info.segments {
      let run = runs[runs.count - 1]
      let offset = run.offset + (segment.start - run.start) * info.format.bytesPerSample
      if segment.dataOffset != offset {
        runs.append(Run(start: segment.start, offset: segment.dataOffset))
      }
    }
    self.runs = runs
    self.source = source
    self.info = info
    self.replaceNonfinite = replaceNonfinite
  }

  /// Decodes what the source has at hand.
  ///
  /// - Parameter numbers: Room for samples; a complex one is two numbers.
  /// - Returns: How many samples were read: 0 only at the end or at a fault.
  mutating func read(into numbers: inout MutableSpan<Float>) -> Int {
    let size = format.bytesPerSample
    guard failure == nil else { return 0 }
    do throws(FileError) {
      let left = try enterRun()
      let available = try source.fill(size)
      guard available >= size else {
        try checkRest(available)
        return 0
      }
      let count = min(available / size, numbers.count / format.numbersPerSample, left)
      let bytes = unsafe UnsafeRawBufferPointer(rebasing: source.unread.prefix(count * size))
      let isFinite = unsafe format.decode(bytes.bytes, into: &numbers)
      let good = isFinite ? count : accept(&numbers, stored: unsafe bytes.bytes)
      source.consume(good * size)
      position += good
      return good
    } catch {
      failure = error
      return 0
    }
  }

  /// Lends the samples at hand as they are stored.
  ///
  /// - Parameters:
  ///   - count: The least number of samples wanted in one piece.
  ///   - most: The largest number of samples lent.
  ///   - body: Returns how many of them are delivered thereby.
  /// - Returns: What `body` did; 0 without a call where fewer are left before a header, the end
  ///   or a fault.
  mutating func lend(atLeast count: Int, atMost most: Int, to body: (RawSpan) -> Int) -> Int {
    let size = format.bytesPerSample
    guard failure == nil, count <= most, count <= ByteSource.mostFilled / size else { return 0 }
    do throws(FileError) {
      let left = try enterRun()
      guard left >= count else { return 0 }
      let available = min(try source.fill(count * size) / size, left, most)
      guard available >= count else { return 0 }
      let bytes = unsafe UnsafeRawBufferPointer(rebasing: source.unread.prefix(available * size))
      let taken = body(unsafe bytes.bytes)
      source.consume(taken * size)
      position += taken
      return taken
    } catch {
      failure = error
      return 0
    }
  }

  /// Whether no header lies between the samples to come.
  var isInOnePiece: Bool { nextRun >= runs.count }

  /// Reads samples as they are stored, which lie in one piece.
  ///
  /// - Parameter bytes: Room for whole samples.
  /// - Returns: How many samples were read: fewer than there is room for only at the end or at a
  ///   fault.
  mutating func read(stored bytes: UnsafeMutableRawBufferPointer) -> Int {
    precondition(isInOnePiece, "headers lie between the samples")
    guard failure == nil else { return 0 }
    let size = format.bytesPerSample
    var done = 0
    do throws(FileError) {
      var got = 0
      repeat {
        got = try unsafe source.read(
          into: UnsafeMutableRawBufferPointer(rebasing: bytes[done...]))
        done += got
      } while got > 0
    } catch {
      failure = error
    }
    let rest = done % size
    position += done / size
    if failure == nil, done < bytes.count {
      unsafe source.takeBack(UnsafeRawBufferPointer(rebasing: bytes[done - rest..<done]))
      do throws(FileError) { try checkRest(rest) } catch { failure = error }
    }
    return done / size
  }

  /// Passes over the bytes before the next run where the current one ends.
  ///
  /// - Returns: How many samples the run holds from here on.
  private mutating func enterRun() throws(FileError) -> Int {
    guard nextRun < runs.count else { return .max }
    let run = runs[nextRun]
    guard position == run.start else { return run.start - position }
    let gap = run.offset - source.offset
    guard try source.skip(gap) == gap || source.wasInterrupted else {
      throw FileError(
        .malformed, path: info.path, place: "byte \(source.offset)",
        reason: "it ends within the header before sample \(run.start) at byte \(run.offset)")
    }
    nextRun += 1
    return try enterRun()
  }

  /// Where a sample lies, for errors.
  func place(of sample: Int) -> String {
    let run = runs.last { $0.start <= sample } ?? runs[0]
    return "sample \(sample) at byte "
      + "\(run.offset + (sample - run.start) * format.bytesPerSample)"
  }

  /// Replaces what is not finite, or stops before it and remembers the fault.
  ///
  /// - Returns: How many samples may be delivered.
  private mutating func accept(
    _ numbers: inout MutableSpan<Float>, stored bytes: RawSpan
  ) -> Int {
    let width = format.numbersPerSample
    let count = bytes.byteCount / format.bytesPerSample
    for index in 0..<count {
      let places = index * width..<(index + 1) * width
      if places.allSatisfy({ numbers[$0].isFinite }) { continue }
      guard replaceNonfinite else {
        failure = FileError(
          .malformed, path: info.path, place: place(of: position + index),
          reason: reason(places.map { format.text(ofNumber: $0, in: bytes, as: numbers[$0]) }))
        return index
      }
      for place in places { numbers[place] = 0 }
      replacedCount += 1
    }
    return count
  }

  /// What is wrong with a sample of these numbers.
  private func reason(_ numbers: [String]) -> String {
    (format.isComplex
      ? "I is \(numbers[0]) and Q is \(numbers[1]), but both must be finite"
      : "it is \(numbers[0]), but must be finite")
      + (format.number == .f64 ? " and within ±3.4028235e+38" : "")
      + "; --replace-nonfinite reads such samples as 0"
  }

  /// Checks that the input ended between samples and held at least one.
  private func checkRest(_ left: Int) throws(FileError) {
    // Who interrupts a read has no claim to a whole sample.
    if source.wasInterrupted { return }
    let end = source.offset + left
    let firstByte = runs[0].offset
    let told = info.header?.dataBytes
    let isShort = told.map { end - firstByte < $0 } ?? true
    // A recorder that was stopped left a header that promises too much, and a sample cut off.
    let isForgiven = isShort && info.container.mayBeInterrupted
    if let told, isShort, !isForgiven {
      throw FileError(
        .malformed, path: info.path, place: "byte \(end)",
        reason: "it ends here; its header tells \(told) bytes of samples from byte \(firstByte) on")
    }
    guard left == 0 || isForgiven else {
      throw FileError(
        .malformed, path: info.path, place: "byte \(source.offset)",
        reason: "\(left) \(left == 1 ? "byte" : "bytes") left, "
          + "a \(format.rawValue) sample has \(format.bytesPerSample)")
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
