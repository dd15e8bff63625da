import SignalPipeline
import Testing

@Suite struct PSDNormalizationTests {
  static let cases: [(String, PSDNormalization)] = [
    ("decibelsAboveFloor", .decibelsAboveFloor()), ("squareRootMinMax", .squareRootMinMax),
    ("decibelMinMax", .decibelMinMax), ("decibelPercentiles", .decibelPercentiles),
    ("linearMinMax", .linearMinMax), ("fixedDecibels", .fixedDecibels),
  ]
  static let all = cases.map(\.1)

  private func normalised(_ powers: [Float], _ normalization: PSDNormalization) -> [Float] {
    var powers = powers
    var span = powers.mutableSpan
    normalization.apply(to: &span)
    return powers
  }

  /// As `powers` in `Tests/Reference/spectrum_goldens.py`.
  private func powers(_ count: Int, zeroEvery: Int) -> [Float] {
    var generator = ReferenceGenerator(state: UInt64(count))
    return (0..<count).map { place in
      let state = generator.next()
      let power =
        Float((state >> 40) + 1)
        * Float(sign: .plus, exponent: -Int(24 + (state >> 8) % 32), significand: 1)
      return zeroEvery > 0 && place % zeroEvery == 0 ? 0 : power
    }
  }

  @Test("every map agrees with NumPy", arguments: cases)
  func numpy(name: String, normalization: PSDNormalization) throws {
    let goldens = try spectrumGoldens("normalization")
    for (count, zero) in [(128, 0), (101, 10)] {
      let golden = try #require(goldens["\(name) \(count) \(zero)"])
      let ours = normalised(powers(count, zeroEvery: zero), normalization)
      #expect(ours.count == golden.count)
      for (ours, theirs) in zip(ours, golden) {
        // Levels of −170 dB round by 8e-6 dB, over a span of 40 dB or more: 4e-7 at most.
        #expect(abs(Double(ours) - theirs) <= 5e-7)
      }
    }
  }

  @Test("every map commutes with circular shifts, bit for bit", arguments: all)
  func shifts(normalization: PSDNormalization) {
    let powers = powers(301, zeroEvery: 50)
    let expected = normalised(powers, normalization)
    for shift in [1, 2, 7, 16, 100, 300] {
      let moved = normalised(Array(powers[shift...] + powers[..<shift]), normalization)
      let rolled = Array(expected[shift...] + expected[..<shift])
      #expect(moved.map(\.bitPattern) == rolled.map(\.bitPattern))
    }
  }

  @Test("a gain changes only the fixed map", arguments: all)
  func gain(normalization: PSDNormalization) {
    let powers = powers(301, zeroEvery: 0)
    let plain = normalised(powers, normalization)
    for gain: Float in [1e-6, 3.7, 1e6] {
      let scaled = normalised(powers.map { $0 * gain }, normalization)
      let largest = zip(plain, scaled).map { abs($0 - $1) }.max() ?? 1
      if normalization == .fixedDecibels {
        #expect(largest > 0.03)
      } else {
        // Levels up to 180 dB round by 1.5e-5 dB; √p and p by 6e-8.
        #expect(largest <= 1e-6)
      }
    }
  }

  @Test("what has no power, or one power, has a defined result", arguments: all)
  func degenerate(normalization: PSDNormalization) {
    #expect(normalised([], normalization) == [])
    #expect(normalised([0, 0, 0], normalization) == [0, 0, 0])
    #expect(normalised([-0.0, .leastNonzeroMagnitude, 0], normalization) == [0, 0, 0])
    let constant: Float =
      switch normalization {
      case .decibelsAboveFloor: 3.0 / 40
      case .fixedDecibels: 80.0 / 150
      default: 0
      }
    for count in [1, 2, 33] {
      let result = normalised([Float](repeating: 100, count: count), normalization)
      // The level of 20 dB may be one last place (2e-6 dB) off.
      #expect(result.allSatisfy { abs($0 - constant) < 1e-7 })
    }
    #expect(normalised([5, 0, 5, 5], .decibelMinMax) == [0, 0, 0, 0])
  }

  @Test("whatever the floats, the results lie in [0, 1]", arguments: all)
  func extremes(normalization: PSDNormalization) {
    let odd: [Float] = [
      0, -0.0, .leastNonzeroMagnitude, .leastNormalMagnitude, 1, .greatestFiniteMagnitude,
      .infinity, -.infinity, .nan, -.nan, -1,
    ]
    var generator = SeededGenerator(seed: 4)
    for _ in 0..<500 {
      let count = 1 + generator.index(below: 40)
      let powers = (0..<count).map { _ in odd[generator.index(below: odd.count)] }
      let result = normalised(powers, normalization)
      #expect(result.allSatisfy { $0 >= 0 && $0 <= 1 })
    }
  }

  @Test("the floor map puts the 20th percentile at offset over span")
  func floor() {
    let powers: [Float] = [1, 10, 100, 1000, 1e4, 1e5]
    // P20 of six values is the second one: 10 dB.
    let result = normalised(powers, .decibelsAboveFloor(offset: 5, span: 20))
    let expected: [Float] = [0, 0.25, 0.75, 1, 1, 1]
    for (ours, theirs) in zip(result, expected) { #expect(abs(ours - theirs) < 1e-6) }
  }
}
