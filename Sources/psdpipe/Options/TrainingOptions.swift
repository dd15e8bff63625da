import ArgumentParser
import SignalPipeline

/// How a network is trained.
struct TrainingOptions: ParsableArguments {
  @Option(help: "How often every training example is seen.")
  var epochs = TrainingConfiguration.default.epochs

  @Option(help: "The number of examples that one step averages over.")
  var batchSize = TrainingConfiguration.default.batchSize

  @Option(help: "The peak of the learning rate.")
  var learningRate = TrainingConfiguration.default.optimizer.learningRate

  @Option(help: "The decoupled weight decay (AdamW); 0 is plain Adam.")
  var weightDecay = TrainingConfiguration.default.optimizer.weightDecay

  @Flag(help: "Keep the learning rate constant instead of one cycle.")
  var constantRate = false

  @Option(help: "Epochs without a lower validation loss after which training stops; 0 for never.")
  var patience = TrainingConfiguration.default.earlyStoppingPatience ?? 0

  @Option(help: "The seed of the split, the weights, the order and the rolls.")
  var seed: UInt64 = TrainingConfiguration.default.seed

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
}
