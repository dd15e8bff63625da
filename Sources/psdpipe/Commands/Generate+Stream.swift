import Glibc
import SignalPipeline
import SystemPackage

extension PSDPipe.Generate {
  /// The examples that a thread makes before all are written: few, since somebody waits for them.
  private static let examplesAThread = 8

  /// Writes the examples' samples one after another to standard output, until all are written or
  /// nobody reads any more.
  func writeStream() throws {
    guard let format = output.format else { preconditionFailure("validate() asks for it") }
    let signals = synthesis.configuration
    let encoder = try CaptureEncoder(format: format, level: Self.level)
    let examples = try examples
    // A reader that has enough is told by the error, and is none; so is a limit on a file's size.
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    do {
      try Parallel.stream(
        examples.count, workers: workers.count, ahead: Self.examplesAThread * workers.count,
        state: { try SignalGenerator(signals) }
      ) { generator, place in
        encoder.encode(generator.example(examples[place]))
      } take: { capture, _ in
        try FileDescriptor.standardOutput.writeAll(capture)
      }
    } catch Errno.brokenPipe {
      return
    } catch let error as Errno {
      throw FileError(.inputOutput, path: "standard output", reason: "cannot write: \(error)")
    }
  }
}
