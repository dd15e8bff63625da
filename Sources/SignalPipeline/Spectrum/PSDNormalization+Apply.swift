internal import CKernels

extension PSDNormalization {
  /// Maps the powers of one example to [0,1], in place.
  ///
  /// Every value is mapped by itself, with parameters (extremes, percentiles) that do not depend
  /// on the order of the values: the map commutes with any permutation, bit for bit. Percentiles
  /// interpolate linearly between the neighbouring order statistics, as NumPy's default does.
  ///
  /// Powers below the smallest normal float (1.2e-38), zero above all, have no level in decibels.
  /// The maps in decibels count them as the smallest other power of the example. Where nothing is
  /// to be told apart the result is defined too: an example without any power becomes all 0, and
  /// so does a constant one, except that `decibelsAboveFloor` and `fixedDecibels` map it as any
  /// other value. Powers that are not finite count as the largest finite, or as 0; no result is
  /// ever NaN.
  ///
  /// - Parameter powers: The powers of one example, each replaced by its feature.
  public func apply(to powers: inout MutableSpan<Float>) {
    let count = powers.count
    guard count > 0 else { return }
    unsafe powers.withUnsafeMutableBufferPointer { powers in
      let values = powers.baseAddress!
      let range = unsafe spectrum_power_range(values, count)
      guard range.highest > 0 else { return unsafe powers.update(repeating: 0) }
      switch self {
      case .decibelsAboveFloor(let offset, let span):
        unsafe spectrum_decibels(values, count, range.lowest)
        let floor = unsafe Self.percentile(20, of: values, count)
        unsafe spectrum_rescale(values, count, floor - offset, span)
      case .squareRootMinMax:
        unsafe spectrum_square_roots(values, count)
        unsafe Self.stretch(values, count)
      case .decibelMinMax:
        unsafe spectrum_decibels(values, count, range.lowest)
        unsafe Self.stretch(values, count)
      case .decibelPercentiles:
        unsafe spectrum_decibels(values, count, range.lowest)
        let low = unsafe Self.percentile(5, of: values, count)
        let high = unsafe Self.percentile(99.8, of: values, count)
        unsafe spectrum_rescale(values, count, low, high - low)
      case .linearMinMax:
        unsafe spectrum_limit(values, count, .greatestFiniteMagnitude)
        unsafe Self.stretch(values, count)
      case .fixedDecibels:
        unsafe spectrum_decibels(values, count, .leastNormalMagnitude)
        unsafe spectrum_rescale(values, count, -60, 150)
      }
    }
  }

  /// Maps the values' range to [0,1].
  private static func stretch(_ values: UnsafeMutablePointer<Float>, _ count: Int) {
    let range = unsafe spectrum_extremes(values, count)
    unsafe spectrum_rescale(values, count, range.lowest, range.highest - range.lowest)
  }

  /// Returns the percentile of a rank of `percent/100·(count − 1)`, which falls between two
  /// values in general.
  private static func percentile(
    _ percent: Double, of values: UnsafeMutablePointer<Float>, _ count: Int
  ) -> Float {
    let place = percent / 100 * Double(count - 1)
    let rank = Int(place)
    let pair = unsafe withUnsafeTemporaryAllocation(of: Int32.self, capacity: count) { keys in
      unsafe spectrum_order_statistics(values, keys.baseAddress!, count, rank)
    }
    let fraction = place - Double(rank)
    return Float(Double(pair.at) + fraction * (Double(pair.next) - Double(pair.at)))
  }
}
