internal import Dispatch
internal import Synchronization

/// One stream's segments shared out among threads, with the sums of one thread.
///
/// A block is as many segments as one thread sums in `Float` before it adds them to its total:
/// blocks, added in their order, are to the last bit what one thread makes of the whole stream.
/// Threads claim several blocks at once where these are short.
struct SegmentBlocks: Sendable {
  private let configuration: SpectrumConfiguration
  private let workers: Int

  /// Whether threads can share the segments: averages are made of parts, and 32 segments a thread
  /// take no more than some 20 MB.
  static func serve(_ configuration: SpectrumConfiguration) -> Bool {
    configuration.averaging.hasParts && configuration.bins <= 1 << 16
  }

  /// Prepares for a configuration that is served.
  init(_ configuration: SpectrumConfiguration, workers: Int) {
    precondition(Self.serve(configuration), "\(configuration) is not served")
    self.configuration = configuration
    self.workers = workers
  }

  /// The number of samples from the start of one block to that of the next.
  private var stride: Int { PowerAverage.segmentsPerBlock * configuration.hop }

  /// The number of blocks of a claim: those of 65,536 samples, worth a tenth of a millisecond, or
  /// of sums that take 1 MB.
  private var blocks: Int { max(1, min((1 << 16) / stride, (1 << 18) / configuration.bins)) }

  /// The number of samples of a whole claim.
  private var length: Int { blocks * stride + configuration.overlap }

  /// Averages the whole segments of samples in memory.
  func average(of samples: [IQSample]) throws(ConfigurationError) -> PowerAverage {
    let next = Atomic(0)
    return try gather { part, _ in
      let index = next.add(1, ordering: .relaxed).oldValue
      let start = index * blocks * stride
      guard start + configuration.segmentLength <= samples.count else { return nil }
      let claim = samples.span.extracting(start..<min(start + length, samples.count))
      unsafe part.add(claim.bytes, .cf32, stride: stride)
      return index
    }
  }

  /// Averages the whole segments of a capture, which is read to its end or to a fault.
  func average(of reader: inout IQReader) throws(ConfigurationError) -> PowerAverage {
    // What the threads share goes back to the caller whatever happens.
    let source = Mutex(SharedCapture(reader: reader))
    let format = source.withLock { $0.format }
    let average = Result { () throws(ConfigurationError) in
      try gather { part, claim in
        if claim.isEmpty {
          let bytes = length * format.bytesPerSample
          claim = [IQSample](repeating: .zero, count: (bytes + 7) / 8)
        }
        let piece = source.withLock {
          $0.read(length, into: &claim, overlap: configuration.overlap)
        }
        guard let (index, bytes) = piece else { return nil }
        unsafe part.add(claim.span.bytes.extracting(..<bytes), format, stride: stride)
        return index
      }
    }
    reader = source.withLock { $0.takeReader() }
    return try average.get()
  }

  /// Adds up what the threads make of the blocks that they claim.
  ///
  /// - Parameter claim: Adds blocks to the part and returns the claim's number, `nil` when none is
  ///   left. The array is the thread's own, empty at first.
  /// - Returns: The average over all blocks.
  /// - Throws: ``ConfigurationError`` for a configuration that makes no sense.
  private func gather(
    _ claim: @Sendable (_ part: inout Part, _ samples: inout [IQSample]) -> Int?
  ) throws(ConfigurationError) -> PowerAverage {
    let total = Mutex(OrderedSum(PowerAverage(configuration)))
    let failure = Mutex<ConfigurationError?>(nil)
    // Parts that wait for an earlier one are kept; so many at most.
    let permits = DispatchSemaphore(value: 4 * workers)
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      do throws(ConfigurationError) {
        var part = Part(try WelchEstimator(configuration))
        var samples: [IQSample] = []
        while true {
          permits.wait()
          guard let index = claim(&part, &samples) else { break }
          let blocks = part.takeBlocks()
          let added = total.withLock { $0.add(blocks, index: index) }
          for _ in 0..<added { permits.signal() }
        }
        permits.signal()
      } catch {
        failure.withLock { $0 = error }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
    return total.withLock { $0.sum }
  }
}

/// What a thread makes of the samples that it claims.
private struct Part: ~Copyable {
  private var estimator: WelchEstimator
  private var blocks = Blocks()

  /// Sums of powers, block after block.
  struct Blocks: Sendable {
    var sums: [Float] = []
    var segments: [Int] = []
  }

  init(_ estimator: consuming WelchEstimator) { self.estimator = estimator }

  /// Adds the segments that lie whole in a claim's samples.
  mutating func add(_ bytes: RawSpan, _ format: SampleFormat, stride: Int) {
    let size = format.bytesPerSample
    let length = stride + estimator.configuration.overlap
    var start = 0
    while true {
      let end = min(start + length * size, bytes.byteCount)
      let segments = estimator.addSegments(of: bytes.extracting(start..<end), format)
      if segments == 0 { break }
      estimator.moveBlock(to: &blocks.sums)
      blocks.segments.append(segments)
      start += stride * size
      if start >= bytes.byteCount { break }
    }
  }

  /// Hands over the blocks, in their order.
  mutating func takeBlocks() -> Blocks {
    defer { blocks = Blocks() }
    return blocks
  }
}

/// The sum of parts in their order, whatever order they come in.
private struct OrderedSum: Sendable {
  private(set) var sum: PowerAverage
  private var waiting: [Int: Part.Blocks] = [:]
  private var next = 0

  init(_ zero: PowerAverage) { sum = zero }

  /// Takes a part.
  ///
  /// - Returns: How many parts were added to the sum.
  mutating func add(_ part: Part.Blocks, index: Int) -> Int {
    waiting[index] = part
    let first = next
    while let part = waiting.removeValue(forKey: next) {
      let bins = part.segments.isEmpty ? 0 : part.sums.count / part.segments.count
      for (block, segments) in part.segments.enumerated() {
        sum.add(block: part.sums[block * bins..<(block + 1) * bins], segments: segments)
      }
      next += 1
    }
    return next - first
  }
}
