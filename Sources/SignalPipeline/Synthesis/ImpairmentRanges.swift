/// What impairments may be drawn, and how often.
///
/// A part that is absent never occurs.
public struct ImpairmentRanges: Hashable, Codable, Sendable {
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

  /// The echoes.
  public var multipath: Echoes?
  /// The linewidth of the phase noise [cycles/sample], its logarithm uniform.
  public var phaseNoise: Chance?
  /// The spur's level [dBc]; its frequency is uniform over the band.
  public var spur: Chance?
  /// The attenuation at the edges of the band [dB].
  public var rollOff: Chance?
  /// The IQ imbalance.
  public var imbalance: Imbalance?
  /// The DC spike's level [dB].
  public var dcSpike: Chance?
  /// The rms level at the converter [dB full scale].
  public var converter: Chance?
  /// The converter's bits.
  public var converterBits: Int
  /// The decimal logarithm of the final gain.
  public var gain: Chance?

  /// Creates ranges from their parts; nothing is drawn by default.
  public init(
    multipath: Echoes? = nil, phaseNoise: Chance? = nil, spur: Chance? = nil,
    rollOff: Chance? = nil, imbalance: Imbalance? = nil, dcSpike: Chance? = nil,
    converter: Chance? = nil, converterBits: Int = 8, gain: Chance? = nil
  ) {
    self.multipath = multipath
    self.phaseNoise = phaseNoise
    self.spur = spur
    self.rollOff = rollOff
    self.imbalance = imbalance
    self.dcSpike = dcSpike
    self.converter = converter
    self.converterBits = converterBits
    self.gain = gain
  }

  /// Nothing but offset and noise.
  public static let clean = ImpairmentRanges()

  /// A low-cost software-defined radio; linewidths are 0.1…10 Hz at 48 kHz.
  public static let sdr = ImpairmentRanges(
    multipath: Echoes(probability: 0.5, count: 1...3, gain: 0.1...0.6, delay: 0.1...1.5),
    phaseNoise: Chance(0.5, (0.1 / 48_000)...(10.0 / 48_000)),
    spur: Chance(0.3, -25 ... -8), rollOff: Chance(1, 0...12),
    imbalance: Imbalance(probability: 0.5, gain: -1...1, phase: -5...5),
    dcSpike: Chance(0.5, -30 ... -8), converter: Chance(0.5, -20 ... -9), gain: Chance(1, -3...1.5))

  /// Draws the impairments of one example.
  ///
  /// Each part draws from a generator of its own, so that a change of one part's law leaves the
  /// others' values alone.
  ///
  /// - Parameters:
  ///   - bandwidth: The signal's bandwidth `B` [cycles/sample], the scale of the delays.
  ///   - generator: Where the values come from.
  /// - Returns: Values that can be applied.
  public func draw(bandwidth: Double, using generator: inout SeededGenerator) -> Impairments {
    var draws = (0..<8).map { _ in generator.child() }
    var result = Impairments()
    if let multipath, draws[0].happens(multipath.probability) {
      let spread = multipath.count.upperBound - multipath.count.lowerBound
      let count = multipath.count.lowerBound + draws[0].index(below: spread + 1)
      result.multipath = Multipath(
        echoes: (0..<count).map { _ in
          Multipath.Echo(
            gain: draws[0].uniform(multipath.gain),
            delay: draws[0].uniform(multipath.delay) / bandwidth, phase: draws[0].uniform())
        })
    }
    if let phaseNoise, draws[1].happens(phaseNoise.probability) {
      result.phaseNoise = draws[1].logUniform(phaseNoise.range)
    }
    if let level = draws[2].value(of: spur) {
      result.spur = Impairments.Spur(
        level: level, frequency: draws[2].uniform(-0.5...0.5), phase: draws[2].uniform())
    }
    result.rollOff = draws[3].value(of: rollOff)
    if let imbalance, draws[4].happens(imbalance.probability) {
      result.imbalance = Impairments.Imbalance(
        gain: draws[4].uniform(imbalance.gain), phase: draws[4].uniform(imbalance.phase))
    }
    if let level = draws[5].value(of: dcSpike) {
      result.dcSpike = Impairments.DCSpike(level: level, phase: draws[5].uniform())
    }
    if let level = draws[6].value(of: converter) {
      result.converter = Impairments.Converter(level: level, bits: converterBits)
    }
    result.gain = draws[7].value(of: gain).map { PortableMath.amplitude(decibels: 20 * $0) }
    return result
  }
}

extension SeededGenerator {
  /// Returns a uniform value of a chance, if it occurs.
  fileprivate mutating func value(of chance: ImpairmentRanges.Chance?) -> Double? {
    guard let chance, happens(chance.probability) else { return nil }
    return uniform(chance.range)
  }
}
