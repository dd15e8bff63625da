/// What an example can be grouped by when accuracy is told.
public struct ExampleConditions: Hashable, Codable, Sendable {
  /// The frequency of the signal's centre [cycles/sample].
  public var offset: Double

  /// The signal power over the noise power in the occupied bandwidth [dB].
  public var snr: Double

  /// The occupied bandwidth [cycles/sample].
  public var bandwidth: Double

  /// Creates conditions from their parts.
  public init(offset: Double, snr: Double, bandwidth: Double) {
    self.offset = offset
    self.snr = snr
    self.bandwidth = bandwidth
  }
}
