import ArgumentParser
import SignalPipeline

/// The optimiser and its constants.
struct OptimizerOptions: ParsableArguments {
  /// The optimisers by their names.
  enum Name: String, CaseIterable, ExpressibleByArgument {
    case adamw, adam, sgd
  }

  @Option(
    parsing: .unconditional,
    help: "The weight decay: decoupled with adamw, added to the gradient with adam and sgd.")
  var weightDecay = TrainingConfiguration.default.optimizer.weightDecay

  @Option(help: "The optimiser.")
  var optimizer = Name.adamw

  @Option(
    parsing: .unconditional,
    help: "The momentum of --optimizer sgd (default: \(SGD.default.momentum)).")
  var momentum: Double?

  @Flag(help: "Use Nesterov's momentum with --optimizer sgd.")
  var nesterov = false

  func validate() throws {
    guard optimizer != .sgd else { return }
    let given = [("momentum", momentum != nil), ("nesterov", nesterov)].filter { $0.1 }.map(\.0)
    if let first = given.first {
      throw ValidationError(
        "--\(first) is for --optimizer sgd; the optimizer is \(optimizer.rawValue)")
    }
  }

  /// The optimiser with a learning rate as its peak.
  func method(learningRate: Double) -> Optimizer.Method {
    switch optimizer {
    case .adamw, .adam:
      .adam(
        Adam(
          learningRate: learningRate, weightDecay: weightDecay,
          decouplesDecay: optimizer == .adamw))
    case .sgd:
      .sgd(
        SGD(
          learningRate: learningRate, momentum: momentum ?? SGD.default.momentum,
          nesterov: nesterov, weightDecay: weightDecay))
    }
  }

  /// The options as they are typed.
  var arguments: [String] {
    var arguments = ["--weight-decay", "\(weightDecay)"]
    if optimizer != .adamw { arguments += ["--optimizer", optimizer.rawValue] }
    if let momentum { arguments += ["--momentum", "\(momentum)"] }
    if nesterov { arguments.append("--nesterov") }
    return arguments
  }
}
