internal import CKernels
internal import Glibc

/// Tells whether a power spectrum holds anything but receiver noise.
///
/// Three tests share one false-alarm probability `α`: a mean of powers of white noise has a known
/// ``GammaDistribution``, which sets their thresholds.
///
/// - Narrow (`α/2`): a bin, those at DC left out, exceeds the median of the sixteenth of the band
///   around it. The local median follows a receiver's roll-off, and no narrow signal moves it.
/// - Wide (`α/2`, over all widths): the mean of a band, at any place on the circle, exceeds the
///   floor by more than ``Configuration/ripple``. The floor is a percentile of the narrowest
///   bands' means, low enough for a signal in 40 % of the band, high enough for a roll-off.
/// - No floor: a band's mean falls below the floor by more than ``Configuration/dip``, in the
///   band's outer parts by more than ``Configuration/rollOff`` besides. Then the percentile has
///   met a signal and not the floor, because it fills more than some 60 % of the band, or nothing
///   is flat. Such a spectrum is never called noise.
///
/// What looks like noise is called noise: a spectrum filled evenly from edge to edge, and one
/// filled but for the outer parts by a signal that stands above the noise by less than the
/// roll-off allowed there. Where a receiver is known to be flat, a `rollOff` of 0 finds the latter.
///
/// Where the bins vary more than the number of segments tells, as after a step of the gain, the
/// thresholds are those of fewer segments.
///
/// The bins about DC, where receivers put a spike, count as the median around them in all tests.
///
/// It owns every buffer, and keeps the thresholds for the number of segments it met last.
public struct SignalDetector: ~Copyable, Sendable {
  /// What the detector is set to.
  public let configuration: Configuration

  /// How the spectra are made.
  public let spectrum: SpectrumConfiguration

  /// How the window correlates neighbouring segments, and bins.
  var overlap: SegmentOverlap
  let binCorrelation: Double

  private let widths: [Int]
  /// The thresholds for the number of segments that was met last.
  private var known: Thresholds?

  /// One turn of powers, and as much of the next as a neighbourhood that begins in the first.
  private var density: [Float]
  /// What the powers are over the noise around them, in as many places.
  private var ratios: [Float]
  /// The level of the noise around each bin.
  private var local: [Float]
  private var medians: [Double]
  private var keys: [Int32]
  /// The sums of the first powers of one turn and of half the next.
  private var sums: [Double]
  /// The means of the narrowest bands.
  private var means: [Float]

  /// The largest power that is told from others: scaled by any bias it stays finite.
  static let limit: Float = 1e36

  /// The number of places where a local median is taken.
  private static let places = 64

  /// Creates a detector for spectra of one kind.
  ///
  /// - Throws: ``ConfigurationError`` for an invalid configuration, averages other than means,
  ///   or fewer than 64 bins, in which neither a floor nor a band can be told.
  public init(
    _ configuration: Configuration = .default, for spectrum: SpectrumConfiguration
  ) throws(ConfigurationError) {
    try configuration.validate()
    try spectrum.validateForModel()
    let bins = spectrum.bins
    guard bins >= 64 else {
      throw ConfigurationError("bins", "is \(bins); a detector needs at least 64")
    }
    self.configuration = configuration
    self.spectrum = spectrum
    overlap = SegmentOverlap(window: spectrum.weights, hop: spectrum.hop)
    binCorrelation = spectrum.binCorrelation
    // A band of fewer than four bins is the narrow test's.
    widths = configuration.widths.map { max(4, Int(Double(bins) * $0)) }.sorted()
    let neighbourhood = Self.neighbourhood(of: bins)
    density = [Float](repeating: 0, count: bins + neighbourhood)
    ratios = density
    local = [Float](repeating: 0, count: bins)
    medians = [Double](repeating: 0, count: Self.places)
    // Neighbouring bands share all bins but two: an eighth of the places tells as much.
    means = [Float](repeating: 0, count: (bins - 1) / max(1, widths[0] / 8) + 1)
    keys = [Int32](repeating: 0, count: bins)
    sums = [Double](repeating: 0, count: bins + bins / 2 + 1)
  }

  /// How many bins the local floor is the median of.
  static func neighbourhood(of bins: Int) -> Int { max(32, bins / 16) }

  /// Tells what a spectrum holds.
  ///
  /// - Parameter spectrum: A spectrum made as the detector was told; it has the right number of
  ///   bins.
  /// - Returns: What was found, with the levels that told so.
  public mutating func detect(_ spectrum: PowerSpectrum) -> SignalPresence {
    let bins = self.spectrum.bins
    precondition(
      spectrum.density.count == bins, "\(spectrum.density.count) powers for \(bins) bins")
    take(spectrum.density)
    let (presence, isBroad) = judge(thresholds(segments: spectrum.segments))
    guard presence.isPresent,
      let thresholds = unevenThresholds(thresholds(segments: spectrum.segments), isBroad: isBroad)
    else { return presence }
    take(spectrum.density)
    return judge(thresholds).presence
  }

  /// The thresholds where the noise varies clearly more than the segments tell, as it does when a
  /// step of the gain makes few of them decide.
  ///
  /// - Parameters:
  ///   - told: Those of the number of segments.
  ///   - isBroad: Whether more than a line was found, which may reach the upper half.
  /// - Returns: The thresholds, or `nil` where the segments tell the truth.
  private mutating func unevenThresholds(_ told: Thresholds, isBroad: Bool) -> Thresholds? {
    let bins = spectrum.bins
    let averages = told.averages
    // The narrow test has left the ratios to the floor around each bin; the measures err by some
    // 5 % in 8192 of them.
    let lower = NoiseSpread.shape(of: ratios, bins, &keys) / averages
    let upper = isBroad ? 1 : NoiseSpread.upperShape(of: ratios, bins, &keys) / averages
    guard min(lower, upper) < 0.85 else { return nil }
    let spread = NoiseSpread(
      of: ratios[..<bins].map { Double(min($0, Self.limit)) }, averages: averages,
      correlation: binCorrelation)
    return Thresholds(
      configuration, bins: bins, widths: widths, segments: told.segments, averages: averages,
      binCorrelation: binCorrelation, uneven: (spread, min(lower, upper)))
  }

  /// Tells what the spectrum holds that was taken over.
  private mutating func judge(
    _ thresholds: Thresholds
  ) -> (presence: SignalPresence, isBroad: Bool) {
    let bins = spectrum.bins
    findLocalFloor(medianBias: thresholds.medianBias)
    for bin in centre { density[bin] = min(local[bin], Self.limit) }
    unsafe spectrum_running_sums(&sums, density, bins, bins / 2)

    let peak = narrowPeak()
    let floor = lowMean() / thresholds.floorBias
    let wide = widePeak(floor, thresholds)
    let dips = hasDip(floor, thresholds)
    let evidence: SignalPresence.Evidence =
      if dips {
        .noFloor
      } else if peak.ratio > thresholds.narrow {
        .narrow
      } else if wide.isPresent {
        .wide
      } else {
        .none
      }
    let presence = SignalPresence(
      evidence: evidence, floor: Decibels.level(floor),
      peakOverFloor: Decibels.level(peak.ratio),
      peakFrequency: PowerSpectrum.frequency(ofBin: peak.bin, of: bins),
      bandOverFloor: Decibels.level(wide.ratio))
    return (presence, dips || wide.isPresent)
  }

  /// The bins where a receiver may put a spike.
  var centre: ClosedRange<Int> {
    let dc = spectrum.bins / 2
    return dc - configuration.centreBins...dc + configuration.centreBins
  }

  private mutating func thresholds(segments: Int) -> Thresholds {
    if let known, known.segments == segments { return known }
    let thresholds = Thresholds(
      configuration, bins: spectrum.bins, widths: widths, segments: segments,
      averages: max(1, overlap.averages(segments)), binCorrelation: binCorrelation)
    known = thresholds
    return thresholds
  }

  /// Takes a spectrum over; what is not finite would spread over all sums.
  private mutating func take(_ powers: [Float]) {
    unsafe density.withUnsafeMutableBufferPointer { density in
      unsafe powers.withUnsafeBufferPointer { powers in
        unsafe density.baseAddress!.update(from: powers.baseAddress!, count: powers.count)
      }
    }
    unsafe spectrum_limit(&density, powers.count, Self.limit)
    Self.close(&density, bins: powers.count)
  }

  /// Lets the next turn follow the first.
  private static func close(_ circle: inout [Float], bins: Int) {
    for bin in bins..<circle.count { circle[bin] = circle[bin - bins] }
  }

  /// Finds the level of noise around each bin, from medians.
  ///
  /// On a slope a median is uncertain, since few of its values are near it: a second pass takes
  /// the medians of what the first has flattened.
  private mutating func findLocalFloor(medianBias: Double) {
    let bins = spectrum.bins
    unsafe local.withUnsafeMutableBufferPointer { unsafe $0.update(repeating: 1) }
    scaleLocal(byMediansOf: density, times: 1)
    unsafe spectrum_ratios(&ratios, density, local, bins, 1)
    Self.close(&ratios, bins: bins)
    scaleLocal(byMediansOf: ratios, times: medianBias)
  }

  /// Scales the local floor by medians of a sixteenth of the band at 64 places, and between them
  /// along straight lines in dB.
  private mutating func scaleLocal(byMediansOf circle: [Float], times factor: Double) {
    let bins = spectrum.bins
    let width = circle.count - bins
    for place in 0..<Self.places {
      let first = (place * bins / Self.places - width / 2 + bins) % bins
      medians[place] =
        factor
        * Double(
          unsafe circle.withUnsafeBufferPointer { circle in
            unsafe spectrum_order_statistics(
              circle.baseAddress! + first, &keys, width, width / 2
            ).at
          })
    }
    for place in 0..<Self.places {
      let start = place * bins / Self.places
      let cell = (place + 1) * bins / Self.places - start
      let median = medians[place]
      let next = medians[(place + 1) % Self.places]
      let ratio = median > 0 && next > 0 ? pow(next / median, 1 / Double(cell)) : 1
      unsafe local.withUnsafeMutableBufferPointer { local in
        unsafe spectrum_scale_geometrically(local.baseAddress! + start, cell, median, ratio)
      }
    }
  }

  /// The largest ratio of a bin to the floor around it; 0 over 0 counts as 1.
  private mutating func narrowPeak() -> (bin: Int, ratio: Double) {
    unsafe spectrum_ratios(&ratios, density, local, local.count, .infinity)
    for bin in centre { ratios[bin] = 0 }
    let peak = unsafe spectrum_find_peak(ratios, local.count)
    return (peak.first, Double(Float(bitPattern: UInt32(bitPattern: peak.bits))))
  }

  /// The mean of the narrowest bands at the floor's percentile.
  private mutating func lowMean() -> Double {
    let width = widths[0]
    let step = max(1, width / 8)
    for place in means.indices {
      let first = place * step
      means[place] = Float((sums[first + width] - sums[first]) / Double(width))
    }
    let rank = Int(Double(means.count - 1) * configuration.floorPercentile / 100)
    return Double(unsafe spectrum_order_statistics(means, &keys, means.count, rank).at)
  }

  private func widePeak(
    _ floor: Double, _ thresholds: Thresholds
  ) -> (ratio: Double, isPresent: Bool) {
    var best = 0.0
    var isPresent = false
    for (width, threshold) in zip(widths, thresholds.wide) {
      let mean = unsafe spectrum_band_sums(sums, 0, spectrum.bins, width).highest / Double(width)
      let ratio = mean == 0 && floor == 0 ? 1 : mean / floor
      best = max(best, ratio)
      isPresent = isPresent || ratio > threshold
    }
    return (best, isPresent)
  }

  private func hasDip(_ floor: Double, _ thresholds: Thresholds) -> Bool {
    let bins = spectrum.bins
    let width = widths[widths.count / 2]
    // A band that reaches into the outer part is judged as one of it.
    let reach = configuration.rollOffStart * Double(bins) - Double(width) / 2
    let first = bins / 2 - width / 2
    let inner = reach < 0 ? first..<first : first - Int(reach)..<first + Int(reach) + 1
    func lowest(_ places: Range<Int>) -> Double {
      unsafe spectrum_band_sums(sums, places.lowerBound, places.count, width).lowest
        / Double(width)
    }
    return lowest(inner) < floor * thresholds.innerDip
      || min(lowest(0..<inner.lowerBound), lowest(inner.upperBound..<bins))
        < floor * thresholds.outerDip
  }
}
