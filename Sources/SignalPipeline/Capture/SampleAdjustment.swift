/// What is done to the samples of a capture on the user's word, recorded with its results.
///
/// The order is: DC removal and gain on the samples as they are stored, then, on the complex
/// samples (those of a converted real capture too), the swap and the conjugation.
public struct SampleAdjustment: Hashable, Codable, Sendable {
  /// Whether I and Q change places, for recordings that store Q first: `q + ji`.
  ///
  /// The spectrum is mirrored about 0 Hz, and turned in phase by 90°.
  public var swapIQ: Bool

  /// Whether Q changes its sign, `i − jq`: the spectrum is mirrored about 0 Hz.
  public var conjugate: Bool

  /// Whether the offset of I and Q (or of the real samples) is taken off as it is read.
  ///
  ///     m[n] = m[n−1] + (x[n] − m[n−1])/min(n + 1, N),  y[n] = x[n] − m[n],  N = 32,768
  ///
  /// That is the mean so far, and after N samples a one-pole high-pass with its corner (−3 dB) at
  /// `fs/(2πN)`, 11.7 Hz at 2.4 MHz: far less than a bin of a spectrum, so that a spur at 0 Hz
  /// goes and the noise around it stays.
  public var removeDC: Bool

  /// The factor of all samples, in powers: `10^(gain/20)` in amplitude [dB].
  public var gain: Double

  /// Samples as they are stored.
  public static let none = SampleAdjustment()

  /// Creates an adjustment; ``validate()`` tells whether it makes sense.
  public init(
    swapIQ: Bool = false, conjugate: Bool = false, removeDC: Bool = false, gain: Double = 0
  ) {
    self.swapIQ = swapIQ
    self.conjugate = conjugate
    self.removeDC = removeDC
    self.gain = gain
  }

  /// Checks that the adjustment can be honoured.
  ///
  /// - Throws: ``ConfigurationError`` if the gain is outside −200…200 dB.
  public func validate() throws(ConfigurationError) {
    guard (-200.0...200.0).contains(gain) else {
      throw ConfigurationError("gain", "is \(gain) dB; it must lie within -200...200")
    }
  }
}
