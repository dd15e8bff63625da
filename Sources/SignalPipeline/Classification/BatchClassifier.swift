internal import Synchronization
public import SystemPackage

/// Classifies many inputs on several threads and tells the results in the inputs' order.
public struct BatchClassifier: Sendable {
  /// What is told of an input, in this order: its windows, then its summary or its failure.
  public enum Event: Sendable {
    /// One window of an input.
    case window(WindowResult, of: CaptureInfo)
    /// An input was read to its end.
    case summary(InputSummary)
    /// An input could not be read, or not to its end; the error names it.
    case failure(FileError)
  }

  private let model: Model
  private let configuration: StreamClassifier.Configuration

  /// Prepares a model for inputs cut as told.
  public init(_ model: Model, configuration: StreamClassifier.Configuration = .default) {
    self.model = model
    self.configuration = configuration
  }

  /// Classifies every input.
  ///
  /// The events of the first unfinished input are told at once, those of later inputs are kept
  /// until their turn, so that a live stream is told as it flows.
  ///
  /// - Parameters:
  ///   - paths: The inputs, `-` being standard input.
  ///   - opening: How to open them.
  ///   - workers: The largest number of threads.
  ///   - handle: Takes one event at a time, from any thread.
  /// - Throws: What `handle` throws, and errors of the configuration; an input's own error is
  ///   an event.
  public func classify(
    _ paths: [FilePath], opening: CaptureConfiguration, workers: Int,
    handle: @Sendable (Event) throws -> Void
  ) throws {
    let queue = Mutex(OrderedEvents(inputs: paths.count))
    _ = try Parallel.map(
      paths.count, workers: workers,
      state: { try StreamClassifier(model, configuration: configuration) }
    ) { classifier, index in
      func tell(_ event: Event) throws {
        try queue.withLock { try $0.add(event, of: index, handle) }
      }
      var isOpen = false
      do {
        var reader = try CaptureOpening.open(paths[index], opening)
        isOpen = true
        let capture = reader.info
        let summary = try classifier.classify(&reader) { try tell(.window($0, of: capture)) }
        try tell(.summary(summary))
      } catch let error as FileError where !isOpen || error.path == paths[index].string {
        // What cannot be opened may be so for another file's sake, such as its metadata's.
        try tell(.failure(error))
      }
      try queue.withLock { try $0.finish(index, handle) }
    }
  }
}

/// Events in the order of their inputs, whatever the order they come in.
private struct OrderedEvents {
  private var waiting: [[BatchClassifier.Event]]
  private var isFinished: [Bool]
  private var current = 0

  init(inputs: Int) {
    waiting = .init(repeating: [], count: inputs)
    isFinished = .init(repeating: false, count: inputs)
  }

  mutating func add(
    _ event: BatchClassifier.Event, of index: Int, _ handle: (BatchClassifier.Event) throws -> Void
  ) throws {
    if index == current { try handle(event) } else { waiting[index].append(event) }
  }

  mutating func finish(_ index: Int, _ handle: (BatchClassifier.Event) throws -> Void) throws {
    isFinished[index] = true
    while current < isFinished.count, isFinished[current] {
      current += 1
      guard current < waiting.count else { return }
      for event in waiting[current] { try handle(event) }
      waiting[current] = []
    }
  }
}
