internal import Glibc

/// A place of a spectrum that is higher than those around it.
public struct SpectralPeak: Hashable, Sendable {
  /// Where it stands, between bins [cycles/sample].
  public var frequency: Double

  /// Its density, between bins [FS²/(cycle/sample)].
  public var density: Double

  /// How far one has to go down from its bin to get to higher ground [dB].
  ///
  /// It is the level over the higher of the two lowest bins on either way there; the highest bin's
  /// is that over the lowest of all.
  public var prominence: Double
}

extension PowerSpectrum {
  /// The most prominent peaks.
  ///
  /// A peak is a bin, or a row of equal bins, between lower ones on the circle. Its place and
  /// density are those of the parabola through the levels of its bin and the two beside it: of a
  /// tone under a Hann window right within 0.02 bins and 0.4 dB, instead of 0.5 bins and 1.4 dB.
  /// Noise has peaks, too, of small prominence.
  ///
  /// - Parameter count: How many at most.
  /// - Returns: The peaks, the most prominent first, and of equal ones the one at the lower
  ///   frequency.
  public func peaks(_ count: Int) -> [SpectralPeak] {
    guard count > 0 else { return [] }
    let levels = density.map { Decibels.level(Double($0)) }
    guard let highest = levels.max(), let lowest = levels.min(), highest > lowest else {
      return []
    }
    // From the highest bin on, every way to higher ground ends within the turn.
    let top =
      levels.indices.first { bin in
        levels[bin] == highest && levels[bin == 0 ? levels.count - 1 : bin - 1] < highest
      } ?? 0
    let turn = Array(levels[top...] + levels[..<top])
    let before = Self.lowestOnTheWayBack(turn)
    let after = Array(Self.lowestOnTheWayBack(turn.reversed()).reversed())
    var found: [(bin: Int, peak: SpectralPeak)] = []
    for place in turn.indices where turn[place] > lowest {
      guard let row = Self.row(at: place, turn) else { continue }
      let col = turn[place] == highest ? lowest : max(before[row.upperBound], after[place])
      let vertex = Self.vertex(of: row, turn)
      let bin = (top + place) % turn.count
      var frequency =
        Self.frequency(ofBin: bin, of: turn.count) + vertex.offset / Double(turn.count)
      if frequency >= 0.5 { frequency -= 1 }
      found.append(
        (
          bin,
          SpectralPeak(
            frequency: frequency, density: Decibels.power(vertex.level),
            prominence: turn[place] - col)
        ))
    }
    found.sort { ($1.peak.prominence, $0.bin) < ($0.peak.prominence, $1.bin) }
    return found.prefix(count).map(\.peak)
  }

  /// The row of equal levels that begins at a place of a turn, if lower ones are on both its sides.
  private static func row(at place: Int, _ turn: [Double]) -> ClosedRange<Int>? {
    let count = turn.count
    guard turn[(place + count - 1) % count] < turn[place] else { return nil }
    var end = place
    while end + 1 < count, turn[end + 1] == turn[place] { end += 1 }
    return turn[(end + 1) % count] < turn[place] ? place...end : nil
  }

  /// The top of the parabola through a level and its two neighbours on the circle, or the middle
  /// of a row that no parabola fits [bins from its start, dB].
  private static func vertex(
    of row: ClosedRange<Int>, _ turn: [Double]
  ) -> (offset: Double, level: Double) {
    let count = turn.count
    let (left, middle) = (turn[(row.lowerBound + count - 1) % count], turn[row.lowerBound])
    let right = turn[(row.lowerBound + 1) % count]
    guard row.count <= 2, left.isFinite, right.isFinite else {
      return (Double(row.count - 1) / 2, middle)
    }
    let offset = 0.5 * (left - right) / (left - 2 * middle + right)
    return (offset, middle - 0.25 * (left - right) * offset)
  }

  /// For each level, the lowest since the last higher one before it.
  private static func lowestOnTheWayBack(_ levels: [Double]) -> [Double] {
    // Levels that fall from one to the next, each with the lowest between it and the one before.
    var higher: [(level: Double, lowest: Double)] = []
    return levels.map { level in
      var lowest = level
      while let last = higher.last, last.level <= level {
        lowest = min(lowest, last.lowest)
        higher.removeLast()
      }
      higher.append((level, lowest))
      return lowest
    }
  }
}
