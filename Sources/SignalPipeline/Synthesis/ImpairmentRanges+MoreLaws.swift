extension ImpairmentRanges {
  /// A saturating amplifier: everything uniform; see ``Amplifier``.
  public struct Amplification: Hashable, Codable, Sendable {
    /// How often it occurs, 0…1.
    public var probability: Double
    /// The saturation power over the mean power [dB].
    public var backOff: ClosedRange<Double>
    /// The smoothness of the knee.
    public var smoothness: ClosedRange<Double>
    /// The phase far beyond saturation [degrees].
    public var phase: ClosedRange<Double>

    /// Creates the law from its parts.
    public init(
      probability: Double, backOff: ClosedRange<Double>, smoothness: ClosedRange<Double>,
      phase: ClosedRange<Double>
    ) {
      self.probability = probability
      self.backOff = backOff
      self.smoothness = smoothness
      self.phase = phase
    }
  }

  /// Paths that fade: counts, gains, delays and the Rice factor are uniform, the logarithm of the
  /// Doppler shift is; see ``Fading``.
  public struct Fades: Hashable, Codable, Sendable {
    /// How often it occurs, 0…1.
    public var probability: Double
    /// How many paths there are after the first.
    public var count: ClosedRange<Int>
    /// Their rms amplitude relative to the first path's.
    public var gain: ClosedRange<Double>
    /// Their delay in reciprocal bandwidths `1/B`.
    public var delay: ClosedRange<Double>
    /// The largest Doppler shift [cycles/sample].
    public var doppler: ClosedRange<Double>
    /// How often the first path is Rician, 0…1; otherwise it is a Rayleigh path.
    public var rician: Double
    /// The Rice factor of those that are [dB].
    public var riceFactor: ClosedRange<Double>

    /// Creates the law from its parts.
    public init(
      probability: Double, count: ClosedRange<Int>, gain: ClosedRange<Double>,
      delay: ClosedRange<Double>, doppler: ClosedRange<Double>, rician: Double,
      riceFactor: ClosedRange<Double>
    ) {
      self.probability = probability
      self.count = count
      self.gain = gain
      self.delay = delay
      self.doppler = doppler
      self.rician = rician
      self.riceFactor = riceFactor
    }
  }

  /// A noise floor's shape: everything uniform; see ``NoiseShape``.
  public struct Floor: Hashable, Codable, Sendable {
    /// How often it occurs, 0…1.
    public var probability: Double
    /// The rise over the band [dB].
    public var tilt: ClosedRange<Double>
    /// The depth of the dip, which stands anywhere [dB].
    public var dip: ClosedRange<Double>
    /// The standard deviation of the dip's bell [cycles/sample].
    public var dipWidth: ClosedRange<Double>
    /// The height of the humps from crest to trough [dB]; there are 1 to 4.
    public var humps: ClosedRange<Double>

    /// Creates the law from its parts.
    public init(
      probability: Double, tilt: ClosedRange<Double>, dip: ClosedRange<Double>,
      dipWidth: ClosedRange<Double>, humps: ClosedRange<Double>
    ) {
      self.probability = probability
      self.tilt = tilt
      self.dip = dip
      self.dipWidth = dipWidth
      self.humps = humps
    }
  }

  /// A transmission on either side of the signal: everything uniform; see ``AdjacentChannel``.
  public struct Neighbour: Hashable, Codable, Sendable {
    /// How often it occurs, 0…1.
    public var probability: Double
    /// Its power relative to the signal's [dBc].
    public var level: ClosedRange<Double>
    /// Its bandwidth in those of the signal, `B`.
    public var bandwidth: ClosedRange<Double>
    /// What lies between the two bands, in bandwidths of the signal, `B`.
    public var gap: ClosedRange<Double>

    /// Creates the law from its parts.
    public init(
      probability: Double, level: ClosedRange<Double>, bandwidth: ClosedRange<Double>,
      gap: ClosedRange<Double>
    ) {
      self.probability = probability
      self.level = level
      self.bandwidth = bandwidth
      self.gap = gap
    }
  }

  /// Impulsive noise: the rate's logarithm and the level are uniform; see ``Impulses``.
  public struct Clicks: Hashable, Codable, Sendable {
    /// How often it occurs, 0…1.
    public var probability: Double
    /// How many there are on average [1/sample].
    public var rate: ClosedRange<Double>
    /// Their mean power relative to the signal's [dBc].
    public var level: ClosedRange<Double>

    /// Creates the law from its parts.
    public init(
      probability: Double, rate: ClosedRange<Double>, level: ClosedRange<Double>
    ) {
      self.probability = probability
      self.rate = rate
      self.level = level
    }
  }

  /// Jumps of the gain, up or down, anywhere in the example: everything uniform; see
  /// ``GainControl``.
  public struct Steps: Hashable, Codable, Sendable {
    /// How often it occurs, 0…1.
    public var probability: Double
    /// How many there are.
    public var count: ClosedRange<Int>
    /// Their size [dB].
    public var change: ClosedRange<Double>

    /// Creates the law from its parts.
    public init(
      probability: Double, count: ClosedRange<Int>, change: ClosedRange<Double>
    ) {
      self.probability = probability
      self.count = count
      self.change = change
    }
  }
}
