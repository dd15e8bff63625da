/// What a channel and a receiver do to one example: concrete values, drawn beforehand.
///
/// A part that is absent does nothing. They act in this order: multipath, phase noise (with the
/// offset), noise, spur, roll-off, IQ imbalance, DC spike, converter, gain.
public struct Impairments: Hashable, Codable, Sendable {
  /// A tone that the receiver adds.
  public struct Spur: Hashable, Codable, Sendable {
    /// The power relative to the signal's [dBc].
    public var level: Double
    /// The frequency [cycles/sample].
    public var frequency: Double
    /// The phase at the first sample [turns].
    public var phase: Double

    /// Creates a spur from its parts.
    public init(level: Double, frequency: Double, phase: Double) {
      self.level = level
      self.frequency = frequency
      self.phase = phase
    }
  }

  /// Unequal quadrature paths: `q ← g·(q·cos φ + i·sin φ)`.
  public struct Imbalance: Hashable, Codable, Sendable {
    /// The gain `g` of the quadrature path [dB].
    public var gain: Double
    /// The phase error φ [degrees].
    public var phase: Double

    /// Creates an imbalance from its parts.
    public init(gain: Double, phase: Double) {
      self.gain = gain
      self.phase = phase
    }
  }

  /// A constant that the receiver adds.
  public struct DCSpike: Hashable, Codable, Sendable {
    /// The power relative to the mean power of what it is added to [dB].
    public var level: Double
    /// The phase [turns].
    public var phase: Double

    /// Creates a spike from its parts.
    public init(level: Double, phase: Double) {
      self.level = level
      self.phase = phase
    }
  }

  /// An analogue-to-digital converter: rounds both parts, ties to even, and clips.
  public struct Converter: Hashable, Codable, Sendable {
    /// The rms level `√(mean |x|²)` to which the input is set [dB full scale].
    public var level: Double
    /// The number of bits of each part, 2 to 16.
    public var bits: Int

    /// Creates a converter from its parts.
    public init(level: Double, bits: Int) {
      self.level = level
      self.bits = bits
    }
  }

  /// The echoes.
  public var multipath: Multipath?

  /// The linewidth of a Wiener phase noise [cycles/sample]: increments of variance
  /// `2π·linewidth` rad².
  public var phaseNoise: Double?

  /// The spurious tone.
  public var spur: Spur?

  /// The receiver filter's attenuation at ±½ cycles/sample [dB]; see ``ReceiverRollOff``.
  public var rollOff: Double?

  /// The imbalance of the two paths.
  public var imbalance: Imbalance?

  /// The constant.
  public var dcSpike: DCSpike?

  /// The converter.
  public var converter: Converter?

  /// The factor that scales the finished samples.
  public var gain: Double?

  /// Creates impairments from their parts; none by default.
  public init(
    multipath: Multipath? = nil, phaseNoise: Double? = nil, spur: Spur? = nil,
    rollOff: Double? = nil, imbalance: Imbalance? = nil, dcSpike: DCSpike? = nil,
    converter: Converter? = nil, gain: Double? = nil
  ) {
    self.multipath = multipath
    self.phaseNoise = phaseNoise
    self.spur = spur
    self.rollOff = rollOff
    self.imbalance = imbalance
    self.dcSpike = dcSpike
    self.converter = converter
    self.gain = gain
  }
}
