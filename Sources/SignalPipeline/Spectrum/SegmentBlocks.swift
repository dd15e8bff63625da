internal import Dispatch
internal import Synchronization

/// One stream's segments shared out among threads, in blocks, with the sums of one thread.
///
/// A block is as many segments as one thread sums in `Float` before it adds them to its total:
/// totals of blocks, added in the blocks' order, are to the last bit what one thread makes of the
/// whole stream.
struct SegmentBlocks: Sendable {
  private let configuration: SpectrumConfiguration
  private let workers: Int

  /// Prepares for a configuration whose averages can be made of parts.
  init(_ configuration: SpectrumConfiguration, workers: Int) {
    precondition(configuration.averaging.hasParts, "\(configuration.averaging) has no parts")
    self.configuration = configuration
    self.workers = workers
  }

  /// The number of samples from the start of one block to that of the next.
  private var stride: Int { PowerAverage.segmentsPerBlock * configuration.hop }

  /// The number of samples of a whole block.
  private var length: Int { stride + configuration.overlap }

  /// Averages the whole segments of samples in memory.
  func average(of samples: [IQSample]) throws(ConfigurationError) -> PowerAverage {
    let segments = configuration.segments(in: samples.count)
    let next = Atomic(0)
    return try gather { estimator, _ in
      let index = next.add(1, ordering: .relaxed).oldValue
      guard index * PowerAverage.segmentsPerBlock < segments else { return nil }
      let start = index * stride
      estimator.add(samples.span.extracting(start..<min(start + length, samples.count)))
      return index
    }
  }

  /// Averages the whole segments of a capture, which is read to its end or to a fault.
  func average(of reader: inout IQReader) throws(ConfigurationError) -> PowerAverage {
    // What the threads share goes back to the caller whatever happens.
    let source = Mutex(Source(reader: reader))
    let average = Result { () throws(ConfigurationError) in
      try gather { estimator, block in
        if block.isEmpty { block = [IQSample](repeating: .zero, count: length) }
        let piece = source.withLock {
          $0.read(into: &block, overlap: configuration.overlap)
        }
        guard let (index, count) = piece else { return nil }
        estimator.add(block.span.extracting(..<count))
        return index
      }
    }
    reader = source.withLock { $0.takeReader() }
    return try average.get()
  }

  /// Adds up what the threads make of the blocks that they claim.
  ///
  /// - Parameter claim: Adds one block to the estimator and returns the block's number, `nil`
  ///   when none is left. The array is the thread's own, empty at first.
  /// - Returns: The average over all blocks.
  /// - Throws: ``ConfigurationError`` for a configuration that makes no sense.
  private func gather(
    _ claim: @Sendable (_ estimator: inout WelchEstimator, _ block: inout [IQSample]) -> Int?
  ) throws(ConfigurationError) -> PowerAverage {
    let total = Mutex(OrderedSum(PowerAverage(configuration)))
    let failure = Mutex<ConfigurationError?>(nil)
    // Blocks that wait for an earlier one are kept; so many at most.
    let permits = DispatchSemaphore(value: 4 * workers)
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      do throws(ConfigurationError) {
        var estimator = try WelchEstimator(configuration)
        var block: [IQSample] = []
        while true {
          permits.wait()
          guard let index = claim(&estimator, &block) else { break }
          let part = estimator.takeAverage()
          let added = total.withLock { $0.add(part, index: index) }
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

/// A capture that threads take blocks of, in turns.
private struct Source: ~Copyable, Sendable {
  private var reader: IQReader?
  private var tail: [IQSample] = []
  private var blocks = 0
  private var isAtEnd = false

  init(reader: consuming IQReader) { self.reader = consume reader }

  /// Fills a block, which begins with the end of the one before.
  ///
  /// - Returns: The block's number and how many samples it has; `nil` after the last.
  mutating func read(
    into block: inout [IQSample], overlap: Int
  ) -> (index: Int, count: Int)? {
    guard !isAtEnd else { return nil }
    for index in tail.indices { block[index] = tail[index] }
    // The reader keeps its fault, and tells it again to who asks.
    let read = (try? reader?.read(into: &block, range: tail.count..<block.count)) ?? 0
    let count = tail.count + read
    guard read > 0 else { return nil }
    isAtEnd = count < block.count
    if !isAtEnd { tail = Array(block[(count - overlap)...]) }
    defer { blocks += 1 }
    return (blocks, count)
  }

  /// Gives the reader back; there are no blocks afterwards.
  mutating func takeReader() -> IQReader {
    guard let reader = reader.take() else { preconditionFailure("the reader is given back once") }
    return reader
  }
}

/// The sum of parts in their order, whatever order they come in.
private struct OrderedSum: Sendable {
  private(set) var sum: PowerAverage
  private var waiting: [Int: PowerAverage] = [:]
  private var next = 0

  init(_ zero: PowerAverage) { sum = zero }

  /// Takes a part.
  ///
  /// - Returns: How many parts were added to the sum.
  mutating func add(_ part: PowerAverage, index: Int) -> Int {
    waiting[index] = part
    let first = next
    while let part = waiting.removeValue(forKey: next) {
      sum.add(part)
      next += 1
    }
    return next - first
  }
}
