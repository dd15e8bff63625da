/// A map of one example's powers to [0,1].
public enum PSDNormalization: Hashable, Codable, Sendable {
  /// `clip((dB − P20 + offset)/span)`, `P20` being the 20th percentile in dB.
  case decibelsAboveFloor(offset: Float = 3, span: Float = 40)
  /// `(√p − min)/(max − min)` over the square roots.
  case squareRootMinMax
  /// `(dB − min)/(max − min)` over the decibels.
  case decibelMinMax
  /// `clip((dB − P5)/(P99.8 − P5))` over the decibels.
  case decibelPercentiles
  /// `(p − min)/(max − min)`.
  case linearMinMax
  /// `clip((dB + 60)/150)`: a fixed map that depends on the gain.
  case fixedDecibels

  /// Checks the parameters.
  ///
  /// - Throws: ``ConfigurationError`` unless offset and span are finite and span is positive.
  public func validate() throws(ConfigurationError) {
    guard case .decibelsAboveFloor(let offset, let span) = self else { return }
    guard offset.isFinite, span.isFinite, span > 0 else {
      throw ConfigurationError(
        "normalization", "has offset \(offset) dB and span \(span) dB; the span must be positive")
    }
  }
}
