/// What a training reports while it runs.
public enum TrainingEvent: Hashable, Sendable {
  /// The parameters were updated.
  case step(StepReport)
  /// Every training example was seen and the validation examples were scored.
  case epoch(EpochReport)
  /// The sink has taken the checkpoint of an epoch.
  case checkpoint(epoch: Int)
}

/// How far a training has come.
public struct StepReport: Hashable, Sendable {
  /// The epoch, from 1.
  public var epoch: Int
  /// The number of epochs that are to be run at most.
  public var epochs: Int
  /// The step within the epoch, from 1.
  public var step: Int
  /// The number of steps of an epoch.
  public var steps: Int
  /// How many examples the step was computed from.
  public var examples: Int
  /// The mean loss of these examples before the update [nats], smoothed and weighted as the
  /// configuration says.
  public var loss: Double
  /// How many of these examples were right before the update.
  public var correct: Int
  /// The learning rate of the update.
  public var learningRate: Double
}

/// What an epoch came to.
public struct EpochReport: Hashable, Codable, Sendable {
  /// The epoch, from 1.
  public var epoch: Int
  /// The learning rate of the epoch's last step.
  public var learningRate: Double
  /// The mean loss of the training examples [nats], each taken in its step, before the update,
  /// smoothed and weighted as the configuration says.
  public var trainingLoss: Double
  /// The share of the training examples that were right in their step.
  public var trainingAccuracy: Double
  /// The mean loss of the validation examples [nats] after the epoch, neither smoothed nor
  /// weighted, so that trainings of any configuration compare.
  public var validationLoss: Double
  /// The share of the validation examples that were right after the epoch.
  public var validationAccuracy: Double
  /// Whether no epoch before had a validation loss as low.
  public var isBest: Bool
}

/// How a training came to its end.
public enum TrainingOutcome: Hashable, Sendable {
  /// All epochs were run.
  case finished
  /// The validation loss had not fallen for as many epochs as the patience allows.
  case stoppedEarly
  /// The caller asked for it; a part of an epoch is forgotten.
  case stoppedByCaller
}
