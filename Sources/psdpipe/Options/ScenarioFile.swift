import ArgumentParser
import SignalPipeline

/// A scenario that is read when its option is, once.
///
/// What is wrong with the file is kept until the command runs: it is no fault of the options.
struct ScenarioFile: ExpressibleByArgument {
  let content: Result<Scenario, FileError>

  init?(argument: String) {
    content = Result { () throws(FileError) in try Scenario.read(argument) }
  }
}
