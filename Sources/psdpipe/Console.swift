import Glibc
import SignalPipeline
import SystemPackage

/// Text on the two standard streams.
enum Console {
  /// Writes to standard output at once.
  ///
  /// - Throws: ``FileError`` of kind `.inputOutput` when nobody can take it.
  static func output(_ text: String) throws {
    do {
      try FileDescriptor.standardOutput.writeAll(text.utf8)
    } catch {
      throw FileError(.inputOutput, path: "standard output", reason: "\(error)")
    }
  }

  /// Whether people read standard error as it is written.
  static let isTerminal = isatty(STDERR_FILENO) == 1

  /// Tells people at a terminal how work goes on; silent elsewhere.
  static func note(_ text: String) {
    if isTerminal { error(text) }
  }

  /// Writes a diagnostic to standard error; there is nobody to tell when that fails.
  static func error(_ text: String, terminator: String = "\n") {
    _ = try? FileDescriptor.standardError.writeAll((text + terminator).utf8)
  }
}
