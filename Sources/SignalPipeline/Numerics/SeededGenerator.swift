/// A xoshiro256++ generator whose state follows from a seed and a stream number.
///
/// The same seed and stream give the same numbers on every machine; different streams of one
/// seed serve independent purposes (one stream an example, say).
///
/// Source: Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2021; the
/// state is filled by SplitMix64 as its authors recommend.
public struct SeededGenerator: RandomNumberGenerator, Hashable, Codable, Sendable {
  private var s0: UInt64
  private var s1: UInt64
  private var s2: UInt64
  private var s3: UInt64

  /// Creates the generator of one stream of a seed.
  public init(seed: UInt64, stream: UInt64 = 0) {
    var state = Self.mix(seed) ^ Self.mix(stream &+ 0xD1B5_4A32_D192_ED03)
    func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      return Self.mix(state)
    }
    s0 = next()
    s1 = next()
    s2 = next()
    s3 = next()
  }

  /// SplitMix64's output function: a bijection that spreads every input bit.
  private static func mix(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// Returns 64 uniformly distributed bits.
  public mutating func next() -> UInt64 {
    let sum = s0 &+ s3
    let result = ((sum << 23) | (sum >> 41)) &+ s0
    let t = s1 << 17
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= t
    s3 = (s3 << 45) | (s3 >> 19)
    return result
  }

  /// Returns a number uniform in `[0, 1)`, a multiple of 2⁻⁵³.
  public mutating func uniform() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// Returns a number uniform in `[range.lowerBound, range.upperBound)`.
  public mutating func uniform(_ range: ClosedRange<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * uniform()
  }

  /// Returns an integer uniform in `0..<bound` (Lemire's unbiased method).
  public mutating func index(below bound: Int) -> Int {
    Int(next(upperBound: UInt64(bound)))
  }

  /// Shuffles an array in place (Fisher and Yates, from the last element down).
  public mutating func shuffle<Element>(_ elements: inout [Element]) {
    guard elements.count > 1 else { return }
    for last in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(last, index(below: last + 1))
    }
  }
}
