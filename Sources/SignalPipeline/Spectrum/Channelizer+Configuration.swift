internal import Glibc

extension Channelizer {
  /// Which band is brought where.
  public struct Configuration: Hashable, Codable, Sendable {
    /// What is brought to 0 Hz [cycles/sample].
    public var frequency: Double

    /// The new rate over the old one.
    public var ratio: RateRatio

    /// Where the passband ends [cycles per sample of the slower rate].
    public var passband: Double

    /// Where the stopband begins [cycles per sample of the slower rate].
    public var stopband: Double

    /// How far the stopband lies below the passband [dB].
    public var attenuation: Double

    /// Creates a configuration; ``validate()`` tells whether it makes sense.
    public init(
      frequency: Double, ratio: RateRatio, passband: Double = 0.42, stopband: Double = 0.58,
      attenuation: Double = 80
    ) {
      self.frequency = frequency
      self.ratio = ratio
      self.passband = passband
      self.stopband = stopband
      self.attenuation = attenuation
    }

    /// Checks that the configuration can be used.
    ///
    /// - Throws: ``ConfigurationError`` naming the first field out of its range.
    public func validate() throws(ConfigurationError) {
      guard frequency.isFinite, abs(frequency) <= 1 else {
        throw ConfigurationError("frequency", "is \(frequency) cycles/sample; it must be in ±1")
      }
      guard passband > 0, passband < stopband, stopband <= 1 else {
        throw ConfigurationError(
          "passband", "is \(passband) and stopband \(stopband); 0 < passband < stopband <= 1")
      }
      guard attenuation >= 50, attenuation <= 150 else {
        throw ConfigurationError("attenuation", "is \(attenuation) dB; it must be 50 to 150")
      }
      guard transition > 0, (attenuation / transition) < Self.mostTaps else {
        throw ConfigurationError(
          "ratio",
          "is \(ratio.up)/\(ratio.down), which takes a filter of too many taps; "
            + "choose smaller numbers or a wider transition")
      }
    }

    /// Bounds the filter's memory to some 100 MB.
    private static let mostTaps = 1e8

    /// The transition of the filter [cycles per sample of the raised rate].
    private var transition: Double { (stopband - passband) / Double(max(ratio.up, ratio.down)) }

    /// The taps of the low-pass filter at `up` times the old rate, symmetric about the middle one.
    package func prototype() -> [Float] {
      let side = max(1, KaiserWindow.side(attenuation: attenuation, transition: transition))
      let beta = KaiserWindow.beta(attenuation: attenuation)
      let cutoff = (passband + stopband) / 2 / Double(max(ratio.up, ratio.down))
      let half = (0...side).map { k in
        let x = 2 * cutoff * Double(k)
        let sinc = k == 0 ? 1 : sin(.pi * x) / (.pi * x)
        return sinc * KaiserWindow.value(Double(k) / Double(side), beta: beta)
      }
      let sum = 2 * half.dropFirst().reduce(0, +) + half[0]
      let scale = Double(ratio.up) / sum
      return (half.dropFirst().reversed() + half).map { Float(scale * $0) }
    }
  }
}
