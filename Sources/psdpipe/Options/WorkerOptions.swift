import ArgumentParser
import Glibc

/// How many threads a subcommand may use; the results never depend on it.
struct WorkerOptions: ParsableArguments {
  @Option(
    name: [.long, .customShort("j")],
    help: "The number of threads (default: one a core); results never depend on it.")
  var threads: Int?

  func validate() throws {
    if let threads, threads < 1 {
      throw ValidationError("'--threads' is \(threads); it must be at least 1.")
    }
  }

  /// The number of threads to use.
  var count: Int { threads ?? max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
}
