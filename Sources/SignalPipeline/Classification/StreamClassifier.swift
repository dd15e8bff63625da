/// Cuts an input into windows and classifies each, in constant memory.
///
/// A window begins anew where the centre frequency changes or samples are missing
/// (``CaptureInfo/segments``): no window holds samples of both sides.
public struct StreamClassifier: ~Copyable {
  /// How an input is cut.
  public struct Configuration: Hashable, Sendable {
    /// The window [samples]; `nil` takes the model's.
    public var window: Int?

    /// Whether a stretch of samples shorter than a window is classified all the same.
    public var acceptsShort: Bool

    /// What counts as a band, where each band is to be classified, too; `nil` for none.
    public var bands: BandConfiguration?

    /// The model's window; short inputs are errors.
    public static let `default` = Configuration(window: nil, acceptsShort: false)

    /// Creates a configuration from its parts.
    public init(window: Int?, acceptsShort: Bool, bands: BandConfiguration? = nil) {
      self.window = window
      self.acceptsShort = acceptsShort
      self.bands = bands
    }
  }

  private var classifier: Classifier
  private var bandClassifier: BandClassifier?
  private let window: Int
  private let acceptsShort: Bool
  private var samples: [IQSample] = []

  /// Prepares a model for inputs cut as told.
  ///
  /// - Throws: ``ConfigurationError`` when the window is none of ``Model/windows``; what
  ///   ``Classifier/init(_:)`` and, for bands, ``BandClassifier/init(_:configuration:)`` throw.
  public init(_ model: Model, configuration: Configuration = .default) throws {
    let window = configuration.window ?? model.window
    guard model.windows.contains(window) else {
      throw ConfigurationError(
        "window",
        "is \(window) samples; the model takes \(model.windows.lowerBound) to "
          + "\(model.windows.upperBound)")
    }
    let classifier = try Classifier(model)
    bandClassifier = try configuration.bands.map { try BandClassifier(model, configuration: $0) }
    self.classifier = classifier
    self.window = window
    acceptsShort = configuration.acceptsShort
    samples = [IQSample](repeating: .zero, count: window)
  }

  /// Classifies every window of an input.
  ///
  /// - Parameters:
  ///   - reader: The input; it is read to its end.
  ///   - handle: Takes each window's result as soon as it is known.
  /// - Returns: The summary of the input.
  /// - Throws: ``FileError`` where the input cannot be read, or no stretch of it holds a window
  ///   (one segment of the estimate when short inputs are accepted); what `handle` throws.
  public mutating func classify(
    _ reader: inout IQReader, handle: (WindowResult) throws -> Void
  ) throws -> InputSummary {
    // Out of the struct while the classifier reads it: a live span locks the whole struct.
    var samples: [IQSample] = []
    swap(&samples, &self.samples)
    defer { swap(&samples, &self.samples) }
    let classes = classifier.model.classes.count
    var sums = [Double](repeating: 0, count: classes)
    var windows = 0
    var noiseWindows = 0
    var classified = 0
    var skipped = 0
    var longest = 0
    var source = try WindowSource(of: reader.info, for: classifier.model)
    let stretches = reader.info.stretches
    for (index, stretch) in stretches.enumerated() {
      source.begin(
        at: reader.position, end: index + 1 < stretches.count ? stretches[index + 1].start : .max)
      while true {
        let start = source.position
        let count = try source.read(&reader, into: &samples, count: window)
        if count < window { try reader.checkEnd() }
        longest = max(longest, count)
        // Only a stretch that holds no window at all is short.
        if count == window || acceptsShort && start == stretch.start && count >= shortest {
          let window = samples.span.extracting(..<count)
          var result = try classifier.classify(
            window, index: windows, start: start, of: reader.info.path)
          result.bands =
            try bandClassifier?.classify(window, start: start, of: reader.info.path) ?? []
          try handle(source.placed(result))
          windows += 1
          classified += source.placed(count)
          if result.prediction.answer == .noise { noiseWindows += 1 }
          for (index, value) in result.prediction.logProbabilities.enumerated() {
            sums[index] += Double(value)
          }
        } else {
          skipped += source.placed(count)
        }
        if count < window { break }
      }
    }
    guard windows > 0 else {
      throw tooShort(longest, in: reader.info, stretches: stretches.count)
    }
    return InputSummary(
      capture: reader.info,
      prediction: summarize(sums, over: windows - noiseWindows),
      windows: windows, noiseWindows: noiseWindows, samples: classified, skippedSamples: skipped,
      replacedSamples: reader.replacedCount,
      plan: FFTWisdom.plan(ofLength: classifier.model.spectrum.bins))
  }

  private func summarize(_ sums: [Double], over windows: Int) -> Prediction {
    guard windows > 0 else { return .noise }
    let means = sums.map { Float($0 / Double(windows)) }
    return Prediction(
      logProbabilities: Probability.logSoftmax(means, temperature: 1),
      threshold: classifier.model.confidenceThreshold)
  }

  /// The fewest samples that a short stretch needs: one segment of the estimate, or two.
  private var shortest: Int { classifier.model.windows.lowerBound }

  /// That many in words.
  private var shortestText: String {
    classifier.model.features.channels.contains(.kurtosis)
      ? "two segments, \(shortest) samples" : "one segment of \(shortest)"
  }

  private func tooShort(_ count: Int, in capture: CaptureInfo, stretches: Int) -> FileError {
    let held =
      stretches == 1
      ? "holds \(count) samples"
      : "holds at most \(count) samples between changes of centre or gaps in time"
    return FileError(
      .malformed, path: capture.path,
      reason: acceptsShort
        ? "\(held); even a short input needs \(shortestText)"
        : "\(held), less than one window of \(window); --short classifies what is there")
  }
}
