/// A stretch of the frequency circle where a signal stands above the noise floor.
public struct OccupiedBand: Hashable, Sendable {
  /// What a band's width and surroundings tell of it.
  public enum Kind: String, Hashable, Codable, Sendable, CaseIterable {
    /// Wider than the window's main lobe: something modulated.
    case modulated
    /// A line that the spectrum does not resolve, strong and alone enough to be somebody's carrier.
    case carrier
    /// A line that a receiver or a clock more likely made than a transmitter.
    case spur
  }

  /// What the band is taken for.
  public var kind: Kind

  /// Where the band begins [cycles/sample], in `[−½, ½)`.
  public var lower: Double

  /// How wide it is [cycles/sample], in `(0, 1]`.
  public var width: Double

  /// The power of what stands above the floor [FS²].
  public var power: Double

  /// The power above the floor over the noise in the band [dB].
  public var snr: Double

  /// The mean noise floor in the band [dB relative to 1 FS²/(cycle/sample)].
  public var floor: Double

  /// Creates a band from its parts.
  public init(
    kind: Kind = .modulated, lower: Double, width: Double, power: Double, snr: Double, floor: Double
  ) {
    self.kind = kind
    self.lower = lower
    self.width = width
    self.power = power
    self.snr = snr
    self.floor = floor
  }

  /// Where the band ends [cycles/sample], in `[−½, ½)`: below ``lower`` where it wraps.
  public var upper: Double { Self.wrapped(lower + width) }

  /// The middle of the band on the circle [cycles/sample], in `[−½, ½)`.
  public var centre: Double { Self.wrapped(lower + width / 2) }

  /// A frequency as the one of `[−½, ½)` that samples cannot tell from it.
  static func wrapped(_ frequency: Double) -> Double {
    let turn = frequency - frequency.rounded()
    return turn < 0.5 ? turn : turn - 1
  }
}
