/// Which examples are generated.
public struct SynthesisConfiguration: Hashable, Codable, Sendable {
  /// Where the signal's centre may lie.
  public enum Offset: Hashable, Sendable {
    /// Anywhere in the band; what leaves it on one side enters on the other.
    case any
    /// Within ±0.00625 cycles/sample, ±300 Hz at 48 kHz.
    case centred
    /// At one frequency [cycles/sample].
    case fixed(frequency: Double)
    /// At one of some frequencies, each as often as the others [cycles/sample].
    case list([Double])
    /// Anywhere between two frequencies [cycles/sample].
    case band(ClosedRange<Double>)
  }

  /// The classes, in the order of their labels; example `i` is of class `i mod count`.
  public var classes: [SignalClass]
  /// The names of the variants that examples of a class are drawn from, each as often as the
  /// others; a class that is not told is drawn as it is without a choice.
  public var variants: [SignalClass: [String]]?
  /// The length of an example, `N` [samples].
  public var samples: Int
  /// The seed of all that is drawn.
  public var seed: UInt64
  /// The signal power over the noise power in the occupied bandwidth [dB], uniform.
  public var snr: ClosedRange<Double>
  /// The occupied bandwidth `B` [cycles/sample], its logarithm uniform.
  public var bandwidth: ClosedRange<Double>
  /// The offset's law.
  public var offset: Offset
  /// The impairments' law.
  public var impairments: ImpairmentRanges
  /// The law of further signals; `nil` for none.
  public var others: Others?
  /// The law of bursts; `nil` for signals that are always on.
  public var bursts: Bursts?

  /// 65,536 samples of each standard class, 0…20 dB, 0.06…0.20 cycles/sample, anywhere in the
  /// band, with the impairments of a low-cost radio.
  public static let `default` = SynthesisConfiguration(
    classes: SignalClass.standard, samples: 65_536, seed: 1, snr: 0...20, bandwidth: 0.06...0.20,
    offset: .any, impairments: .sdr)

  /// Creates a configuration; ``validate()`` tells whether it makes sense.
  public init(
    classes: [SignalClass], variants: [SignalClass: [String]]? = nil, samples: Int, seed: UInt64,
    snr: ClosedRange<Double>, bandwidth: ClosedRange<Double>, offset: Offset,
    impairments: ImpairmentRanges, others: Others? = nil, bursts: Bursts? = nil
  ) {
    self.classes = classes
    self.variants = variants
    self.samples = samples
    self.seed = seed
    self.snr = snr
    self.bandwidth = bandwidth
    self.offset = offset
    self.impairments = impairments
    self.others = others
    self.bursts = bursts
  }

  /// Checks that the configuration can be generated.
  ///
  /// - Throws: ``ConfigurationError`` naming the field, unless the classes are one or more and
  ///   different, the variants are theirs and each told once, there are 1024…2²² samples, SNRs lie
  ///   within ±100 dB, bandwidths within 0.5 and wide enough for 64 cycles in an example, the
  ///   offsets are frequencies of the band, a burst fits into an example, and the laws keep the
  ///   limits that their errors tell.
  public func validate() throws(ConfigurationError) {
    guard !classes.isEmpty, Set(classes).count == classes.count else {
      let names = classes.map(\.rawValue).joined(separator: ", ")
      throw ConfigurationError("classes", "are [\(names)]; give at least one, each once")
    }
    try validateVariants()
    guard (1024...1 << 22).contains(samples) else {
      throw ConfigurationError("samples", "is \(samples); it must lie within 1024...\(1 << 22)")
    }
    guard snr.lowerBound >= -100, snr.upperBound <= 100 else {
      throw ConfigurationError("snr", "is \(snr) dB; it must lie within -100...100 dB")
    }
    guard bandwidth.lowerBound * Double(samples) >= 64, bandwidth.upperBound <= 0.5 else {
      throw ConfigurationError(
        "bandwidth",
        "is \(bandwidth) cycles/sample; with \(samples) samples it must lie within "
          + "\(64 / Double(samples))...0.5")
    }
    let edges: [Double] =
      switch offset {
      case .any, .centred: []
      case .fixed(let frequency): [frequency]
      case .list(let frequencies): frequencies
      case .band(let band): [band.lowerBound, band.upperBound]
      }
    if case .list([]) = offset {
      throw ConfigurationError("offset", "is a list of no frequencies; give at least one")
    }
    for frequency in edges where !(-0.5...0.5).contains(frequency) {
      throw ConfigurationError(
        "offset", "is \(frequency) cycles/sample; it must lie within -0.5...0.5")
    }
    try impairments.validate()
    try validateScene()
  }
}
