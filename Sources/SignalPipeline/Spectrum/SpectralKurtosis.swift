internal import CKernels

/// The sums that tell how the power of each bin fluctuates from segment to segment.
///
/// The formula and its sources stand at ``WelchEstimator/init(_:maximum:kurtosis:)``.
struct SpectralKurtosis: Sendable {
  private var sums: [Double]
  private var squares: [Double]

  init(bins: Int) {
    sums = [Double](repeating: 0, count: bins)
    squares = sums
  }

  /// Forgets all segments.
  mutating func reset() {
    for bin in sums.indices { (sums[bin], squares[bin]) = (0, 0) }
  }

  /// Adds one segment's transform, as many complex values as there are bins.
  mutating func add(_ transform: UnsafePointer<Float>) {
    unsafe spectrum_add_moments(&sums, &squares, transform, sums.count)
  }

  /// The kurtosis of each bin, DC-centred, NaN where there was no power; `nil` for one segment.
  func values(segments: Int, averages: Double) -> [Float]? {
    guard segments > 1 else { return nil }
    let bins = sums.count
    let factor = (averages + 1) / (averages - 1)
    return (0..<bins).map { place in
      let bin = (place + bins - bins / 2) % bins
      let ratio = Double(segments) * squares[bin] / (sums[bin] * sums[bin])
      return Float(factor * (ratio - 1))
    }
  }
}
