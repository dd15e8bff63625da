extension SignalDetector {
  /// What the detector takes for noise.
  public struct Configuration: Hashable, Codable, Sendable {
    /// The probability that a spectrum of white noise is taken for a signal.
    public var falseAlarms: Double

    /// The widths of the bands that are searched for wide signals, over the whole band, each in
    /// `(0, ½]`.
    public var widths: [Double]

    /// By how much a receiver's noise may rise above its floor [dB].
    public var ripple: Double

    /// By how much a receiver's noise may fall below its floor [dB].
    public var dip: Double

    /// By how much more it may fall in the outer parts of the band [dB].
    public var rollOff: Double

    /// Where the outer parts begin [cycles/sample].
    public var rollOffStart: Double

    /// The percentile of the band means at which the floor lies: above the share of the band
    /// that a roll-off lowers, below the share that a signal leaves free.
    public var floorPercentile: Double

    /// How many bins on each side of DC are left out.
    public var centreBins: Int

    /// One false alarm in 1000; bands of 1/128, 1/32 and 1/8; 1 dB of ripple, 2 dB of dip, 12 dB
    /// of roll-off from 0.42 cycles/sample on; the 38th percentile; DC ± 2 bins.
    public static let `default` = Configuration()

    /// Creates a configuration; ``validate()`` tells whether it makes sense.
    public init(
      falseAlarms: Double = 1e-3, widths: [Double] = [1.0 / 128, 1.0 / 32, 1.0 / 8],
      ripple: Double = 1, dip: Double = 2, rollOff: Double = 12, rollOffStart: Double = 0.42,
      floorPercentile: Double = 38, centreBins: Int = 2
    ) {
      self.falseAlarms = falseAlarms
      self.widths = widths
      self.ripple = ripple
      self.dip = dip
      self.rollOff = rollOff
      self.rollOffStart = rollOffStart
      self.floorPercentile = floorPercentile
      self.centreBins = centreBins
    }

    /// Checks that the configuration can be used.
    ///
    /// - Throws: ``ConfigurationError`` naming the first field out of its range.
    public func validate() throws(ConfigurationError) {
      guard falseAlarms >= 1e-12, falseAlarms <= 0.5 else {
        throw ConfigurationError("falseAlarms", "is \(falseAlarms); it must be in 1e-12…0.5")
      }
      guard !widths.isEmpty, widths.allSatisfy({ $0 > 0 && $0 <= 0.5 }) else {
        throw ConfigurationError("widths", "are \(widths); each must be in (0, 0.5], one at least")
      }
      for (name, level) in [("ripple", ripple), ("dip", dip), ("rollOff", rollOff)] {
        guard level >= 0, level.isFinite else {
          throw ConfigurationError(name, "is \(level) dB; it must be 0 or more")
        }
      }
      guard rollOffStart >= 0, rollOffStart <= 0.5 else {
        throw ConfigurationError(
          "rollOffStart", "is \(rollOffStart) cycles/sample; it must be in 0…0.5")
      }
      guard floorPercentile > 0, floorPercentile < 100 else {
        throw ConfigurationError(
          "floorPercentile", "is \(floorPercentile); it must be above 0 and below 100")
      }
      guard (0...15).contains(centreBins) else {
        throw ConfigurationError("centreBins", "is \(centreBins); it must be in 0…15")
      }
    }
  }
}
