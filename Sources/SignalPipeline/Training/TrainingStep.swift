internal import CKernels

/// The gradient of one batch, computed in micro-batches on several threads.
///
/// A batch is cut into micro-batches whose sizes do not depend on the number of threads. Each
/// goes through the network on one thread; their gradients are then added in a fixed pairwise
/// tree, so that every bit of the sum is the same for any number of workers. All buffers are
/// reused from step to step.
struct TrainingStep: Sendable {
  /// What one thread needs for one micro-batch.
  private struct MicroBatch: Sendable {
    var labels: [Int] = []
    var input: Batch
    var workspace: Network.Workspace
    var gradient: [Float]
    var score = SoftmaxCrossEntropy.Score()
  }

  private let network: Network
  private let features: FeatureTransform
  private let batching: Batching
  private let microBatchSize: Int
  private let capacity: Int
  private let statistics: [Range<Int>]
  private var microBatches: [MicroBatch] = []

  /// Creates the buffers' owner; the buffers are made when first needed.
  init(
    network: Network, features: FeatureTransform, batching: Batching, microBatchSize: Int
  ) {
    self.network = network
    self.features = features
    self.batching = batching
    self.microBatchSize = microBatchSize
    // A micro-batch is never larger than a batch, and no batch larger than the dataset.
    capacity = min(microBatchSize, batching.batchSize, max(1, batching.examples.count))
    statistics = network.ranges { !$0.isTrainable }
  }

  /// The sum of the last batch's gradients; for parameters that are not trained (batch norm's
  /// running statistics) the mean of the micro-batches' statistics, weighted by their examples.
  var gradient: [Float] { microBatches[0].gradient }

  /// Computes the gradient of the mean loss of `examples`.
  ///
  /// - Parameters:
  ///   - examples: The batch, as indices into the dataset; at least one.
  ///   - epoch: What the examples' rolls follow from.
  ///   - dataset: What the spectra are taken from.
  ///   - parameters: The network's parameters.
  ///   - workers: The largest number of threads.
  /// - Returns: The batch's score in training mode.
  mutating func run(
    _ examples: ArraySlice<Int>, epoch: Int, dataset: Dataset, parameters: [Float], workers: Int
  ) -> SoftmaxCrossEntropy.Score {
    let parts = Batching.parts(of: examples.indices, atMost: microBatchSize)
    resize(to: parts.count)
    let (network, features, batching, statistics) = (network, features, batching, statistics)
    let rolls = features.configuration.roll != .none
    let bins = features.configuration.bins
    let classes = network.outputShape.channels
    Parallel.forEach(&microBatches, workers: workers) { microBatch, index in
      let part = examples[parts[index]]
      if microBatch.input.count != part.count {
        microBatch.input = Batch(count: part.count, shape: network.inputShape)
      }
      features.fill(&microBatch.input, with: part, of: dataset) { example in
        rolls ? batching.rotation(example: example, epoch: epoch, bins: bins) : nil
      }
      microBatch.labels.removeAll(keepingCapacity: true)
      for example in part { microBatch.labels.append(dataset.labels[example]) }
      network.forward(
        microBatch.input, parameters: parameters, mode: .training,
        workspace: &microBatch.workspace)
      microBatch.score = SoftmaxCrossEntropy.score(
        logits: microBatch.workspace.logits, labels: microBatch.labels, classes: classes,
        batchCount: examples.count, gradient: &microBatch.workspace.logitsGradient)
      network.backward(
        microBatch.input, parameters: parameters, workspace: &microBatch.workspace,
        parameterGradient: &microBatch.gradient)
      let weight = Float(part.count) / Float(examples.count)
      for range in statistics {
        for parameter in range { microBatch.gradient[parameter] *= weight }
      }
    }
    var score = SoftmaxCrossEntropy.Score()
    for microBatch in microBatches { score += microBatch.score }
    sumGradients()
    return score
  }

  /// Adds neighbours, then neighbours of neighbours, until the first holds the sum.
  private mutating func sumGradients() {
    var distance = 1
    while distance < microBatches.count {
      for left in stride(from: 0, to: microBatches.count - distance, by: 2 * distance) {
        let right = microBatches[left + distance].gradient
        unsafe gradient_add(&microBatches[left].gradient, right, right.count)
      }
      distance *= 2
    }
  }

  private mutating func resize(to count: Int) {
    if microBatches.count > count { microBatches.removeLast(microBatches.count - count) }
    while microBatches.count < count {
      microBatches.append(
        MicroBatch(
          input: Batch(count: capacity, shape: network.inputShape),
          workspace: network.makeWorkspace(count: capacity),
          gradient: [Float](repeating: 0, count: network.parameterCount)))
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
