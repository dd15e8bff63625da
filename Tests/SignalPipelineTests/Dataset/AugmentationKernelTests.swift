import CKernels
import SignalPipeline
import Testing

/// Each kernel beside a plain reference, at lengths with and without a rest after whole blocks.
@Suite struct AugmentationKernelTests {
  static let taps: [Float] = [0.9, 0.3, -0.05]

  private func values(_ count: Int, _ range: ClosedRange<Double>, seed: UInt64) -> [Float] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in Float(generator.uniform(range)) }
  }

  /// The smoothed normal numbers.
  private func smoothed(_ normal: [Float], _ count: Int) -> [Double] {
    (0..<count).map { k in
      let z = normal.map(Double.init)
      return 0.9 * z[k + 2] + 0.3 * (z[k + 1] + z[k + 3]) - 0.05 * (z[k] + z[k + 4])
    }
  }

  private func run(
    _ count: Int, _ body: (augmentation_normal) -> Void
  ) -> [Double] {
    let normal = values(count + 4, -2...2, seed: 1)
    normal.withUnsafeBufferPointer { normal in
      Self.taps.withUnsafeBufferPointer { taps in
        body(augmentation_normal(values: normal.baseAddress!, taps: taps.baseAddress!, half: 2))
      }
    }
    return smoothed(normal, count)
  }

  @Test("noise is added as the formula says", arguments: [0, 1, 15, 511, 512, 513, 1100])
  func addNoise(count: Int) {
    let before = values(count, -1...5, seed: 2)
    var power = before
    let z = run(count) { augmentation_add_noise(&power, $0, 0.7, 0.4, count) }
    for k in 0..<count {
      let m = Double(max(before[k], 0)) + 0.7
      let u = 0.7 / m
      let v = u * (2 - u) * 0.4
      let root = max(0, 1 - v / 9 + z[k] * v.squareRoot() / 3)
      // Single precision, times 3 by the cube.
      #expect(abs(Double(power[k]) - m * root * root * root) < 3e-6 * m)
    }
  }

  @Test("kurtosis fades as the formula says", arguments: [0, 1, 15, 511, 512, 513, 1100])
  func fadeKurtosis(count: Int) {
    let power = values(count, -1...5, seed: 3)
    let before = values(count, 0...3, seed: 4)
    var kurtosis = before
    let z = run(count) { augmentation_fade_kurtosis(&kurtosis, power, $0, 0.7, 0.2, count) }
    for k in 0..<count {
      let p = Double(max(power[k], 0))
      let s = p / (p + 0.7) * p / (p + 0.7)
      let value = max(0, 1 + (Double(before[k]) - 1) * s + z[k] * (0.2 * (1 - s * s)).squareRoot())
      #expect(abs(Double(kurtosis[k]) - value) < 3e-6)
    }
  }
}
