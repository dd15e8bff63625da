import FuzzLimits
import SignalPipeline

/// Runs a parser, which may refuse its input only by one of the library's own errors.
///
/// - Returns: What was read; `nil` if it was refused.
@discardableResult
func readOrRefuse<Value: ~Copyable>(_ parse: () throws -> Value) -> Value? {
  do {
    return try parse()
  } catch let error as FileError {
    require(!error.path.isEmpty && !error.reason.isEmpty, "the error tells too little: \(error)")
    require(!error.reason.hasSuffix("."), "a reason is one sentence without a full stop: \(error)")
  } catch let error as ConfigurationError {
    require(!error.field.isEmpty && !error.reason.isEmpty, "the error tells too little: \(error)")
  } catch let error as NetworkError {
    require(!error.reason.isEmpty, "the error tells too little: \(error)")
  } catch {
    fuzz_finding("\(type(of: error)) is none of the library's errors: \(error)")
  }
  return nil
}

/// Makes an input a finding unless a condition holds.
func require(_ condition: Bool, _ otherwise: @autoclosure () -> String) {
  if !condition { fuzz_finding(otherwise()) }
}
