/// The band that holds a share of a spectrum's power, as much of the rest being below it as above.
///
/// Source: Recommendation ITU-R SM.328, where the share is 99 %; SM.443 tells how to measure it.
public struct OccupiedBandwidth: Hashable, Sendable {
  /// The share of the power within the band, in (0, 1).
  public var share: Double

  /// The edges of the band [cycles/sample].
  public var lower: Double, upper: Double

  /// The power that the share is one of [FS²].
  public var power: Double

  /// The width of the band [cycles/sample].
  public var width: Double { upper - lower }
}

extension PowerSpectrum {
  /// The band that holds a share of the power.
  ///
  /// A bin's power is spread evenly over its width, and edges lie within bins. The band is not
  /// taken for a circle: a signal across its ends has half its power at either, as it would to any
  /// receiver, and occupies all of it.
  ///
  /// Noise adds up over the whole band: beside a signal 20 dB above it in a tenth of the band, it
  /// holds a twelfth of the power. With a floor that does not count. Each bin then counts by what it is
  /// above the floor, and only where it and its neighbours, a 256th of all, exceed the floor as
  /// white noise does in one spectrum of a thousand.
  ///
  /// - Parameters:
  ///   - share: Above 0 and below 1.
  ///   - floor: The noise that does not count [FS²/(cycle/sample)], as of ``noiseFloor``.
  /// - Returns: The band, or `nil` where there is no power, or no ``averages`` for a floor.
  public func occupiedBandwidth(
    _ share: Double = 0.99, above floor: Double? = nil
  ) -> OccupiedBandwidth? {
    precondition(share > 0 && share < 1, "a share of \(share)")
    var powers = density.map(Double.init)
    if let floor {
      guard let isSignal = signalBins(above: floor) else { return nil }
      for bin in powers.indices { powers[bin] = isSignal[bin] ? powers[bin] - floor : 0 }
    }
    let total = powers.reduce(0, +)
    guard total > 0, total.isFinite else { return nil }
    let outside = (1 - share) / 2 * total
    let bins = Double(powers.count)
    // Bin 0 begins half a bin below the centre of the lowest.
    let first = Self.frequency(ofBin: 0, of: powers.count) - 0.5 / bins
    let last = first + 1
    return OccupiedBandwidth(
      share: share, lower: first + Self.bins(of: powers, with: outside) / bins,
      upper: last - Self.bins(of: powers.reversed(), with: outside) / bins, power: total / bins)
  }

  /// How many bins, the last in part, first hold a power together.
  private static func bins(of powers: some Sequence<Double>, with wanted: Double) -> Double {
    var sum = 0.0
    var count = 0.0
    for power in powers {
      if sum + power >= wanted { return count + (wanted - sum) / power }
      sum += power
      count += 1
    }
    return count
  }

  /// Whether each bin, with its neighbours on the circle, stands above a floor.
  private func signalBins(above floor: Double) -> [Bool]? {
    guard let averages else { return nil }
    let bins = density.count
    let reach = bins / 512
    let width = 2 * reach + 1
    // Tapers make neighbouring bins alike: so many of them are surely independent of the next.
    let independent = Double(width) / max(1, 2 * noiseBandwidth * Double(bins))
    let places = min(Double(bins), 20 * Double(bins) / Double(width))
    let limit =
      GammaDistribution(shape: averages * max(1, independent)).value(upperTail: 1e-3 / places)
    let threshold = floor * limit * Double(width)
    var sum = (-reach...reach).reduce(0.0) { $0 + Double(density[($1 + bins) % bins]) }
    return (0..<bins).map { bin in
      defer {
        sum += Double(density[(bin + reach + 1) % bins])
        sum -= Double(density[(bin - reach + bins) % bins])
      }
      return sum > threshold
    }
  }
}
