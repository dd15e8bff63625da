/// What impairments may be drawn, and how often.
///
/// A part that is absent never occurs; ``Impairments`` tells what the parts are and in what order
/// they act.
public struct ImpairmentRanges: Hashable, Sendable {
  /// The transmitter's amplifier.
  public var amplifier: Amplification?
  /// The echoes.
  public var multipath: Echoes?
  /// The paths that change.
  public var fading: Fades?
  /// The sampling clock's error [ppm].
  public var clockError: Chance?
  /// The sampling clock's rms jitter [samples].
  public var jitter: Chance?
  /// The change of the carrier's frequency over an example [cycles/sample].
  public var drift: Chance?
  /// The linewidth of the phase noise [cycles/sample], its logarithm uniform.
  public var phaseNoise: Chance?
  /// The noise floor that is not flat.
  public var floor: Floor?
  /// The other transmission.
  public var adjacentChannel: Neighbour?
  /// The impulsive noise.
  public var impulses: Clicks?
  /// The spur's level [dBc]; its frequency is uniform over the band.
  public var spur: Chance?
  /// The attenuation at the edges of the band [dB].
  public var rollOff: Chance?
  /// The IQ imbalance.
  public var imbalance: Imbalance?
  /// The DC spike's level [dB].
  public var dcSpike: Chance?
  /// The jumps of the receiver's gain.
  public var agc: Steps?
  /// The rms level at the converter [dB full scale].
  public var converter: Chance?
  /// The converter's bits.
  public var converterBits: Int
  /// The decimal logarithm of the final gain.
  public var gain: Chance?

  /// Creates ranges from their parts; nothing is drawn by default.
  public init(
    amplifier: Amplification? = nil, multipath: Echoes? = nil, fading: Fades? = nil,
    clockError: Chance? = nil, jitter: Chance? = nil, drift: Chance? = nil,
    phaseNoise: Chance? = nil, floor: Floor? = nil, adjacentChannel: Neighbour? = nil,
    impulses: Clicks? = nil, spur: Chance? = nil, rollOff: Chance? = nil,
    imbalance: Imbalance? = nil, dcSpike: Chance? = nil, agc: Steps? = nil,
    converter: Chance? = nil, converterBits: Int = 8, gain: Chance? = nil
  ) {
    self.amplifier = amplifier
    self.multipath = multipath
    self.fading = fading
    self.clockError = clockError
    self.jitter = jitter
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
    self.converterBits = converterBits
    self.gain = gain
  }
}

extension ImpairmentRanges: Codable {
  /// Reads ranges; what is absent never occurs, and the converter has eight bits.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    self.init()
    amplifier = try fields.decodeIfPresent(Amplification.self, forKey: .amplifier)
    multipath = try fields.decodeIfPresent(Echoes.self, forKey: .multipath)
    fading = try fields.decodeIfPresent(Fades.self, forKey: .fading)
    clockError = try fields.decodeIfPresent(Chance.self, forKey: .clockError)
    jitter = try fields.decodeIfPresent(Chance.self, forKey: .jitter)
    drift = try fields.decodeIfPresent(Chance.self, forKey: .drift)
    phaseNoise = try fields.decodeIfPresent(Chance.self, forKey: .phaseNoise)
    floor = try fields.decodeIfPresent(Floor.self, forKey: .floor)
    adjacentChannel = try fields.decodeIfPresent(Neighbour.self, forKey: .adjacentChannel)
    impulses = try fields.decodeIfPresent(Clicks.self, forKey: .impulses)
    spur = try fields.decodeIfPresent(Chance.self, forKey: .spur)
    rollOff = try fields.decodeIfPresent(Chance.self, forKey: .rollOff)
    imbalance = try fields.decodeIfPresent(Imbalance.self, forKey: .imbalance)
    dcSpike = try fields.decodeIfPresent(Chance.self, forKey: .dcSpike)
    agc = try fields.decodeIfPresent(Steps.self, forKey: .agc)
    converter = try fields.decodeIfPresent(Chance.self, forKey: .converter)
    converterBits = try fields.decodeIfPresent(Int.self, forKey: .converterBits) ?? 8
    gain = try fields.decodeIfPresent(Chance.self, forKey: .gain)
  }
}
