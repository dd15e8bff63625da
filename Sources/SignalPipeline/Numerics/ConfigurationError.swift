/// A configuration that no stage can honour.
public struct ConfigurationError: Error, Hashable, Sendable {
  /// The field at fault, such as `overlap`.
  public var field: String

  /// What was expected and what was found, as one sentence without a full stop.
  public var reason: String

  /// Creates an error about one field.
  public init(_ field: String, _ reason: String) {
    self.field = field
    self.reason = reason
  }
}

extension ConfigurationError: CustomStringConvertible {
  /// For example `overlap is 9000 samples; it must be below the FFT length of 8192`.
  public var description: String { "\(field) \(reason)" }
}
