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
/// The bins about DC, where receivers put a spike, count as the median around them in all tests.
public struct SignalDetector: Sendable {
  /// What the detector is set to.
  public let configuration: Configuration

  /// How the spectra are made.
  public let spectrum: SpectrumConfiguration

  private let widths: [Int]

  /// The largest power that is told from others.
  private static let limit: Float = 1e36

  /// Creates a detector for spectra of one kind.
  ///
  /// - Throws: ``ConfigurationError`` for an invalid configuration, or fewer than 64 bins, in
  ///   which neither a floor nor a band can be told.
  public init(
    _ configuration: Configuration = .default, for spectrum: SpectrumConfiguration
  ) throws(ConfigurationError) {
    try configuration.validate()
    try spectrum.validate()
    guard spectrum.bins >= 64 else {
      throw ConfigurationError("bins", "is \(spectrum.bins); a detector needs at least 64")
    }
    self.configuration = configuration
    self.spectrum = spectrum
    // A band of fewer than four bins is the narrow test's.
    widths = configuration.widths.map { max(4, Int(Double(spectrum.bins) * $0)) }.sorted()
  }

  /// Tells what a spectrum holds.
  ///
  /// - Parameter spectrum: A spectrum made as the detector was told; it has the right number of
  ///   bins.
  /// - Returns: What was found, with the levels that told so.
  public func detect(_ spectrum: PowerSpectrum) -> SignalPresence {
    let bins = self.spectrum.bins
    precondition(
      spectrum.density.count == bins, "\(spectrum.density.count) powers for \(bins) bins")
    // What is not finite would spread over all sums.
    var density = spectrum.density.map { $0.isFinite ? min(max(0, $0), Self.limit) : Self.limit }
    let averages = max(1, self.spectrum.effectiveSegments(spectrum.segments))
    let local = localFloor(density, averages)
    for bin in centre { density[bin] = Float(min(local[bin], Double(Self.limit))) }

    let peak = narrowPeak(density, local)
    let bands = Bands(density)
    let floor = bands.floor(
      width: widths[0], percentile: configuration.floorPercentile,
      shape: bandShape(widths[0], averages))
    let wide = widePeak(bands, floor, averages)
    let evidence: SignalPresence.Evidence =
      if hasDip(bands, floor, averages) {
        .noFloor
      } else if peak.ratio > narrowThreshold(averages) {
        .narrow
      } else if wide.isPresent {
        .wide
      } else {
        .none
      }
    return SignalPresence(
      evidence: evidence, floor: Decibels.level(floor),
      peakOverFloor: Decibels.level(peak.ratio),
      peakFrequency: PowerSpectrum.frequency(ofBin: peak.bin, of: bins),
      bandOverFloor: Decibels.level(wide.ratio))
  }

  /// The bins where a receiver may put a spike.
  private var centre: ClosedRange<Int> {
    let dc = spectrum.bins / 2
    return dc - configuration.centreBins...dc + configuration.centreBins
  }

  /// The number of powers whose mean varies as that of a band does.
  private func bandShape(_ width: Int, _ averages: Double) -> Double {
    max(1, averages * Double(width) / spectrum.window.binCorrelation)
  }

  /// The probability of a false alarm that one place of a band may have.
  ///
  /// A band that slides over the circle exceeds a threshold of z standard deviations as often as
  /// about z² ≈ 20 times the number of disjoint bands would.
  private func bandAlarms(_ width: Int) -> Double {
    let places = min(Double(spectrum.bins), 20 * Double(spectrum.bins) / Double(width))
    return configuration.falseAlarms / 2 / Double(widths.count + 1) / places
  }

  /// How many bins the local floor is the median of.
  private var neighbourhood: Int { max(32, spectrum.bins / 16) }

  /// What the narrow test's ratio of a bin to the floor around it exceeds in noise once in
  /// `2/α` spectra.
  private func narrowThreshold(_ averages: Double) -> Double {
    // A median of n Gaussian values has 1.25, of n exponential ones 1.44 of 1/√n.
    let independent = averages * Double(neighbourhood) / spectrum.window.binCorrelation
    return GammaDistribution(shape: averages).value(
      upperTail: configuration.falseAlarms / 2 / Double(spectrum.bins),
      relativeError: 1.35 / independent.squareRoot())
  }

  /// The level of noise around each bin, from medians.
  ///
  /// On a slope a median is uncertain, since few of its values are near it: a second pass takes
  /// the medians of what the first has flattened.
  private func localFloor(_ density: [Float], _ averages: Double) -> [Double] {
    let bias = 1 / GammaDistribution(shape: averages).value(lowerTail: 0.5)
    let first = localMedians(density)
    let flat = density.indices.map { bin in
      first[bin] > 0 ? Float(Double(density[bin]) / first[bin]) : 1
    }
    let second = localMedians(flat)
    return density.indices.map { first[$0] * second[$0] * bias }
  }

  /// Medians of a sixteenth of the band at 64 places, and between them straight lines in dB.
  private func localMedians(_ values: [Float]) -> [Double] {
    let bins = values.count
    let width = neighbourhood
    let places = 64
    let circle = values + values[..<width]
    var keys = [Int32](repeating: 0, count: width)
    let medians = (0..<places).map { place in
      let first = (place * bins / places - width / 2 + bins) % bins
      return Self.median(circle.span.extracting(first..<first + width), &keys)
    }
    var result: [Double] = []
    result.reserveCapacity(bins)
    for place in 0..<places {
      let cell = (place + 1) * bins / places - place * bins / places
      let next = medians[(place + 1) % places]
      var median = medians[place]
      let ratio = median > 0 && next > 0 ? pow(next / median, 1 / Double(cell)) : 1
      for _ in 0..<cell {
        result.append(median)
        median *= ratio
      }
    }
    return result
  }

  /// The largest ratio of a bin to the floor around it; 0 over 0 counts as 1.
  private func narrowPeak(_ density: [Float], _ local: [Double]) -> (bin: Int, ratio: Double) {
    var best = (bin: 0, ratio: 0.0)
    for bin in density.indices where !centre.contains(bin) {
      let ratio = Self.ratio(Double(density[bin]), local[bin])
      if ratio > best.ratio { best = (bin, ratio) }
    }
    return best
  }

  private func widePeak(
    _ bands: Bands, _ floor: Double, _ averages: Double
  ) -> (ratio: Double, isPresent: Bool) {
    let ripple = Decibels.power(configuration.ripple)
    var best = 0.0
    var isPresent = false
    for width in widths {
      let ratio = Self.ratio(bands.means(width: width).max() ?? 0, floor)
      let threshold = GammaDistribution(shape: bandShape(width, averages))
        .value(upperTail: bandAlarms(width))
      best = max(best, ratio)
      isPresent = isPresent || ratio > threshold * ripple
    }
    return (best, isPresent)
  }

  private func hasDip(_ bands: Bands, _ floor: Double, _ averages: Double) -> Bool {
    let width = widths[widths.count / 2]
    let lowest = GammaDistribution(shape: bandShape(width, averages))
      .value(lowerTail: bandAlarms(width))
    let inner = floor * lowest * Decibels.power(-configuration.dip)
    let outer = inner * Decibels.power(-configuration.rollOff)
    for (first, mean) in bands.means(width: width).enumerated() {
      let bin = (first + width / 2) % spectrum.bins
      let frequency = abs(PowerSpectrum.frequency(ofBin: bin, of: spectrum.bins))
      // A band that reaches into the outer part is judged as one of it.
      let reach = frequency + Double(width) / Double(2 * spectrum.bins)
      if mean < (reach > configuration.rollOffStart ? outer : inner) { return true }
    }
    return false
  }

  private static func ratio(_ power: Double, _ floor: Double) -> Double {
    power == 0 && floor == 0 ? 1 : power / floor
  }

  private static func median(_ values: Span<Float>, _ keys: inout [Int32]) -> Double {
    let median = unsafe values.withUnsafeBufferPointer { values in
      unsafe keys.withUnsafeMutableBufferPointer { keys in
        unsafe spectrum_order_statistics(
          values.baseAddress!, keys.baseAddress!, values.count, values.count / 2
        ).at
      }
    }
    return Double(median)
  }

  /// Means over bands of the circular axis.
  private struct Bands {
    /// `sums[k]` is the sum of the first `k` powers of two turns.
    private let sums: [Double]
    private let bins: Int

    init(_ density: [Float]) {
      bins = density.count
      var sums = [0.0]
      sums.reserveCapacity(2 * density.count + 1)
      var sum = 0.0
      for _ in 0..<2 {
        for power in density {
          sum += Double(power)
          sums.append(sum)
        }
      }
      self.sums = sums
    }

    /// The mean of the `width` powers from each bin on.
    func means(width: Int) -> [Double] {
      (0..<bins).map { (sums[$0 + width] - sums[$0]) / Double(width) }
    }

    /// The percentile of the means over that of noise whose means have a gamma distribution of
    /// a shape.
    func floor(width: Int, percentile: Double, shape: Double) -> Double {
      // Neighbouring bands share all bins but two: an eighth of the places tells as much.
      let all = means(width: width)
      let some = stride(from: 0, to: bins, by: max(1, width / 8)).map { all[$0] }.sorted()
      let middle = some[Int(Double(some.count - 1) * percentile / 100)]
      return middle / GammaDistribution(shape: shape).value(lowerTail: percentile / 100)
    }
  }
}
