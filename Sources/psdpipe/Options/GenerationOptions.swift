import ArgumentParser
import Glibc
import SignalPipeline

/// Where `generate` writes which examples, and how it goes on.
struct GenerationOptions: ParsableArguments {
  @Flag(
    name: .customLong("iq"),
    help: "Also write iq.npy, the samples of each example, (N, samples) complex64.")
  var iq = false

  @Option(
    parsing: .unconditional,
    help: """
      Write no dataset, but the examples' samples one after another to standard output: --to - \
      with --format; --count 0 goes on until the pipe is closed.
      """)
  var to: String?

  @Option(
    help: "The sample format of --to -, at -12 dBFS rms as in --captures.",
    completion: SampleFormat.completion, transform: SampleFormat.init(option:))
  var format: SampleFormat?

  @Option(
    help: """
      Write only these examples, with the bytes that they have in the whole set, such as \
      3,7,10:19; counted from 0; may be repeated.
      """)
  var only: [ExampleSelection] = []

  @Flag(help: "Go on where a run of the same options ended early; else begin as without it.")
  var resume = false

  @Flag(help: "Write nothing, but tell how many bytes would be written.")
  var dryRun = false

  func validate() throws {
    guard let to else {
      guard format == nil else {
        throw ValidationError("--format is that of --to -; a dataset's samples take --captures")
      }
      return
    }
    guard to == "-" else {
      throw ValidationError(
        "--to is \(to); it must be -, standard output (a folder is named without --to)")
    }
    guard let format else {
      throw ValidationError("--to needs --format, such as --format cu8")
    }
    try ValidationError.naming { _ = try CaptureEncoder(format: format) }
    let others = [("--iq", iq), ("--resume", resume), ("--dry-run", dryRun)].filter(\.1)
    guard others.isEmpty else {
      throw ValidationError("\(others[0].0) is of a dataset; leave it out with --to")
    }
    guard isatty(STDOUT_FILENO) == 0 else {
      throw ValidationError(
        "--to - writes samples, and standard output is a terminal: add | psdpipe classify - "
          + "--format \(format.rawValue), or > FILE")
    }
  }

  /// Which examples are written.
  ///
  /// - Parameters:
  ///   - count: What `--count` says, if it is given.
  ///   - limit: The number of examples that there are.
  /// - Returns: The first examples, or those of `--only`.
  /// - Throws: `ValidationError` if some of `--only` are not among `count`.
  func examples(count: Int?, limit: Int) throws -> ExampleSelection {
    let whole = 0..<(count.map { $0 == 0 ? limit : $0 } ?? (only.isEmpty ? 1000 : limit))
    guard !only.isEmpty else { return ExampleSelection([whole]) }
    let selection = ExampleSelection(only.flatMap(\.ranges))
    guard selection.ranges.allSatisfy({ $0.upperBound <= whole.upperBound }) else {
      throw ValidationError(
        "--only is \(selection); with --count \(whole.count) the last example is "
          + "\(whole.upperBound - 1)")
    }
    return selection
  }
}

extension ExampleSelection: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}
