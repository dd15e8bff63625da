/// Everything that changes from epoch to epoch.
///
/// Order, rolls, augmentations and dropped values follow from the seed and the epoch's number, so that no
/// generator's state is a part of it.
public struct TrainingState: Hashable, Sendable {
  /// How many epochs are finished.
  public internal(set) var epoch = 0

  /// The network's parameters after the last finished epoch.
  public internal(set) var parameters: [Float]

  /// The optimiser after the last finished epoch.
  public internal(set) var optimizer: Optimizer

  /// The parameters of the epoch with the lowest validation loss; the initial ones before.
  public internal(set) var bestParameters: [Float]

  /// What the finished epochs came to.
  public internal(set) var history: [EpochReport] = []

  /// Tells whether a training goes on with the examples that it began with.
  package internal(set) var dataFingerprint: UInt64?

  /// Creates the state before the first epoch.
  init(parameters: [Float], optimizer: Optimizer.Method) {
    self.parameters = parameters
    bestParameters = parameters
    self.optimizer = Optimizer(optimizer, parameterCount: parameters.count)
  }

  /// The epoch with the lowest validation loss; `nil` before the first.
  public var best: EpochReport? { history.last { $0.isBest } }

  /// Whether the last `patience` epochs brought no lower validation loss.
  func isExhausted(patience: Int?) -> Bool {
    guard let patience, let best else { return false }
    return epoch - best.epoch >= patience
  }
}
