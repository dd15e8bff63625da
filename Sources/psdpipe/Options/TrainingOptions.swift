import ArgumentParser
import SignalPipeline

/// How a network is trained.
struct TrainingOptions: ParsableArguments {
  @Option(parsing: .unconditional, help: "How often every training example is seen.")
  var epochs = TrainingConfiguration.default.epochs

  @Option(parsing: .unconditional, help: "The number of examples that one step averages over.")
  var batchSize = TrainingConfiguration.default.batchSize

  @Option(parsing: .unconditional, help: "The peak of the learning rate.")
  var learningRate = TrainingConfiguration.default.optimizer.learningRate

  @Option(parsing: .unconditional, help: "The decoupled weight decay (AdamW); 0 is plain Adam.")
  var weightDecay = TrainingConfiguration.default.optimizer.weightDecay

  @Flag(help: "Keep the learning rate constant instead of one cycle.")
  var constantRate = false

  @Option(
    parsing: .unconditional,
    help: "Epochs without a lower validation loss after which training stops; 0 for never.")
  var patience = TrainingConfiguration.default.earlyStoppingPatience ?? 0

  @Option(
    parsing: .unconditional, help: "The seed of the split, the weights, the order and the rolls.")
  var seed: UInt64 = TrainingConfiguration.default.seed

  func validate() throws {
    try ValidationError.naming(["earlyStoppingPatience": "patience"]) {
      try configuration.validate()
    }
  }

  /// What the options mean to the library.
  var configuration: TrainingConfiguration {
    var configuration = TrainingConfiguration.default
    configuration.epochs = epochs
    configuration.batchSize = batchSize
    configuration.optimizer.learningRate = learningRate
    configuration.optimizer.weightDecay = weightDecay
    if constantRate { configuration.schedule = .constant }
    configuration.seed = seed
    configuration.earlyStoppingPatience = patience == 0 ? nil : patience
    return configuration
  }

  /// The options as they are typed, defaults spelled out.
  var arguments: [String] {
    var arguments = [
      "--epochs", "\(epochs)", "--batch-size", "\(batchSize)", "--learning-rate",
      "\(learningRate)", "--weight-decay", "\(weightDecay)",
    ]
    if constantRate { arguments.append("--constant-rate") }
    return arguments + ["--patience", "\(patience)", "--seed", "\(seed)"]
  }
}
