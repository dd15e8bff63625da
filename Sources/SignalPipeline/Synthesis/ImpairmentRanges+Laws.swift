extension ImpairmentRanges {
  /// A value that occurs with a probability.
  public struct Chance: Hashable, Codable, Sendable {
    /// How often it occurs, 0…1.
    public var probability: Double
    /// Where the value lies.
    public var range: ClosedRange<Double>

    /// Creates a chance from its parts.
    public init(_ probability: Double, _ range: ClosedRange<Double>) {
      self.probability = probability
      self.range = range
    }
  }

  /// Echoes: their number, gains and delays are uniform.
  public struct Echoes: Hashable, Codable, Sendable {
    /// How often there are any, 0…1.
    public var probability: Double
    /// How many there are.
    public var count: ClosedRange<Int>
    /// The amplitude relative to the direct path.
    public var gain: ClosedRange<Double>
    /// The delay in reciprocal bandwidths `1/B`.
    public var delay: ClosedRange<Double>

    /// Creates a law of echoes from its parts.
    public init(
      probability: Double, count: ClosedRange<Int>, gain: ClosedRange<Double>,
      delay: ClosedRange<Double>
    ) {
      self.probability = probability
      self.count = count
      self.gain = gain
      self.delay = delay
    }
  }

  /// IQ imbalance: gain and phase are uniform.
  public struct Imbalance: Hashable, Codable, Sendable {
    /// How often it occurs, 0…1.
    public var probability: Double
    /// The gain of the quadrature path [dB].
    public var gain: ClosedRange<Double>
    /// The phase error [degrees].
    public var phase: ClosedRange<Double>

    /// Creates a law of imbalance from its parts.
    public init(probability: Double, gain: ClosedRange<Double>, phase: ClosedRange<Double>) {
      self.probability = probability
      self.gain = gain
      self.phase = phase
    }
  }
}
