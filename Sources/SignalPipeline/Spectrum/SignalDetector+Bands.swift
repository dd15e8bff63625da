internal import CKernels

extension SignalDetector {
  /// Finds the bands that signals occupy.
  ///
  /// The floor may tilt by 12 dB, undulate, dip, and fall at the ends of the band, see
  /// ``NoiseFloor``; signals may fill some 60 % of the band. A signal that exceeds the floor by
  /// less than ``Configuration/ripple`` plus the floor's uncertainty counts as the floor's.
  ///
  /// A line too narrow to be resolved may be a transmitter's carrier or a receiver's spur, and
  /// nothing in a spectrum tells them apart for certain. It is taken for a spur where it lies
  /// below ``BandConfiguration/carrierLevel``, where it is weaker than the strongest band by
  /// ``BandConfiguration/spurDepth``, or where three lines or more follow at one distance. What
  /// stands at DC, and falls off about it, is a receiver's spike.
  ///
  /// It costs some milliseconds, many times ``detect(_:)``, and memory for a few spectra.
  ///
  /// - Parameters:
  ///   - spectrum: A spectrum made as the detector was told.
  ///   - bands: What counts as one band, a line and a spur.
  /// - Returns: The bands in order of their lower edges; none overlap.
  /// - Throws: ``ConfigurationError`` for an invalid configuration, or fewer than 256 bins.
  public func bands(
    in spectrum: PowerSpectrum, _ bands: BandConfiguration = .default
  ) throws(ConfigurationError) -> [OccupiedBand] {
    try survey(spectrum, bands).bands
  }

  /// The bands, and the floor of each bin [FS²/(cycle/sample)], 0 where there is no power at all.
  package func survey(
    _ spectrum: PowerSpectrum, _ bands: BandConfiguration = .default
  ) throws(ConfigurationError) -> (bands: [OccupiedBand], floor: [Double]) {
    try bands.validate()
    let bins = self.spectrum.bins
    guard bins >= 256 else {
      throw ConfigurationError("bins", "is \(bins); bands need at least 256")
    }
    precondition(
      spectrum.density.count == bins, "\(spectrum.density.count) powers for \(bins) bins")
    guard let density = Self.cleaned(spectrum.density, centre: centre) else {
      return ([], [Double](repeating: 0, count: bins))
    }
    let blocks = NoiseFloor.Blocks(bins: bins)
    let medians = Self.medians(density, blocks)
    // A window's main lobe is some three times as wide as its noise bandwidth where edges lie.
    let lobe = max(5, 10.0 / 3 * spectrum.noiseBandwidth * Double(bins))
    let lineBins = max(bands.lineWidth * Double(bins), lobe)
    let flat = density.indices.map { density[$0] / medians[blocks.block(of: $0)] }
    var overlap = overlap
    let spread = NoiseSpread(
      of: flat, averages: max(1, overlap.averages(spectrum.segments)), correlation: binCorrelation)
    var search = BandSearch(
      density, medians: medians, blocks: blocks, spread: spread,
      limits: NoiseFloor.Limits(
        ripple: configuration.ripple, dip: configuration.dip, outer: configuration.rollOffStart),
      falseAlarms: configuration.falseAlarms, line: lineBins, bands)
    let pieces = search.run()
    let floor = search.floor
    let lines = LineSorter(bands, width: lineBins / Double(bins), bins: bins)
    let found = lines.sorted(
      pieces.map { Self.measured($0, density, floor) }.filter { $0.band.power > 0 },
      spike: centre.map { Double(spectrum.density[$0]) }.max() ?? 0)
    return (found, floor)
  }

  /// Powers that are all positive and finite, those at DC replaced by their neighbours'; `nil` if
  /// there is no power at all.
  private static func cleaned(_ powers: [Float], centre: ClosedRange<Int>) -> [Double]? {
    var powers = powers
    unsafe spectrum_limit(&powers, powers.count, limit)
    let highest = Double(powers.max() ?? 0)
    guard highest > 0 else { return nil }
    var density = powers.map { max(Double($0), highest * 1e-15) }
    let sides = [
      centre.lowerBound - 8..<centre.lowerBound, centre.upperBound + 1..<centre.upperBound + 9,
    ]
    let beside = sides.map { density[$0].reduce(0, +) / 8 }
    for bin in centre { density[bin] = (beside[0] + beside[1]) / 2 }
    return density
  }

  private static func medians(_ density: [Double], _ blocks: NoiseFloor.Blocks) -> [Double] {
    let powers = density.map { Float($0) }
    var keys = [Int32](repeating: 0, count: powers.count)
    return (0..<blocks.count).map { block in
      let values = Array(powers[blocks.range(block)])
      let median = unsafe spectrum_order_statistics(
        values, &keys, values.count, values.count / 2
      ).at
      return max(Double(median), .leastNormalMagnitude)
    }
  }

  private static func measured(
    _ piece: BandSearch.Piece, _ density: [Double], _ floor: [Double]
  ) -> (band: OccupiedBand, peak: Double) {
    let count = density.count
    let first = Int(piece.lower.rounded(.down))
    let end = min(first + count, Int(piece.upper.rounded(.up)))
    var (power, noise, peak) = (0.0, 0.0, 0.0)
    for bin in first..<end {
      let place = Circle.place(bin, of: count)
      power += density[place] - floor[place]
      noise += floor[place]
      peak = max(peak, density[place] / floor[place])
    }
    let bins = Double(count)
    let band = OccupiedBand(
      lower: OccupiedBand.wrapped((piece.lower - 0.5 - Double(count / 2)) / bins),
      width: piece.width / bins, power: max(0, power) / bins,
      snr: Decibels.level(max(0, power) / noise),
      floor: Decibels.level(noise / Double(end - first)))
    return (band, Decibels.level(peak))
  }
}
