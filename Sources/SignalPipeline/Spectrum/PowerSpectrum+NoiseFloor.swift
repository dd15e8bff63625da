extension PowerSpectrum {
  /// The density of the noise between the signals [FS²/(cycle/sample)], or `nil` where
  /// ``averages`` is.
  ///
  /// It is the lower quartile of all bins over the same quantile of the ``GammaDistribution`` that
  /// averages of white noise have. Bins that noise exceeds once in a hundred do not count as
  /// noise, so that the quartile of all is a higher quantile of what is left; that is repeated
  /// until nothing changes. Signals in up to some two thirds of the band leave it as it is. Where
  /// the noise is not flat, it is that of the quieter parts.
  public var noiseFloor: Double? {
    guard let averages, !density.isEmpty else { return nil }
    let sorted = density.sorted()
    let rank = sorted.count / 4
    let quartile = Double(sorted[rank])
    guard quartile > 0, quartile.isFinite else { return quartile }
    let noise = GammaDistribution(shape: averages)
    let rare = 0.01
    let limit = noise.value(upperTail: rare)
    var count = Double(sorted.count)
    var floor = 0.0
    for _ in 0..<32 {
      floor = quartile / noise.value(lowerTail: min((Double(rank) + 0.5) / count, 1 - rare))
      let below = Double(sorted.partitioningIndex { Double($0) > floor * limit }) / (1 - rare)
      if below >= count { break }
      count = below
    }
    return floor
  }
}

extension [Float] {
  /// Where a predicate turns true, in values of which it is true from some place on.
  fileprivate func partitioningIndex(_ isAfter: (Float) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isAfter(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
