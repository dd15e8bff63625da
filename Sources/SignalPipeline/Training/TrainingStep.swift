/// The gradients of one batch, computed in micro-batches on several threads.
///
/// A batch is cut into micro-batches whose sizes do not depend on the number of threads. Each
/// goes through the network on one thread, so that every bit of its gradient is the same for any
/// number of workers. All buffers are reused from step to step.
struct TrainingStep: Sendable {
  /// What one thread works with: a workspace for all of its micro-batches, one after another,
  /// and what remains of each of them. Of `n` lanes, lane `i` takes micro-batches `i`, `i + n`, …
  ///
  /// A workspace a thread, not a micro-batch: it stays within the caches, and memory does not
  /// grow with the batch but by a gradient for each micro-batch.
  private struct Lane: Sendable {
    var labels: [Int] = []
    var input: Batch
    var augmenter: SpectrumAugmenter?
    var workspace: Network.Workspace
    var gradients: [Network.Gradient] = []
    var scores: [SoftmaxCrossEntropy.Score] = []
    var failure: FileError?
  }

  private let network: Network
  private let features: FeatureTransform
  private let batching: Batching
  private let microBatchSize: Int
  private let loss: SoftmaxCrossEntropy
  private let augmenter: SpectrumAugmenter?
  private let capacity: Int
  /// Where the statistics of batches stand among a gradient's values.
  private let statistics: [Range<Int>]
  private var lanes: [Lane] = []
  private var microBatches = 0

  /// Creates the buffers' owner; the buffers are made when first needed.
  init(
    network: Network, features: FeatureTransform, batching: Batching, microBatchSize: Int,
    loss: SoftmaxCrossEntropy, augmenter: SpectrumAugmenter? = nil
  ) {
    self.network = network
    self.features = features
    self.batching = batching
    self.microBatchSize = microBatchSize
    self.loss = loss
    self.augmenter = augmenter
    // A micro-batch is never larger than a batch, and no batch larger than the dataset.
    capacity = min(microBatchSize, batching.batchSize, max(1, batching.examples.count))
    statistics = network.ranges { !$0.isTrainable }.map { range in
      let begin = network.gradientPlace(of: range.lowerBound)
      return begin..<begin + range.count
    }
  }

  /// The gradients of the last batch's micro-batches, in their order.
  ///
  /// Their sum is the batch's; for parameters that are not trained (batch norm's running
  /// statistics) it is the mean of the micro-batches' statistics, weighted by their examples.
  var gradients: [Network.Gradient] {
    (0..<microBatches).map { lanes[$0 % lanes.count].gradients[$0 / lanes.count] }
  }

  /// Computes the gradients of the mean loss of `examples`.
  ///
  /// - Parameters:
  ///   - examples: The batch, as indices into the dataset; at least one.
  ///   - epoch: What the examples' rolls, augmentations and dropped values follow from.
  ///   - dataset: What the spectra are taken from.
  ///   - parameters: The network's parameters.
  ///   - workers: The largest number of threads.
  /// - Returns: The batch's score in training mode.
  /// - Throws: ``FileError`` when a spectrum can't be read.
  mutating func run(
    _ examples: ArraySlice<Int>, epoch: Int, dataset: Dataset, parameters: [Float], workers: Int
  ) throws(FileError) -> SoftmaxCrossEntropy.Score {
    let parts = Batching.parts(of: examples.indices, atMost: microBatchSize)
    let count = max(1, min(workers, parts.count))
    microBatches = parts.count
    prepare(lanes: count)
    let (network, features, batching, statistics) = (network, features, batching, statistics)
    let loss = loss
    let batchWeight = loss.weight(of: examples.lazy.map { dataset.labels[$0] })
    let rolls = features.configuration.roll != .none
    let bins = features.configuration.bins
    Parallel.forEach(&lanes, workers: count) { lane, first in
      for (turn, index) in stride(from: first, to: parts.count, by: count).enumerated() {
        let part = examples[parts[index]]
        if lane.input.count != part.count {
          lane.input = Batch(count: part.count, shape: network.inputShape)
        }
        let keys = part.map { batching.key(example: $0, epoch: epoch) }
        do throws(FileError) {
          try features.fill(
            &lane.input, with: part, of: dataset, augmenter: &lane.augmenter, keys: keys
          ) { example in
            rolls ? batching.rotation(example: example, epoch: epoch, bins: bins) : nil
          }
        } catch {
          lane.failure = error
          return
        }
        lane.labels.removeAll(keepingCapacity: true)
        for example in part { lane.labels.append(dataset.labels[example]) }
        network.forward(
          lane.input, parameters: parameters, mode: .training, keys: keys,
          workspace: &lane.workspace)
        lane.scores[turn] = loss.score(
          logits: lane.workspace.logits, labels: lane.labels, batchWeight: batchWeight,
          gradient: &lane.workspace.logitsGradient)
        network.backward(
          lane.input, parameters: parameters, workspace: &lane.workspace,
          gradient: &lane.gradients[turn])
        let weight = Float(part.count) / Float(examples.count)
        for range in statistics {
          for value in range { lane.gradients[turn].values[value] *= weight }
        }
      }
    }
    if let failure = lanes.lazy.compactMap(\.failure).first { throw failure }
    var score = SoftmaxCrossEntropy.Score()
    for index in parts.indices { score += lanes[index % count].scores[index / count] }
    return score
  }

  /// Makes the lanes that are missing, and room for a result of every micro-batch.
  private mutating func prepare(lanes count: Int) {
    if lanes.count > count { lanes.removeLast(lanes.count - count) }
    while lanes.count < count {
      lanes.append(
        Lane(
          input: Batch(count: capacity, shape: network.inputShape), augmenter: augmenter,
          workspace: network.makeWorkspace(count: capacity)))
    }
    let turns = (microBatches + count - 1) / count
    for lane in lanes.indices {
      while lanes[lane].scores.count < turns {
        lanes[lane].scores.append(SoftmaxCrossEntropy.Score())
        lanes[lane].gradients.append(network.makeGradient())
      }
    }
  }
}

extension Network {
  /// The ranges of the parameters that a condition holds for, neighbours joined.
  func ranges(where condition: (NamedParameter) -> Bool) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    for parameter in parameters where condition(parameter) {
      if let last = ranges.last, last.upperBound == parameter.range.lowerBound {
        ranges[ranges.count - 1] = last.lowerBound..<parameter.range.upperBound
      } else {
        ranges.append(parameter.range)
      }
    }
    return ranges
  }
}
