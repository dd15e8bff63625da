import SignalPipeline
import Testing

@Suite struct SpreadTests {
  @Test("a spread has the mean's interval by Student's distribution")
  func interval() throws {
    let spread = Spread([1, 3, 2])
    #expect(spread.mean == 2 && spread.least == 1 && spread.greatest == 3)
    #expect(spread.deviation == 1)
    // t(0.975, 2) has a closed form.
    let quantile = 0.95 * (2 / (1 - 0.95 * 0.95)).squareRoot()
    // The table has four decimals.
    #expect(abs(try #require(spread.halfWidth) - quantile / 3.0.squareRoot()) < 5e-5)
  }

  @Test("one repetition has no interval, none has no value")
  func few() {
    #expect(Spread([0.5]).halfWidth == nil)
    #expect(Spread([0.5]).mean == 0.5)
    #expect(Spread([]).count == 0)
  }

  @Test("the interval of many repetitions nears the normal distribution's")
  func many() throws {
    let values = (0..<Spread.limit).map { Double($0 % 2) }
    let spread = Spread(values)
    let normal = 1.95996 * (try #require(spread.deviation)) / Double(values.count).squareRoot()
    let ratio = try #require(spread.halfWidth) / normal
    // For 29 degrees of freedom: 2.0452 / 1.9600.
    #expect(abs(ratio - 1.04349) < 1e-4)
  }
}
