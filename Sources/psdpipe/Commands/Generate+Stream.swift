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
    // A reader that has enough is told by the error, and is none.
    signal(SIGPIPE, SIG_IGN)
    let block = Self.examplesAThread * workers.count
    for first in stride(from: 0, to: examples.count, by: block) {
      let captures = try Parallel.map(
        min(block, examples.count - first), workers: workers.count,
        state: { try SignalGenerator(signals) }
      ) { generator, place in
        encoder.encode(generator.example(examples[first + place]).samples)
      }
      for capture in captures {
        do {
          try FileDescriptor.standardOutput.writeAll(capture)
        } catch Errno.brokenPipe {
          return
        } catch {
          throw FileError(.inputOutput, path: "standard output", reason: "cannot write: \(error)")
        }
      }
    }
  }
}
