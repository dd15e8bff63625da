import CKernels
import Foundation
import SignalPipeline
import Testing

/// Each kernel beside a plain reference, at lengths with and without a rest after whole vectors.
@Suite struct SpectrumKernelTests {
  static let lengths = [0, 1, 2, 3, 15, 16, 17, 31, 64, 100, 257]

  private func values(_ count: Int, seed: UInt64) -> [Float] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in Float(generator.uniform(-1...1)) }
  }

  @Test("accumulation adds squared magnitudes", arguments: lengths)
  func accumulate(count: Int) {
    let bins = values(2 * count, seed: 3)
    var power = values(count, seed: 4)
    let before = power
    spectrum_accumulate(&power, bins, count)
    for k in 0..<count {
      let (i, q) = (Double(bins[2 * k]), Double(bins[2 * k + 1]))
      // Fused or not, three roundings of terms below 3.
      #expect(abs(Double(power[k]) - (Double(before[k]) + i * i + q * q)) < 4e-7)
    }
  }

  @Test("the mean and the straight line of least squares go before the window", arguments: lengths)
  func residual(count: Int) {
    guard count >= 2 else { return }
    let samples = values(2 * count, seed: 12).enumerated().map { $1 + Float($0) / 50 + 7 }
    let window = values(count, seed: 13)
    for linear in [false, true] {
      var output = samples
      spectrum_window_residual(&output, window, count, linear)
      for part in 0..<2 {
        let x = (0..<count).map { Double(samples[2 * $0 + part]) }
        let n = (0..<count).map { Double($0) - Double(count - 1) / 2 }
        let mean: Double = x.reduce(0, +) / Double(count)
        let products: Double = zip(n, x).reduce(0) { $0 + $1.0 * $1.1 }
        let spread: Double = n.reduce(0) { $0 + $1 * $1 }
        let slope = linear ? products / spread : 0
        for k in 0..<count {
          let expected = Double(window[k]) * (x[k] - mean - slope * n[k])
          #expect(abs(Double(output[2 * k + part]) - expected) < 1e-6)
        }
      }
    }
  }

  @Test("extremes, fading sums and moments follow the powers", arguments: lengths)
  func averages(count: Int) {
    let bins = values(2 * count, seed: 14)
    let powers = (0..<count).map { k in
      let (i, q) = (Double(bins[2 * k]), Double(bins[2 * k + 1]))
      return i * i + q * q
    }
    let before = values(count, seed: 15).map(abs)
    var (highest, lowest) = (before, before)
    spectrum_raise(&highest, bins, count)
    spectrum_lower(&lowest, bins, count)
    var total = [Double](repeating: 3, count: count)
    var (sums, squares) = (total, total)
    spectrum_fade(&total, bins, 0.25, count)
    spectrum_add_moments(&sums, &squares, bins, count)
    for k in 0..<count {
      // Two roundings of Float in powers up to 2.
      #expect(abs(Double(highest[k]) - max(Double(before[k]), powers[k])) < 3e-7)
      #expect(abs(Double(lowest[k]) - min(Double(before[k]), powers[k])) < 3e-7)
      #expect(abs(total[k] - (0.75 + powers[k])) < 1e-14)
      #expect(abs(sums[k] - (3 + powers[k])) < 1e-14)
      #expect(abs(squares[k] - (3 + powers[k] * powers[k])) < 1e-14)
    }
  }

  @Test("a power that is no number counts as more than all")
  func undefined() {
    let bins = [Float.nan, 0, -.nan, 0, .infinity, 0]
    var (highest, lowest) = ([Float](repeating: 1, count: 3), [Float](repeating: 1, count: 3))
    spectrum_raise(&highest, bins, 3)
    spectrum_lower(&lowest, bins, 3)
    #expect(highest[0].isNaN && highest[1].isNaN && highest[2] == .infinity)
    #expect(lowest == [1, 1, 1])
  }

  @Test("flushing moves a block into the total, and scaling reads it", arguments: lengths)
  func flush(count: Int) {
    var block = values(count, seed: 5)
    let moved = block
    var total = [Double](repeating: 0.1, count: count)
    spectrum_flush(&total, &block, count)
    #expect(total == moved.map { 0.1 + Double($0) })
    #expect(block == [Float](repeating: 0, count: count))
    var output = block
    spectrum_scale(&output, total, 0.3, count)
    #expect(output == total.map { Float(0.3 * $0) })
  }

  @Test("means follow the rotation", arguments: [1, 2, 3, 4, 5, 8, 16])
  func means(width: Int) {
    let bins = 13 * width
    let density = values(bins, seed: 6)
    for rotation in 0..<bins {
      var output = [Float](repeating: 9, count: 13)
      spectrum_rolled_means(&output, density, bins, width, rotation)
      let expected = (0..<13).map { group in
        let sum = (1..<width).reduce(density[(rotation + group * width) % bins]) {
          $0 + density[(rotation + group * width + $1) % bins]
        }
        return sum * (1 / Float(width))
      }
      #expect(output == expected)
    }
  }

  @Test("the peak is the largest value, its first place and its number", arguments: lengths)
  func peak(count: Int) {
    guard count > 0 else { return }
    let values = values(count, seed: 7).map { abs(($0 * 5).rounded()) }
    let peak = spectrum_find_peak(values, count)
    let maximum = values.max() ?? 0
    #expect(Float(bitPattern: UInt32(bitPattern: peak.bits)) == maximum)
    #expect(peak.first == values.firstIndex(of: maximum))
    #expect(peak.ties == values.count { $0 == maximum })
  }

  @Test("ranges are those of all values, and of the normal powers", arguments: lengths)
  func ranges(count: Int) {
    guard count > 0 else { return }
    let values = values(count, seed: 8)
    let all = spectrum_extremes(values, count)
    #expect(all.lowest == values.min() && all.highest == values.max())
    let powers = spectrum_power_range(values, count)
    #expect(powers.lowest == values.filter { $0 > 0 }.min() ?? 0)
    #expect(powers.highest == values.filter { $0 > 0 }.max() ?? 0)
  }

  @Test("levels are right to 1e-6 dB and a Float's rounding")
  func decibels() {
    var generator = SeededGenerator(seed: 9)
    var powers = (0..<200_000).map { _ in
      Float(bitPattern: UInt32(generator.uniform(0x0080_0000...0x7f7f_ffff)))
    }
    // The neighbourhood of 1, where the level itself is small.
    powers += (0..<20_000).map { _ in Float(generator.uniform(0.6...1.6)) }
    var levels = powers
    spectrum_decibels(&levels, levels.count, .leastNormalMagnitude)
    for (level, power) in zip(levels, powers) {
      let exact = 10 * log10(Double(power))
      #expect(abs(Double(level) - exact) <= 1e-6 + 1.2e-7 * abs(exact))
    }
    var odd: [Float] = [0, -1, .leastNonzeroMagnitude, 0.001, .infinity, 1]
    spectrum_decibels(&odd, odd.count, 0.01)
    #expect(odd[..<4].allSatisfy { abs($0 + 20) < 3e-6 })
    #expect(abs(odd[4] - 385.32) < 0.01 && odd[5] == 0)
  }

  @Test("limits, square roots and the linear map are the plain ones", arguments: lengths)
  func maps(count: Int) {
    let values = values(count, seed: 10)
    var limited = values
    spectrum_limit(&limited, count, 0.5)
    #expect(limited == values.map { min(max(0, $0), 0.5) })
    var roots = values
    spectrum_square_roots(&roots, count)
    #expect(roots == values.map { max(0, $0).squareRoot() })
    var scaled = values
    spectrum_rescale(&scaled, count, -0.5, 0.75)
    #expect(scaled == values.map { min(1, max(0, ($0 + 0.5) / 0.75)) })
    var step = values
    spectrum_rescale(&step, count, 0.25, 0)
    #expect(step == values.map { $0 > 0.25 ? 1 : 0 })
  }

  @Test("order statistics are those of the sorted values", arguments: lengths)
  func order(count: Int) {
    guard count > 0 else { return }
    let plain = values(count, seed: 11)
    for values in [plain, plain.map { ($0 * 3).rounded() }, plain.map { $0 * 0x1p100 }] {
      let sorted = values.sorted()
      var keys = [Int32](repeating: 0, count: count)
      for rank in 0..<count {
        let pair = spectrum_order_statistics(values, &keys, count, rank)
        #expect(pair.at == sorted[rank])
        #expect(pair.next == sorted[min(rank + 1, count - 1)])
      }
    }
  }

  @Test("order statistics do not mind a lone giant, ties or both infinities")
  func lopsidedOrder() {
    // What a search by expected counts would find hard: nearly all keys at one end.
    let growing = (0..<300).map { Float(sign: .plus, exponent: $0 - 150, significand: 1) }
    let tied = [Float](repeating: 2, count: 99) + [1, .infinity, -.infinity]
    let cases: [[Float]] = [
      growing, growing.map { -$0 }, tied, tied.reversed(), [0, 3e38, .leastNonzeroMagnitude, 0],
    ]
    for values in cases {
      let sorted = values.sorted()
      var keys = [Int32](repeating: 0, count: values.count)
      for rank in values.indices {
        let pair = spectrum_order_statistics(values, &keys, values.count, rank)
        #expect(pair.at == sorted[rank])
        #expect(pair.next == sorted[min(rank + 1, values.count - 1)])
      }
    }
  }

  @Test("ratios are quotients, over nothing those asked for", arguments: lengths)
  func ratios(count: Int) {
    let values = values(count, seed: 12).map { max(0, $0) }
    let floors = self.values(count, seed: 13).map { max(0, $0) }
    var output = [Float](repeating: 9, count: count)
    for above in [1, Float.infinity] {
      spectrum_ratios(&output, values, floors, count, above)
      let expected = zip(values, floors).map { $1 > 0 ? $0 / $1 : $0 > 0 ? above : 1 }
      #expect(output == expected)
    }
  }

  @Test("a geometric series scales values", arguments: lengths)
  func geometric(count: Int) {
    let values = values(count, seed: 14)
    for (first, ratio) in [(3.0, 0.97), (1e-9, 1.2), (0, 5)] {
      var scaled = values
      spectrum_scale_geometrically(&scaled, count, first, ratio)
      for k in 0..<count {
        let exact = Double(values[k]) * first * pow(ratio, Double(k))
        // A Float's rounding, and at most 257 of a Double in the powers.
        #expect(abs(Double(scaled[k]) - exact) <= 6.1e-8 * abs(exact))
      }
    }
  }

  @Test("running sums go round, and bands are their differences", arguments: lengths)
  func bands(count: Int) {
    guard count > 0 else { return }
    let values = values(count, seed: 15).map { abs($0) }
    let more = count / 2
    var sums = [Double](repeating: 9, count: count + more + 1)
    spectrum_running_sums(&sums, values, count, more)
    for k in sums.indices {
      let exact = (0..<k).reduce(0.0) { $0 + Double(values[$1 % count]) }
      // The order of the additions differs: a few of 2⁻⁵³ of a sum below 400.
      #expect(abs(sums[k] - exact) < 1e-12)
    }
    for width in 0...more {
      let bands = (0..<count).map { sums[$0 + width] - sums[$0] }
      for first in [0, count / 3] {
        let range = spectrum_band_sums(sums, first, count - first, width)
        #expect(range.lowest == bands[first...].min() && range.highest == bands[first...].max())
      }
    }
    #expect(spectrum_band_sums(sums, 0, 0, 1).lowest == .infinity)
  }
}
