/// The order and the rolls of training examples, epoch by epoch.
///
/// Everything follows from the seed and the epoch's number, so that any epoch can be repeated
/// and no result depends on which thread prepares an example.
public struct Batching: Hashable, Sendable {
  /// The examples of an epoch, as indices into the dataset.
  public let examples: [Int]

  /// The largest number of examples in a batch.
  public let batchSize: Int

  private let orderSeed: UInt64
  private let rotationSeed: UInt64
  private let dropSeed: UInt64

  /// Creates a batching of `examples` into batches of at most `batchSize`, which is at least 1.
  public init(_ examples: [Int], batchSize: Int, seed: UInt64) {
    precondition(batchSize >= 1, "a batch has at least one example")
    self.examples = examples
    self.batchSize = batchSize
    var generator = SeededGenerator(seed: seed)
    orderSeed = generator.next()
    rotationSeed = generator.next()
    dropSeed = generator.next()
  }

  /// The number of batches of an epoch.
  public var batchesPerEpoch: Int { (examples.count + batchSize - 1) / batchSize }

  /// The examples in the order of an epoch.
  public func order(epoch: Int) -> [Int] {
    var generator = SeededGenerator(seed: orderSeed, stream: UInt64(epoch))
    var order = examples
    generator.shuffle(&order)
    return order
  }

  /// The batches of an epoch, as ranges of its order.
  public var batches: [Range<Int>] { Self.parts(of: 0..<examples.count, atMost: batchSize) }

  /// How far an example is rolled before an epoch's feature transform [bins].
  public func rotation(example: Int, epoch: Int, bins: Int) -> Int {
    var generator = SeededGenerator(
      seed: rotationSeed, stream: UInt64(epoch) << 32 | UInt64(example))
    return generator.index(below: bins)
  }

  /// What the numbers follow from that a network draws for an example in an epoch.
  public func key(example: Int, epoch: Int) -> UInt64 {
    var generator = SeededGenerator(
      seed: dropSeed, stream: UInt64(epoch) << 32 | UInt64(example))
    return generator.next()
  }

  /// Cuts a range into the fewest parts of at most `size`, whose sizes differ by at most one.
  ///
  /// Equal parts instead of full ones and a rest: no update and no batch-norm statistic hangs
  /// on one left-over example.
  public static func parts(of range: Range<Int>, atMost size: Int) -> [Range<Int>] {
    let count = (range.count + size - 1) / size
    guard count > 0 else { return [] }
    let (least, rest) = range.count.quotientAndRemainder(dividingBy: count)
    return (0..<count).map { part in
      let start = range.lowerBound + part * least + min(part, rest)
      return start..<start + least + (part < rest ? 1 : 0)
    }
  }
}

extension FeatureTransform {
  /// Fills a batch with the features of examples.
  ///
  /// - Parameters:
  ///   - batch: Has as many examples as are asked for, of the configuration's shape.
  ///   - examples: Indices into the dataset.
  ///   - dataset: What the spectra are taken from; fits the configuration.
  ///   - rotation: How far an example is rolled first [bins]; `nil` as at inference.
  /// - Throws: ``FileError`` when a spectrum's file can't be read any more or was changed.
  package func fill(
    _ batch: inout Batch, with examples: ArraySlice<Int>, of dataset: Dataset,
    rotation: (_ example: Int) -> Int?
  ) throws(FileError) {
    var none: SpectrumAugmenter?
    try fill(
      &batch, with: examples, of: dataset, augmenter: &none, keys: [], rotation: rotation)
  }

  /// Fills a batch with the features of examples that are varied first.
  ///
  /// - Parameters:
  ///   - batch: Has as many examples as are asked for, of the configuration's shape.
  ///   - examples: Indices into the dataset.
  ///   - dataset: What the spectra are taken from; fits the configuration.
  ///   - augmenter: What varies the spectra, if anything does.
  ///   - keys: What the variation of each example follows from; without an augmenter of no matter.
  ///   - rotation: How far an example is rolled [bins]; `nil` as at inference.
  /// - Throws: ``FileError`` as ``Spectra/read(_:into:)`` does.
  package func fill(
    _ batch: inout Batch, with examples: ArraySlice<Int>, of dataset: Dataset,
    augmenter: inout SpectrumAugmenter?, keys: [UInt64], rotation: (_ example: Int) -> Int?
  ) throws(FileError) {
    precondition(batch.count == examples.count, "one place an example")
    precondition(augmenter == nil || keys.count == examples.count, "one key an example")
    var spectrum = [Float](repeating: 0, count: dataset.spectra.shape.count)
    var own = [Float](repeating: 0, count: batch.shape.count)
    for (place, example) in examples.enumerated() {
      try dataset.spectra.read(example, into: &spectrum)
      var features = own.mutableSpan
      if let varied = augmenter?.vary(spectrum.span, key: keys[place]) {
        apply(varied.span, of: dataset.channels, rotation: rotation(example), to: &features)
      } else {
        apply(spectrum.span, of: dataset.channels, rotation: rotation(example), to: &features)
      }
      batch.store(own, at: place)
    }
  }
}
