/// What a spectrum is measured for.
public struct SpectrumMeasures: Hashable, Sendable {
  /// Which measures are wanted.
  public struct Configuration: Hashable, Sendable {
    /// The number of peaks.
    public var peaks: Int

    /// The share of the power in the occupied bandwidth, above 0 and below 1; `nil` for none.
    public var occupiedShare: Double?

    /// Whether noise counts in the occupied bandwidth.
    public var countsNoise: Bool

    /// Whether the noise floor is told.
    public var noiseFloor: Bool

    /// Creates a configuration; nothing is wanted that is not named.
    public init(
      peaks: Int = 0, occupiedShare: Double? = nil, countsNoise: Bool = true,
      noiseFloor: Bool = false
    ) {
      self.peaks = peaks
      self.occupiedShare = occupiedShare
      self.countsNoise = countsNoise
      self.noiseFloor = noiseFloor
    }

    /// Whether nothing is wanted.
    public var isEmpty: Bool { peaks == 0 && occupiedShare == nil && !noiseFloor }
  }

  /// What was wanted.
  public var configuration: Configuration

  /// The density of the noise [FS²/(cycle/sample)]; see ``PowerSpectrum/noiseFloor``.
  public var noiseFloor: Double?

  /// The occupied bandwidth; see ``PowerSpectrum/occupiedBandwidth(_:above:)``.
  public var occupied: OccupiedBandwidth?

  /// The peaks, the most prominent first; see ``PowerSpectrum/peaks(_:)``.
  public var peaks: [SpectralPeak]

  /// Measures a spectrum.
  public init(_ configuration: Configuration, of spectrum: PowerSpectrum) {
    self.configuration = configuration
    let removesNoise = configuration.occupiedShare != nil && !configuration.countsNoise
    let floor = configuration.noiseFloor || removesNoise ? spectrum.noiseFloor : nil
    noiseFloor = configuration.noiseFloor ? floor : nil
    if let share = configuration.occupiedShare, !removesNoise || floor != nil {
      occupied = spectrum.occupiedBandwidth(share, above: removesNoise ? floor : nil)
    }
    peaks = spectrum.peaks(configuration.peaks)
  }
}
