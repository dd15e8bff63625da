import SignalPipeline
import Testing

@Suite struct SeededGeneratorTests {
  @Test("the same seed and stream give the same numbers, another stream others")
  func streams() {
    var a = SeededGenerator(seed: 7, stream: 1)
    var b = SeededGenerator(seed: 7, stream: 1)
    var c = SeededGenerator(seed: 7, stream: 2)
    let first = (0..<8).map { _ in a.next() }
    #expect(first == (0..<8).map { _ in b.next() })
    #expect(first != (0..<8).map { _ in c.next() })
  }

  @Test("a shuffle is a permutation")
  func shuffle() {
    var generator = SeededGenerator(seed: 1)
    var values = Array(0..<100)
    generator.shuffle(&values)
    #expect(values != Array(0..<100))
    #expect(values.sorted() == Array(0..<100))
  }

  @Test("uniform numbers fill [0, 1) with mean 1/2 and variance 1/12")
  func uniform() {
    var generator = SeededGenerator(seed: 3)
    let values = (0..<100_000).map { _ in generator.uniform() }
    let mean = values.reduce(0, +) / 1e5
    let variance = values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 1e5
    #expect(values.allSatisfy { (0..<1).contains($0) })
    // Five standard errors of the mean (0.289/√n) and of the variance (0.0745/√n).
    #expect(abs(mean - 0.5) < 5 * 0.289 / 316)
    #expect(abs(variance - 1.0 / 12) < 5 * 0.0745 / 316)
  }
}
