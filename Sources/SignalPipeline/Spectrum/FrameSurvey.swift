/// Short spectra of the frames of one window, to tell when a band's signal is there.
///
/// A frame is judged by its power in the band over the floor of the whole window there, relative
/// to the same outside of all bands: a step of the gain moves both, and no signal. So does a
/// constant line or a floor that is not flat, since the floor is that of each bin.
///
/// A signal is taken to be there all the time where it is in three frames of four, where no frame
/// stands out, where the frames that do hold less than half of the signal's power, and where the
/// bands leave fewer than eight bins to compare with.
package struct FrameSurvey {
  /// The number of bins of a frame's spectrum.
  private static let bins = 256
  private static let window = SpectrumConfiguration(bins: bins, overlap: bins / 2, window: .hann)
  private static let binCorrelation = window.binCorrelation
  /// The probability that a frame without the signal seems to hold it.
  private static let falseAlarms = 1e-3

  private let length: Int
  private let averages: Double
  /// The powers of each frame over the window's floor.
  private var frames: [[Double]] = []
  /// By how much each frame's noise exceeds the window's; `nil` where nothing tells.
  private var gains: [Double]?
  private var references = 0

  /// Estimates the frames' spectra.
  ///
  /// - Parameters:
  ///   - samples: The window, at least 1024 samples for the frames to be told.
  ///   - floor: The floor of each bin of the window's spectrum, as ``SignalDetector/survey(_:_:)``
  ///     gives it: 256 bins or more.
  ///   - bands: All that stands above it.
  /// - Throws: ``ConfigurationError``, which the constant configuration of the frames never does.
  package init(
    _ samples: Span<IQSample>, floor: [Double], bands: [OccupiedBand]
  ) throws(ConfigurationError) {
    length = max(4 * Self.bins, samples.count / 64)
    averages = Self.window.effectiveSegments(Self.window.segments(in: length))
    let floor = Self.coarse(floor)
    var estimator = try WelchEstimator(Self.window)
    for start in stride(from: 0, through: samples.count - length, by: length) {
      estimator.add(samples.extracting(start..<start + length))
      guard let spectrum = estimator.finish() else { continue }
      frames.append(zip(spectrum.density, floor).map { Double($0) / $1 })
    }
    findGains(bands)
  }

  /// The frames that hold a band's signal.
  package func frames(of band: OccupiedBand) -> ActiveFrames {
    let all = ActiveFrames(length: length, isActive: frames.map { _ in true })
    guard let gains else { return all }
    let places = Self.places(of: band, guarded: 0)
    let excess = zip(frames, gains).map { powers, gain in
      places.reduce(0) { $0 + powers[$1] } / Double(places.count) / gain - 1
    }
    let shape = max(averages, averages * Double(places.count) / Self.binCorrelation)
    let error =
      1.25 / (averages * Double(references) / Self.binCorrelation).squareRoot()
    // The floor beneath the band is known to some 0.3 dB.
    let threshold =
      GammaDistribution(shape: shape).value(upperTail: Self.falseAlarms, relativeError: error)
      * Decibels.power(0.3) - 1
    var isActive = excess.map { $0 > threshold }
    let found = zip(excess, isActive).reduce(0) { $0 + ($1.1 ? $1.0 : 0) }
    guard found > 0, found > excess.reduce(0, +) / 2 else { return all }
    // A keyed signal's pauses of one frame are its own.
    for frame in isActive.indices.dropFirst().dropLast()
    where isActive[frame - 1] && excess[frame + 1] > threshold {
      isActive[frame] = true
    }
    let active = ActiveFrames(length: length, isActive: isActive)
    return active.share < 0.75 ? active : all
  }

  private mutating func findGains(_ bands: [OccupiedBand]) {
    var isFree = [Bool](repeating: true, count: Self.bins)
    let dc = Self.bins / 2
    for bin in dc - 2...dc + 2 { isFree[bin] = false }
    for band in bands {
      // A window's main lobe reaches two bins beyond a band.
      for place in Self.places(of: band, guarded: 2) { isFree[place] = false }
    }
    let free = isFree.indices.filter { isFree[$0] }
    references = free.count
    guard free.count >= 8 else { return }
    let bias = GammaDistribution(shape: averages).value(lowerTail: 0.5)
    let medians = frames.map { powers in free.map { powers[$0] }.sorted()[free.count / 2] / bias }
    gains = medians.allSatisfy { $0 > 0 && $0.isFinite } ? medians : nil
  }

  /// The bins of a band, and some on each side of it; at least the one about its centre.
  private static func places(of band: OccupiedBand, guarded: Int) -> [Int] {
    let middle = Int((band.centre * Double(bins)).rounded()) + bins / 2
    let half = Int((band.width * Double(bins) / 2).rounded(.down)) + guarded
    guard 2 * half + 1 < bins else { return Array(0..<bins) }
    return (middle - half...middle + half).map { Circle.place($0, of: bins) }
  }

  /// A floor of fewer bins, each the mean about the same frequency.
  private static func coarse(_ floor: [Double]) -> [Double] {
    let sums = CircularSums(floor)
    let width = max(1, floor.count / bins)
    return (0..<bins).map { bin in
      let middle = (bin - bins / 2) * floor.count / bins + floor.count / 2
      return max(sums.mean(about: middle, width: width), .leastNormalMagnitude)
    }
  }
}
