import Glibc
import SignalPipeline
import Testing

@Suite struct SampleKernelsTests {
  /// A length that fills no vector register's multiple, so that loop tails are tested.
  static let count = 1237

  static func samples(_ seed: UInt64, count: Int = count) -> [IQSample] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in
      IQSample(Float(generator.uniform(-1...1)), Float(generator.uniform(-1...1)))
    }
  }

  @Test("phasors equal the plain reference bit by bit and the exact values within 2e-7")
  func phasors() {
    var generator = SeededGenerator(seed: 1)
    var phases = (0..<Self.count).map { _ in UInt32(truncatingIfNeeded: generator.next()) }
    phases.replaceSubrange(
      0..<8,
      with: [
        0, 0x2000_0000, 0x1fff_ffff, 0x4000_0000, 0x8000_0000, 0xc000_0000, 0xe000_0000, .max,
      ])
    var out = [IQSample](repeating: .zero, count: phases.count)
    SampleKernels.phasors(of: phases, into: &out)
    for (phase, value) in zip(phases, out) {
      #expect(value == PlainKernels.phasor(phase))
      let angle = 2 * Double.pi * Double(phase) * 0x1p-32
      #expect(abs(Double(value.i) - cos(angle)) < 2e-7)
      #expect(abs(Double(value.q) - sin(angle)) < 2e-7)
    }
  }

  @Test("Gaussian noise equals the plain reference bit by bit, whatever the length")
  func gaussian() {
    for count in [1, 16, 512, 513, Self.count] {
      var generator = SeededGenerator(seed: 2)
      var words = SeededGenerator(seed: 2)
      var state = (0..<64).map { _ in words.next() }
      var source = GaussianSource(using: &generator)
      var out = [IQSample](repeating: .zero, count: count)
      for _ in 0..<2 {
        source.fill(&out)
        #expect(out == PlainKernels.gaussian(&state, count: count))
      }
    }
  }

  @Test("the reference's radii are those of Box and Muller's transform")
  func radii() {
    for k in [0, 1, 2, 1000, 1 << 20, 0x7fff_ffff, 0x8000_0000, 0xb504_f334, .max] as [UInt32] {
      let exact = sqrt(-2 * log((Double(k >> 1) + 0.5) * 0x1p-31))
      // Numbers near 1 have their own logarithm rounded off: an absolute bound of √(2·2⁻²⁴).
      #expect(abs(Double(PlainKernels.radius(k)) - exact) < max(1e-6 * exact, 3.5e-4))
    }
  }

  @Test("products, sums and affine maps equal plain loops")
  func elementwise() {
    let x = Self.samples(3)
    let y = Self.samples(4)
    var product = x
    SampleKernels.multiply(&product, by: y)
    var sum = x
    SampleKernels.add(0.3, times: y, to: &sum)
    var affine = x
    SampleKernels.scale(&affine, by: 0.7, adding: IQSample(0.1, -0.2))
    var skewed = x
    SampleKernels.skew(&skewed, a: 0.1, b: 0.9)
    for n in x.indices {
      let (a, b) = (x[n], y[n])
      #expect(product[n] == IQSample(a.i * b.i - a.q * b.q, a.i * b.q + a.q * b.i))
      #expect(sum[n] == IQSample(a.i + 0.3 * b.i, a.q + 0.3 * b.q))
      #expect(affine[n] == IQSample(0.7 * a.i + 0.1, 0.7 * a.q - 0.2))
      #expect(skewed[n] == IQSample(a.i, 0.1 * a.i + 0.9 * a.q))
    }
  }

  @Test("the mean power is that of a plain sum")
  func meanPower() {
    let x = Self.samples(5)
    let plain = x.reduce(0) { $0 + Double($1.i) * Double($1.i) + Double($1.q) * Double($1.q) }
    // The order of a thousand additions in double.
    #expect(abs(SampleKernels.meanPower(x) - plain / Double(x.count)) < 1e-13)
    #expect(SampleKernels.meanPower([]) == 0)
  }

  @Test("the symmetric filter equals a plain circular sum", arguments: [3, 5, 31, 32, 100, count])
  func filter(count: Int) {
    let x = Self.samples(6, count: count)
    let taps: [Float] = [0.5, 0.25, -0.125]
    var filtered = x
    var scratch: [IQSample] = []
    SampleKernels.filter(&filtered, taps: taps, scratch: &scratch)
    for n in x.indices {
      var i = taps[0] * x[n].i
      var q = taps[0] * x[n].q
      for j in 1..<taps.count {
        let before = x[(n - j + count) % count]
        let after = x[(n + j) % count]
        i += taps[j] * (before.i + after.i)
        q += taps[j] * (before.q + after.q)
      }
      #expect(filtered[n] == IQSample(i, q))
    }
  }

  @Test("the filter of conjugate sides equals a plain circular sum", arguments: [5, 31, 64, count])
  func conjugateFilter(count: Int) {
    let x = Self.samples(7, count: count)
    let even: [Float] = [0.5, 0.25, -0.125]
    let odd: [Float] = [9, 0.3, 0.2]
    var filtered = x
    var scratch: [IQSample] = []
    SampleKernels.filter(&filtered, even: even, odd: odd, scratch: &scratch)
    #expect(filtered == PlainKernels.filtered(x, even: even, odd: odd))
  }

  @Test(
    "a bent sample has the gain of its magnitude's place in the table, and no more than its end's")
  func bend() {
    let x = Self.samples(8)
    let table = Self.samples(9, count: 12)
    var bent = x
    SampleKernels.bend(&bent, by: table, perUnit: 8)
    for (value, result) in zip(x, bent) {
      #expect(result == PlainKernels.bent(value, by: table, perUnit: 8))
    }
    var loud = [IQSample(100, 0)]
    SampleKernels.bend(&loud, by: table, perUnit: 8)
    #expect(loud[0] == PlainKernels.bent(IQSample(100, 0), by: table, perUnit: 8))
    #expect(abs(loud[0].i - 100 * table[11].i) < 1e-4)
  }

  @Test("an interpolated sample equals the plain sum, at both ends too")
  func interpolate() {
    let x = Self.samples(10)
    let taps = (0..<513 * 16).map { (tap: Int) -> Float in Float((tap * 7919) % 1013) / 1013 - 0.5 }
    var generator = SeededGenerator(seed: 11)
    var positions = x.indices.map { _ -> UInt64 in
      let whole = UInt64(generator.index(below: Self.count))
      return whole << 32 | generator.next() >> 32
    }
    let last = UInt64(Self.count - 1) << 32
    positions.replaceSubrange(0..<3, with: [0, 0xffff_ffff, last | 0xffff_ffff])
    var out = x
    SampleKernels.interpolate(&out, at: positions, taps: taps)
    for (position, result) in zip(positions, out) {
      #expect(result == PlainKernels.interpolated(x, at: position, taps: taps))
    }
  }

  @Test("quantising rounds to the nearest, ties to even, and clips")
  func quantise() {
    let values: [Float] = [0, 0.5, 1.5, 2.5, -0.5, -1.5, 0.49, 126.6, 127.5, 500, -128.5, -500]
    let expected: [Float] = [0, 0, 2, 2, 0, -2, 0, 127, 127, 127, -128, -128]
    var samples = values.map { IQSample($0 / 128, -$0 / 256) }
    SampleKernels.quantise(&samples, levels: 128)
    #expect(samples.map { $0.i * 128 } == expected)
    for (sample, value) in zip(samples, values) {
      let plain = min(max((-value / 2).rounded(.toNearestOrEven), -128), 127)
      #expect(sample.q * 128 == plain)
    }
  }

  @Test("the limiter is the hyperbolic tangent within 3e-7")
  func limit() {
    let values = (0..<Self.count).map { Float($0 - 618) / 25 } + [.greatestFiniteMagnitude, -1e30]
    var limited = values
    SampleKernels.limit(&limited, scale: 0.5)
    for (value, result) in zip(values, limited) {
      #expect(abs(Double(result) - tanh(Double(value) / 2)) < 3e-7)
      #expect(result == PlainKernels.limited(value, scale: 0.5))
    }
  }
}
