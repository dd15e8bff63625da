extension ImpairmentRanges {
  /// Nothing but offset and noise.
  public static let clean = ImpairmentRanges()

  /// A low-cost software-defined radio; linewidths are 0.1…10 Hz at 48 kHz.
  public static let sdr = ImpairmentRanges(
    multipath: Echoes(probability: 0.5, count: 1...3, gain: 0.1...0.6, delay: 0.1...1.5),
    phaseNoise: Chance(0.5, (0.1 / 48_000)...(10.0 / 48_000)),
    spur: Chance(0.3, -25 ... -8), rollOff: Chance(1, 0...12),
    imbalance: Imbalance(probability: 0.5, gain: -1...1, phase: -5...5),
    dcSpike: Chance(0.5, -30 ... -8), converter: Chance(0.5, -20 ... -9), gain: Chance(1, -3...1.5))

  /// That radio with a moving, overdriven transmitter in a crowded, noisy band; drifts are up to
  /// ±100 Hz and Doppler shifts 0.05…50 Hz at 48 kHz.
  public static let harsh: ImpairmentRanges = {
    var ranges = sdr
    ranges.amplifier = Amplification(
      probability: 0.5, backOff: 0...8, smoothness: 1...3, phase: 0...20)
    ranges.fading = Fades(
      probability: 0.5, count: 0...2, gain: 0.2...0.8, delay: 0.1...1.5,
      doppler: (0.05 / 48_000)...(50.0 / 48_000), rician: 0.5, riceFactor: 0...10)
    ranges.clockError = Chance(0.5, -100...100)
    ranges.jitter = Chance(0.3, 0...0.05)
    ranges.drift = Chance(0.5, (-100.0 / 48_000)...(100.0 / 48_000))
    ranges.floor = Floor(
      probability: 0.5, tilt: -6...6, dip: 0...6, dipWidth: 0.02...0.1, humps: 0...4)
    ranges.adjacentChannel = Neighbour(
      probability: 0.3, level: -20...0, bandwidth: 0.3...1, gap: 0.1...1)
    ranges.impulses = Clicks(probability: 0.3, rate: 1e-5...1e-3, level: 10...30)
    ranges.agc = Steps(probability: 0.3, count: 1...3, change: 1...6)
    return ranges
  }()

  /// The sets by the names that they are asked for with.
  public enum Preset: String, CaseIterable, Sendable {
    /// Offset and noise only.
    case clean
    /// What a cheap receiver and a real channel do.
    case sdr
    /// All impairments there are.
    case harsh

    /// What may be drawn.
    public var ranges: ImpairmentRanges {
      switch self {
      case .clean: .clean
      case .sdr: .sdr
      case .harsh: .harsh
      }
    }
  }
}
