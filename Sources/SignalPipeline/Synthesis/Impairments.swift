/// What transmitter, channel and receiver do to one example: concrete values, drawn beforehand.
///
/// A part that is absent does nothing. They act in the order of the way that a signal takes:
///
/// 1. the transmitter: ``amplifier``;
/// 2. the channel: ``multipath``, ``fading``; the power is then 1, which levels in dBc refer to;
/// 3. the clocks of both ends: ``clock``, then the carrier with its offset, ``drift`` and
///    ``phaseNoise``;
/// 4. the air: white noise with its ``floor``, ``adjacentChannel``, ``impulses``;
/// 5. the receiver: ``spur``, ``rollOff``, ``imbalance``, ``dcSpike``, ``agc``, ``converter``,
///    ``gain``.
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

  /// The transmitter's amplifier.
  public var amplifier: Amplifier?

  /// The echoes.
  public var multipath: Multipath?

  /// The paths that change.
  public var fading: Fading?

  /// The sampling clock.
  public var clock: SampleClock?

  /// The change of the carrier's frequency from the first sample to the last [cycles/sample];
  /// the offset is the frequency in the middle.
  public var drift: Double?

  /// The linewidth of a Wiener phase noise [cycles/sample]: increments of variance
  /// `2π·linewidth` rad².
  public var phaseNoise: Double?

  /// The shape of the noise floor.
  public var floor: NoiseShape?

  /// The other transmission.
  public var adjacentChannel: AdjacentChannel?

  /// The impulsive noise.
  public var impulses: Impulses?

  /// The spurious tone.
  public var spur: Spur?

  /// The receiver filter's attenuation at ±½ cycles/sample [dB]; see ``ReceiverRollOff``.
  public var rollOff: Double?

  /// The imbalance of the two paths.
  public var imbalance: Imbalance?

  /// The constant.
  public var dcSpike: DCSpike?

  /// The jumps of the gain.
  public var agc: GainControl?

  /// The converter.
  public var converter: Converter?

  /// The factor that scales the finished samples.
  public var gain: Double?

  /// Creates impairments from their parts; none by default.
  public init(
    amplifier: Amplifier? = nil, multipath: Multipath? = nil, fading: Fading? = nil,
    clock: SampleClock? = nil, drift: Double? = nil, phaseNoise: Double? = nil,
    floor: NoiseShape? = nil, adjacentChannel: AdjacentChannel? = nil,
    impulses: Impulses? = nil, spur: Spur? = nil, rollOff: Double? = nil,
    imbalance: Imbalance? = nil, dcSpike: DCSpike? = nil, agc: GainControl? = nil,
    converter: Converter? = nil, gain: Double? = nil
  ) {
    self.amplifier = amplifier
    self.multipath = multipath
    self.fading = fading
    self.clock = clock
    self.drift = drift
    self.phaseNoise = phaseNoise
    self.floor = floor
    self.adjacentChannel = adjacentChannel
    self.impulses = impulses
    self.spur = spur
    self.rollOff = rollOff
    self.imbalance = imbalance
    self.dcSpike = dcSpike
    self.agc = agc
    self.converter = converter
    self.gain = gain
  }

  /// What happens to one signal before it meets others: transmitter, channel and clocks.
  var transmission: Impairments {
    Impairments(
      amplifier: amplifier, multipath: multipath, fading: fading, clock: clock, drift: drift,
      phaseNoise: phaseNoise)
  }
}
