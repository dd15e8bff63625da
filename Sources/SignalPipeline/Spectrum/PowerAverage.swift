internal import CKernels
internal import Glibc

/// The powers of all segments, kept as the averaging needs them in memory that does not grow with
/// their number.
struct PowerAverage: Sendable {
  /// The number of segments whose powers are summed in `Float`: the rounding of such a sum stays
  /// below 32·2⁻²⁴ = 2e-6, and converting costs 1/32 of an addition a segment.
  static let segmentsPerBlock = 32

  /// The number of segments since the last ``reset()``.
  private(set) var segments = 0

  private let averaging: Averaging
  private let bins: Int
  /// How many rows a median is taken of at most.
  private let rowLimit: Int
  private let decay: Double
  /// What ``total`` is divided by.
  private var weight = 0.0
  private var total: [Double]
  /// The sum of the latest powers, or the extremes.
  private var block: [Float]
  /// The latest segments' powers one after another, for a median.
  private var rows: [Float] = []

  init(_ configuration: SpectrumConfiguration) {
    averaging = configuration.averaging
    bins = configuration.bins
    rowLimit = configuration.exactMedianSegments
    decay = exp(-averaging.decayRate)
    total = [Double](repeating: 0, count: bins)
    block = [Float](repeating: 0, count: bins)
    reset()
  }

  /// Forgets all segments.
  mutating func reset() {
    resetBlock()
    for bin in total.indices { total[bin] = 0 }
    rows.removeAll(keepingCapacity: true)
  }

  private mutating func resetBlock() {
    segments = 0
    weight = 0
    let lowest: Float = averaging == .minimum ? .infinity : 0
    for bin in block.indices { block[bin] = lowest }
  }

  /// Adds the squared magnitudes of one segment's transform, `bins` complex values.
  mutating func add(_ transform: UnsafePointer<Float>) {
    switch averaging {
    case .mean:
      if segments > 0, segments % Self.segmentsPerBlock == 0 {
        unsafe spectrum_flush(&total, &block, bins)
      }
      unsafe spectrum_accumulate(&block, transform, bins)
      weight += 1
    case .maximum: unsafe spectrum_raise(&block, transform, bins)
    case .minimum: unsafe spectrum_lower(&block, transform, bins)
    case .exponential:
      unsafe spectrum_fade(&total, transform, decay, bins)
      weight = decay * weight + 1
    case .median:
      rows.append(contentsOf: repeatElement(0, count: bins))
      unsafe rows.withUnsafeMutableBufferPointer { rows in
        unsafe spectrum_accumulate(rows.baseAddress! + (rows.count - bins), transform, bins)
      }
      if rows.count == rowLimit * bins { addMedians() }
    }
    segments += 1
  }

  /// Hands over the sums or extremes of all segments, at most ``segmentsPerBlock`` of them, and
  /// forgets them.
  ///
  /// - Parameter blocks: One value for each bin is appended.
  mutating func moveBlock(to blocks: inout [Float]) {
    precondition(averaging.hasParts && segments <= Self.segmentsPerBlock)
    blocks += block
    resetBlock()
  }

  /// Adds what ``moveBlock(to:)`` handed over of segments that follow.
  ///
  /// Adding block after block gives the same bits as adding their segments one by one.
  mutating func add(block part: ArraySlice<Float>, segments count: Int) {
    precondition(averaging.hasParts && part.count == bins)
    segments += count
    let first = part.startIndex
    switch averaging {
    // Bits have the order of powers, and put NaN above all.
    case .maximum:
      for bin in 0..<bins where part[first + bin].bitPattern > block[bin].bitPattern {
        block[bin] = part[first + bin]
      }
    case .minimum:
      for bin in 0..<bins where part[first + bin].bitPattern < block[bin].bitPattern {
        block[bin] = part[first + bin]
      }
    default:
      weight += Double(count)
      unsafe part.withUnsafeBufferPointer { part in
        unsafe spectrum_add(&total, part.baseAddress!, bins)
      }
    }
  }

  /// Adds up what is pending and returns the average over the window's energy, DC-centred.
  ///
  /// There is at least one segment.
  mutating func density(windowEnergy: Double) -> [Float] {
    switch averaging {
    case .mean: unsafe spectrum_flush(&total, &block, bins)
    case .maximum, .minimum:
      unsafe spectrum_flush(&total, &block, bins)
      weight = 1
    case .median: addMedians()
    case .exponential: break
    }
    // The highest (bins/2) DFT bins are the negative frequencies, which come first.
    let positive = bins - bins / 2
    let scale = 1 / (weight * windowEnergy)
    return unsafe [Float](unsafeUninitializedCapacity: bins) { output, count in
      let output = output.baseAddress!
      unsafe total.withUnsafeBufferPointer { total in
        let total = total.baseAddress!
        unsafe spectrum_scale(output, total + positive, scale, bins / 2)
        unsafe spectrum_scale(output + bins / 2, total, scale, positive)
      }
      count = bins
    }
  }

  /// Adds the medians of the rows, over their bias, weighted by the rows' number.
  private mutating func addMedians() {
    let count = rows.count / bins
    guard count > 0 else { return }
    let middle = (count - 1) / 2
    let scale = Double(count) / Averaging.medianBias(count: count)
    // A cache line of bins at a time.
    let width = 16
    var columns = [Float](repeating: 0, count: width * count)
    var keys = [Int32](repeating: 0, count: count)
    for first in stride(from: 0, to: bins, by: width) {
      let last = min(first + width, bins)
      for row in 0..<count {
        for bin in first..<last { columns[(bin - first) * count + row] = rows[row * bins + bin] }
      }
      for bin in first..<last {
        let pair = unsafe columns.withUnsafeBufferPointer { columns in
          unsafe spectrum_order_statistics(
            columns.baseAddress! + (bin - first) * count, &keys, count, middle)
        }
        let upper = count % 2 == 0 ? pair.next : pair.at
        total[bin] += scale * 0.5 * (Double(pair.at) + Double(upper))
      }
    }
    weight += Double(count)
    rows.removeAll(keepingCapacity: true)
  }
}
