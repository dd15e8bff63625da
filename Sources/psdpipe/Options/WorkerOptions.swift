import ArgumentParser
import Glibc

/// How many threads a subcommand may use; the results never depend on it.
struct WorkerOptions: ParsableArguments {
  @Option(
    name: [.long, .customShort("j")], parsing: .unconditional,
    help: "The number of threads (default: one a core); results never depend on it.")
  var threads: Int?

  func validate() throws {
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads is \(threads); it must be from 1 to 1024")
    }
  }

  /// The number of threads to use.
  var count: Int { threads ?? max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
}
