/// What is taken off each segment before it is windowed.
public enum Detrend: String, Hashable, Codable, Sendable, CaseIterable {
  /// Nothing: a frequency shift of the samples then shifts the spectrum and does no more.
  case none
  /// The segment's mean.
  case constant
  /// The straight line of least squares through I and through Q.
  case linear
}
