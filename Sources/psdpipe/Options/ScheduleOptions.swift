import ArgumentParser
import SignalPipeline

/// The course of the learning rate.
struct ScheduleOptions: ParsableArguments {
  /// The schedules by their names.
  enum Name: String, CaseIterable, ExpressibleByArgument {
    case oneCycle = "one-cycle"
    case cosine, step, constant
  }

  @Option(
    help: """
      The course of the learning rate: one-cycle rises and falls, cosine falls from the peak to \
      0, step falls by --step-factor every --step-epochs, constant stays (default: one-cycle).
      """)
  var schedule: Name?

  @Flag(help: "The same as --schedule constant.")
  var constantRate = false

  @Option(
    parsing: .unconditional,
    help: "The epochs between two falls of --schedule step (default: \(Self.step.epochs)).")
  var stepEpochs: Int?

  @Option(
    parsing: .unconditional,
    help: "What each fall of --schedule step multiplies by (default: \(Self.step.factor)).")
  var stepFactor: Double?

  @Option(
    parsing: .unconditional,
    help: """
      The share of all steps over which the rate first rises linearly, before the schedule begins; \
      one-cycle has a rise of its own.
      """)
  var warmUp = TrainingConfiguration.default.warmUp

  func validate() throws {
    if constantRate, let schedule, schedule != .constant {
      throw ValidationError(
        "--constant-rate and --schedule \(schedule.rawValue) contradict each other; leave one out")
    }
    let given = [("step-epochs", stepEpochs != nil), ("step-factor", stepFactor != nil)]
      .filter { $0.1 }.map(\.0)
    if let first = given.first, name != .step {
      throw ValidationError(
        "--\(first) is for --schedule step; the schedule is \(name.rawValue)")
    }
  }

  private var name: Name { schedule ?? (constantRate ? .constant : .oneCycle) }

  /// The library's epochs and factor.
  private static var step: (epochs: Int, factor: Double) {
    guard case .step(let epochs, let factor) = LearningRateSchedule.step() else {
      preconditionFailure("a step is a step")
    }
    return (epochs, factor)
  }

  /// What the options mean to the library.
  var configuration: LearningRateSchedule {
    switch name {
    case .oneCycle: TrainingConfiguration.default.schedule
    case .cosine: .cosine()
    case .constant: .constant
    case .step:
      .step(epochs: stepEpochs ?? Self.step.epochs, factor: stepFactor ?? Self.step.factor)
    }
  }

  /// The options as they are typed; what the schedule decides is left to it.
  var arguments: [String] {
    var arguments: [String] = []
    if constantRate {
      arguments.append("--constant-rate")
    } else if name != .oneCycle {
      arguments += ["--schedule", name.rawValue]
    }
    if let stepEpochs { arguments += ["--step-epochs", "\(stepEpochs)"] }
    if let stepFactor { arguments += ["--step-factor", "\(stepFactor)"] }
    if warmUp != TrainingConfiguration.default.warmUp { arguments += ["--warm-up", "\(warmUp)"] }
    return arguments
  }
}
