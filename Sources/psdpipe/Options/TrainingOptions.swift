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

  @OptionGroup var optimizer: OptimizerOptions
  @OptionGroup var schedule: ScheduleOptions

  @Option(
    parsing: .unconditional,
    help: "The greatest L2 norm of a step's gradient; a longer one is scaled down (default: none).")
  var clipNorm: Double?

  @Option(
    parsing: .unconditional,
    help: "The share of the target that all classes have in common, from 0 to below 1.")
  var labelSmoothing = TrainingConfiguration.default.labelSmoothing

  @Option(
    help: """
      How much an example of each class counts in the training loss: balanced, or numbers such as \
      1,2.5,1 in the order of the dataset's classes (default: 1 each).
      """,
    transform: ClassWeights.init(option:))
  var classWeights: ClassWeights?

  @OptionGroup var augmentation: AugmentationOptions

  @Option(
    parsing: .unconditional,
    help: "Epochs without a lower validation loss after which training stops; 0 for never.")
  var patience = TrainingConfiguration.default.earlyStoppingPatience ?? 0

  @Option(
    parsing: .unconditional,
    help: "The seed of the split, the weights, the order, the rolls and the augmentations.")
  var seed: UInt64 = TrainingConfiguration.default.seed

  func validate() throws {
    guard patience >= 0 else {
      throw ValidationError("--patience is \(patience); it must be at least 1, or 0 for never")
    }
    let names = AugmentationOptions.names.merging(["earlyStoppingPatience": "patience"]) { $1 }
    try ValidationError.naming(names) { try configuration.validate() }
  }

  /// Checks that the features take the augmentation.
  func check(_ features: FeatureConfiguration) throws {
    try ValidationError.naming(AugmentationOptions.names) {
      try augmentation.configuration?.check(features)
    }
  }

  /// Checks that there are as many class weights as classes.
  func check(classes: [String]) throws {
    guard case .given(let weights) = classWeights, weights.count != classes.count else { return }
    throw ValidationError(
      "--class-weights has \(weights.count) weights; the dataset has \(classes.count) classes "
        + "(\(classes.joined(separator: ", ")))")
  }

  /// What the options mean to the library.
  var configuration: TrainingConfiguration {
    var configuration = TrainingConfiguration.default
    configuration.epochs = epochs
    configuration.batchSize = batchSize
    configuration.optimizer = optimizer.method(learningRate: learningRate)
    configuration.schedule = schedule.configuration
    configuration.warmUp = schedule.warmUp
    configuration.clipNorm = clipNorm
    configuration.labelSmoothing = labelSmoothing
    configuration.classWeights = classWeights
    configuration.augmentation = augmentation.configuration
    configuration.seed = seed
    configuration.earlyStoppingPatience = patience == 0 ? nil : patience
    return configuration
  }

  /// The options as they are typed, the commonest defaults spelled out.
  var arguments: [String] {
    var arguments = [
      "--epochs", "\(epochs)", "--batch-size", "\(batchSize)", "--learning-rate",
      "\(learningRate)",
    ]
    arguments += optimizer.arguments + schedule.arguments
    if let clipNorm { arguments += ["--clip-norm", "\(clipNorm)"] }
    if labelSmoothing != TrainingConfiguration.default.labelSmoothing {
      arguments += ["--label-smoothing", "\(labelSmoothing)"]
    }
    if let classWeights { arguments += ["--class-weights", classWeights.optionText] }
    arguments += augmentation.arguments
    return arguments + ["--patience", "\(patience)", "--seed", "\(seed)"]
  }
}
