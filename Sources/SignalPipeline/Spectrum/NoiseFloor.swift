internal import CKernels
internal import Glibc

/// The level of the noise in every bin of a spectrum, also beneath signals.
///
/// The band is cut into blocks, each with its median: no line moves it. Then, in two passes:
///
/// 1. Of all straight lines in dB the one is taken that most blocks of the inner band lie close
///    to, the closer the better, those far below it counting threefold against it once they are
///    more than a dip: the floor is what is low and common, whatever stands above it, up to some
///    60 % of the band.
/// 2. Blocks no more than the ripple above the line are noise. The floor follows them, dips
///    included, and runs straight, in dB, beneath the others.
///
/// In the outer parts noise may fall as steeply as a receiver's filter does, but not rise
/// outwards. Where a signal reaches into one of them, the other tells how far it has fallen, if
/// it is free.
struct NoiseFloor {
  /// What the noise may do.
  struct Limits {
    /// By how much noise may exceed the line [dB].
    var ripple: Double
    /// By how much it may fall below [dB].
    var dip: Double
    /// Where the outer parts begin [cycles/sample].
    var outer: Double
    /// The steepest line [dB per cycle/sample].
    static let tilt = 12
  }

  /// The cut of a circle of bins into blocks.
  struct Blocks {
    /// The number of bins.
    let bins: Int
    /// The number of blocks.
    var count: Int { min(128, bins / 16) }

    /// The bins of a block.
    func range(_ block: Int) -> Range<Int> { block * bins / count..<(block + 1) * bins / count }
    /// The block of a bin.
    func block(of bin: Int) -> Int { ((bin + 1) * count - 1) / bins }
    /// The middle of a block [cycles/sample].
    func frequency(_ block: Int) -> Double {
      let range = range(block)
      return (Double(range.lowerBound + range.upperBound) / 2 - 0.5) / Double(bins) - 0.5
    }
  }

  private let blocks: Blocks
  private let levels: [Double]
  private let deviation: Double
  private let limits: Limits
  private let line: (level: Double, tilt: Double)

  /// Finds the line that most of the noise lies close to.
  ///
  /// - Parameters:
  ///   - medians: The median of the powers of each block, all positive.
  ///   - blocks: The cut that they were taken of.
  ///   - spread: How much the noise varies.
  ///   - limits: What the noise may do.
  init(medians: [Double], blocks: Blocks, spread: NoiseSpread, limits: Limits) {
    self.blocks = blocks
    self.limits = limits
    let bias = GammaDistribution(shape: spread.bin).value(lowerTail: 0.5)
    levels = medians.map { Decibels.level($0 / max(bias, .leastNormalMagnitude)) }
    // Beyond some dB it tells no more, and sums of squares would lose the levels.
    deviation = min(20, spread.medianDeviation(width: blocks.bins / blocks.count))
    line = Self.line(through: levels, blocks, limits, deviation)
  }

  /// The floor of each bin [FS²/(cycle/sample)].
  ///
  /// - Parameter undulations: Blocks that are noise whatever their level.
  /// - Returns: One density a bin, all positive.
  func density(undulations: [Bool]) -> [Double] {
    let isNoise = noise(undulations)
    var nodes = smoothed(isNoise, undulations)
    var isKnown = isNoise
    for block in nodes.indices where isOuter(block) && !isNoise[block] {
      let mirror = nodes.count - 1 - block
      guard isNoise[mirror] else { continue }
      nodes[block] = nodes[mirror] + line.tilt * 2 * blocks.frequency(block)
      isKnown[block] = true
    }
    return interpolated(nodes, isKnown)
  }

  private func isOuter(_ block: Int) -> Bool { abs(blocks.frequency(block)) >= limits.outer }

  private func onLine(_ block: Int) -> Double { line.level + line.tilt * blocks.frequency(block) }

  /// How far a noisy level may stray upwards [dB].
  private var tolerance: Double { limits.ripple + 2 * deviation }

  private static func line(
    through levels: [Double], _ blocks: Blocks, _ limits: Limits, _ deviation: Double
  ) -> (level: Double, tilt: Double) {
    let closeness = limits.ripple / 2 + 2 * deviation
    // What a dip may take of the band.
    let dips = 0.12
    let inner = levels.indices.filter { abs(blocks.frequency($0)) < limits.outer }
    var best = (score: -Double.infinity, level: 0.0, tilt: 0.0)
    for size in 0...Limits.tilt {
      for tilt in size == 0 ? [0.0] : [Double(-size), Double(size)] {
        let flat = inner.map { levels[$0] - tilt * blocks.frequency($0) }.sorted()
        let sums = flat.reduce(into: [0.0]) { $0.append($0[$0.count - 1] + $1) }
        let squares = flat.reduce(into: [0.0]) { $0.append($0[$0.count - 1] + $1 * $1) }
        var (below, end) = (0, 0)
        for first in flat.indices {
          let level = flat[first] + closeness
          while end < flat.count, flat[end] <= level + closeness { end += 1 }
          while below < first, flat[below] < level - max(limits.dip, closeness) { below += 1 }
          let count = Double(end - first)
          let distances =
            squares[end] - squares[first] - 2 * level * (sums[end] - sums[first])
            + count * level * level
          // A tilt must win half a block a dB, so that a flat floor stays flat.
          let score =
            count - distances / (closeness * closeness)
            - 3 * max(0, Double(below) - dips * Double(flat.count)) - Double(size) / 2
          guard score > best.score else { continue }
          best = (score, flat[(first + end) / 2], tilt)
        }
      }
    }
    return (best.level, best.tilt)
  }

  /// Which blocks hold nothing but noise.
  private func noise(_ undulations: [Bool]) -> [Bool] {
    var isNoise = levels.indices.map { undulations[$0] || levels[$0] <= onLine($0) + tolerance }
    // From the inner band outwards, on both sides at once.
    let outer = levels.indices.filter(isOuter).sorted {
      abs(blocks.frequency($0)) < abs(blocks.frequency($1))
    }
    var lowest = [Double.infinity, .infinity]
    for block in outer where !undulations[block] {
      let frequency = blocks.frequency(block)
      let (side, inward) = frequency > 0 ? (1, block - 1) : (0, block + 1)
      let mirror = levels[levels.count - 1 - block] + line.tilt * 2 * frequency
      let isBelow = levels[block] <= min(onLine(block), lowest[side]) + tolerance
      // What comes out of a signal is noise only where the other side has fallen as far.
      isNoise[block] = isBelow && (isNoise[inward] || levels[block] <= mirror + tolerance)
      if isNoise[block] { lowest[side] = min(lowest[side], levels[block]) }
    }
    return isNoise
  }

  /// The noise's level in each block, a mean over five where it cannot be steep.
  private func smoothed(_ isNoise: [Bool], _ undulations: [Bool]) -> [Double] {
    let count = levels.count
    func near(_ block: Int) -> [Int] { (-2...2).map { Circle.place(block + $0, of: count) } }
    var nodes = levels
    for block in nodes.indices
    where isNoise[block] && !isOuter(block) && !undulations[block]
      && !near(block).allSatisfy({ isNoise[$0] })
    {
      // A signal's skirt is not the floor's.
      nodes[block] = min(nodes[block], onLine(block))
    }
    return nodes.indices.map { block in
      let near = near(block)
      guard isNoise[block], !near.contains(where: isOuter) else { return nodes[block] }
      let others = near.filter { isNoise[$0] }
      return others.reduce(0) { $0 + nodes[$1] } / Double(others.count)
    }
  }

  /// Joins the known nodes along straight lines in dB, around the circle.
  private func interpolated(_ nodes: [Double], _ isKnown: [Bool]) -> [Double] {
    let bins = blocks.bins
    let known = isKnown.indices.filter { isKnown[$0] }
    var points = known.map {
      ((Double(blocks.range($0).lowerBound + blocks.range($0).upperBound) - 1) / 2, nodes[$0])
    }
    guard let first = points.first, let last = points.last else {
      return (0..<bins).map {
        Decibels.power(line.level + line.tilt * (Double($0) / Double(bins) - 0.5))
      }
    }
    // At the ends of the band a tilted floor jumps; the half block there goes on level.
    if isKnown[0] {
      points.insert((-0.5, first.1), at: 0)
    } else {
      points.insert((last.0 - Double(bins), last.1), at: 0)
    }
    if isKnown[isKnown.count - 1] {
      points.append((Double(bins) - 0.5, last.1))
    } else {
      points.append((first.0 + Double(bins), first.1))
    }
    var result = [Double](repeating: 0, count: bins)
    var next = 1
    for bin in 0..<bins {
      while points[next].0 < Double(bin) { next += 1 }
      let (from, to) = (points[next - 1], points[next])
      let share = (Double(bin) - from.0) / (to.0 - from.0)
      result[bin] = Decibels.power(from.1 + share * (to.1 - from.1))
    }
    return result
  }
}
