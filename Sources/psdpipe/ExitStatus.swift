import SignalPipeline

/// What the command tells its caller; the numbers are those of `sysexits.h`.
enum ExitStatus: Int32 {
  /// Some inputs failed; each was named.
  case someFailed = 1
  /// The options contradict each other or the stages they configure.
  case usage = 64
  /// An input breaks the rules of its format.
  case badData = 65
  /// An input does not exist.
  case missingInput = 66
  /// A fault of the program itself.
  case internalError = 70
  /// The operating system refused to read or write.
  case inputOutput = 74

  /// The status of a library's error, or `nil` for any other.
  init?(of error: any Error) {
    switch error {
    case let error as FileError:
      switch error.kind {
      // A part that is missing in a file that is there makes bad data.
      case .missing: self = error.place == nil ? .missingInput : .badData
      case .malformed, .unsupported: self = .badData
      case .inputOutput: self = .inputOutput
      }
    case is ConfigurationError: self = .usage
    case is NetworkError, is TrainingError: self = .badData
    default: return nil
    }
  }
}
