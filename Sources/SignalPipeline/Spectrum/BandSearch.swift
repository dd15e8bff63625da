internal import Glibc

/// The search for occupied bands in one spectrum, whose powers are all positive.
///
/// Means over 4, 16, 64, 256 and 1024 bins are held against the floor. Where one exceeds it by
/// more than noise does, an edge is the place where the means of the narrowest width that shows
/// the band clearly fall below a threshold: what noise exceeds once in 10,000 places, or
/// ``BandConfiguration/edgeDepth`` below the band if that is more. What nowhere rises as steeply
/// as ``BandConfiguration/floorSlope`` allows is added to the floor, and the search repeated.
struct BandSearch {
  /// A band in bins; bin `k` covers `k..<k + 1`.
  struct Piece {
    var lower: Double
    var upper: Double
    var width: Double { upper - lower }
  }

  /// The means that are held against the floor, for one width.
  private struct Scale {
    let width: Int
    /// What noise exceeds nowhere in most spectra.
    let detection: Double
    /// What noise exceeds once in 10,000 places.
    let edge: Double
  }

  private let density: [Double]
  private let configuration: BandConfiguration
  /// The width of the widest line.
  private let line: Double
  private let blocks: NoiseFloor.Blocks
  private let spread: NoiseSpread
  private let noise: NoiseFloor
  private let scales: [Scale]
  /// Above this a bin counts no more, so that a line does not widen the search around it.
  private let limit: Double

  /// The floor of each bin.
  private(set) var floor: [Double] = []
  private var ratios = CircularSums([])

  init(
    _ density: [Double], medians: [Double], blocks: NoiseFloor.Blocks, spread: NoiseSpread,
    limits: NoiseFloor.Limits, falseAlarms: Double, line: Double, _ configuration: BandConfiguration
  ) {
    self.density = density
    self.configuration = configuration
    self.line = line
    self.blocks = blocks
    self.spread = spread
    noise = NoiseFloor(medians: medians, blocks: blocks, spread: spread, limits: limits)
    let bins = Double(density.count)
    let widths = [4, 16, 64, 256, 1024].filter { $0 <= density.count / 8 }
    scales = widths.map { width in
      let mean = GammaDistribution(shape: spread.shape(width: width))
      // As many places as a sliding band has, see the detector's thresholds.
      let places = min(bins, 20 * bins / Double(width))
      let alarms = falseAlarms / Double(widths.count) / places
      // The floor is known to some 0.2 dB.
      return Scale(
        width: width, detection: mean.value(upperTail: alarms) * Decibels.power(0.2),
        edge: mean.value(upperTail: 1e-4))
    }
    limit = max(4, GammaDistribution(shape: spread.bin).value(upperTail: 1e-4))
  }

  /// Finds the bands, in order of their lower edges.
  mutating func run() -> [Piece] {
    var undulations = [Bool](repeating: false, count: blocks.count)
    var found: [Piece] = []
    for _ in 0..<3 {
      floor = noise.density(undulations: undulations)
      let ratio = zip(density, floor).map { $0 / $1 }
      ratios = CircularSums(ratio)
      let pieces = occupied(CircularSums(ratio.map { min($0, limit) })).flatMap(refined)
      let soft = pieces.filter { !isSteep($0) }
      found = pieces.filter(isSteep)
      if soft.isEmpty { break }
      for piece in soft {
        for bin in Int(piece.lower)...Int(piece.upper) {
          undulations[blocks.block(of: Circle.place(bin, of: density.count))] = true
        }
      }
    }
    return merged(found.sorted { $0.lower < $1.lower })
  }

  /// A stretch where means exceed the floor, and the narrowest width that shows it.
  private struct Stretch {
    var bins: Range<Int>
    var scale: Int
  }

  private func occupied(_ limited: CircularSums) -> [Stretch] {
    let count = density.count
    var marks = [Bool](repeating: false, count: count)
    var narrowest = [Int](repeating: scales.count, count: count)
    for (index, scale) in scales.enumerated() {
      for start in 0..<count where limited.mean(from: start, width: scale.width) > scale.detection {
        // Half of the bins about the middle: the others may be beside the band.
        for bin in start + scale.width / 4..<start + scale.width / 4 + max(1, scale.width / 2) {
          let place = Circle.place(bin, of: count)
          marks[place] = true
          narrowest[place] = min(narrowest[place], index)
        }
      }
    }
    return Circle.runs(marks).map { run in
      Stretch(bins: run, scale: run.map { narrowest[Circle.place($0, of: count)] }.min() ?? 0)
    }
  }

  /// The typical excess over the floor in a stretch: half of what exceeds it clearly does so less.
  private func excess(_ stretch: Stretch) -> Double? {
    let scale = scales[stretch.scale]
    let sorted = stretch.bins.map { ratios.mean(about: $0, width: scale.width) - 1 }.sorted()
    let weights = sorted.map { max(0, min($0, limit) - (scale.edge - 1)) }
    let half = weights.reduce(0, +) / 2
    guard half > 0 else { return nil }
    var sum = 0.0
    for (value, weight) in zip(sorted, weights) {
      sum += weight
      if sum >= half { return value }
    }
    return sorted.last
  }

  /// Places the edges of what a stretch holds.
  private func refined(_ stretch: Stretch) -> [Piece] {
    guard let excess = excess(stretch), let last = scales.last else { return [] }
    let scale = scales.first { $0.edge - 1 <= excess / 2 } ?? last
    let width = scale.width
    let threshold = max(scale.edge - 1, excess * Decibels.power(-configuration.edgeDepth))
    var runs: [(bins: ClosedRange<Int>, highest: Double)] = []
    // A stretch of all bins has no surroundings.
    let margin = min(width, max(0, (density.count - stretch.bins.count) / 2))
    for bin in stretch.bins.lowerBound - margin..<stretch.bins.upperBound + margin {
      let value = ratios.mean(about: bin, width: width) - 1
      guard value > threshold else { continue }
      if let run = runs.last, bin - run.bins.upperBound <= width {
        runs[runs.count - 1] = (run.bins.lowerBound...bin, max(run.highest, value))
      } else {
        runs.append((bin...bin, value))
      }
    }
    // Beside a sharp edge a mean exceeds the threshold before its middle is inside.
    let reach = Double(width) * (0.5 - min(0.5, threshold / excess))
    return runs.filter { $0.highest >= min(scale.detection - 1, excess / 2) }.map { run in
      let lower = Double(run.bins.lowerBound) + reach
      let upper = Double(run.bins.upperBound) + 1 - reach
      let middle = (lower + upper) / 2
      let half = max(0.5, (upper - lower) / 2)
      return Piece(lower: middle - half, upper: middle + half)
    }
  }

  /// Whether a piece rises more steeply than a receiver's floor does.
  private func isSteep(_ piece: Piece) -> Bool {
    let run = density.count / 32
    let width = max(1, min(run / 2, Int(piece.width) / 2))
    let noise = 2.0.squareRoot() * 3 * spread.meanDeviation(width: width)
    let most = configuration.floorSlope / 32 + noise
    return (Int(piece.lower.rounded(.down)) - run...Int(piece.upper)).contains { place in
      abs(
        Decibels.level(
          ratios.mean(from: place + run, width: width) / ratios.mean(from: place, width: width)))
        > most
    }
  }

  /// Joins what is too close to be two; but two lines are two, three a comb.
  private func merged(_ sorted: [Piece]) -> [Piece] {
    let turn = Double(density.count)
    var groups = sorted.map { [$0] }
    func span(_ group: [Piece]) -> Piece {
      Piece(lower: group[0].lower, upper: group.map(\.upper).max() ?? group[0].upper)
    }
    var index = 0
    while groups.count > 1, index < groups.count {
      let next = (index + 1) % groups.count
      let offset = next == 0 ? turn : 0
      let (one, other) = (span(groups[index]), span(groups[next]))
      let gap = other.lower + offset - one.upper
      let share = configuration.mergeShare * min(one.width, other.width)
      guard gap <= max(configuration.mergeGap * turn, share) else {
        index += 1
        continue
      }
      groups[index] += groups[next].map {
        Piece(lower: $0.lower + offset, upper: $0.upper + offset)
      }
      groups.remove(at: next)
      // What has grown may now be close to what stands before it.
      index = max(0, index - 1 - (next == 0 ? 1 : 0))
    }
    return groups.flatMap { group in
      if group.count == 2, group.allSatisfy({ $0.width <= line }) { return group }
      let whole = span(group)
      return [Piece(lower: whole.lower, upper: min(whole.upper, whole.lower + turn))]
    }
  }
}
