import SignalPipeline
import Testing

@Suite("Transforms of synthesis") struct FourierTransformTests {
  /// Lengths of every radix, of one column, of more and fewer columns than go together, of prime
  /// factors beyond 7 and of the usual signals.
  static let lengths = [
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 16, 17, 21, 25, 35, 49, 64, 97, 105, 121, 256, 512, 1000,
    1009, 1024, 2310, 5376, 8505, 65_536, 65_537,
  ]

  @Test("both directions are FFTW's within single precision", arguments: lengths)
  func sums(count: Int) {
    var generator = SeededGenerator(seed: UInt64(count))
    let values = gaussian(count, &generator)
    let transforms = Transforms()
    for direction in [FFTPlan.Direction.forward, .inverse] {
      var expected = values
      var plan = FFTPlan(count: count, direction: direction)
      plan.transform(&expected)
      var result = values
      if direction == .forward {
        transforms.forward(&result)
      } else {
        transforms.inverse(&result)
      }
      var (error, power) = (0.0, 0.0)
      for (value, other) in zip(result, expected) {
        let (i, q) = (Double(value.i - other.i), Double(value.q - other.q))
        error += i * i + q * q
        power += Double(other.i) * Double(other.i) + Double(other.q) * Double(other.q)
      }
      #expect(error <= 1e-12 * power, "\(count), \(direction): \((error / power).squareRoot())")
    }
  }

  @Test("a second transform of a length gives the bits of the first")
  func repeated() {
    let transforms = Transforms()
    for count in [96, 97] {
      var generator = SeededGenerator(seed: 4)
      let values = gaussian(count, &generator)
      var first = values
      transforms.forward(&first)
      var other = gaussian(count, &generator)
      transforms.inverse(&other)
      var second = values
      transforms.forward(&second)
      #expect(first == second)
    }
  }

  @Test("the bits are known, and the same on every machine")
  func bits() {
    // Of values that need no rounding, so that the transforms alone decide.
    let transforms = Transforms()
    var digests: [String] = []
    for count in [7 * 5 * 9 * 16, 97] {
      var values = (0..<count).map { (n: Int) -> IQSample in
        let (i, q) = (n * n % 31 - 15, n * 7 % 19 - 9)
        return IQSample(Float(i), Float(q))
      }
      transforms.forward(&values)
      transforms.inverse(&values)
      var digest = SHA512()
      digest.update(CaptureFixture.bytes(values))
      digests.append(String(digest.hexDigest().prefix(16)))
    }
    #expect(digests == ["62bc04fbde168180", "37beb47f0e0f9ab5"])
  }
}
