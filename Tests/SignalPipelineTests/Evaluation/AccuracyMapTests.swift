import SignalPipeline
import Testing

@Suite struct AccuracyMapTests {
  private func condition(_ snr: Double, _ offset: Double) -> ExampleConditions {
    ExampleConditions(offset: offset, snr: snr, bandwidth: 0.1)
  }

  @Test("each example counts in the field of its signal-to-noise ratio and its offset")
  func counts() throws {
    let map = try #require(
      AccuracyMap(
        conditions: [
          condition(0.5, -0.45), condition(2, -0.41), condition(3, 0.05), condition(5, 0.5),
        ], correct: [true, false, true, false]))
    #expect(map.rowEdges == [0, 2.5, 5])
    #expect(map.columnEdges.count == 11 && map.columnEdges[0] == -0.5)
    #expect(map[row: 0, column: 0] == Proportion(1, of: 2))
    #expect(map[row: 1, column: 5] == Proportion(1, of: 1))
    // The upper ends belong to the last field.
    #expect(map[row: 1, column: 9] == Proportion(0, of: 1))
    #expect(map.cells.reduce(0) { $0 + $1.count } == 4)
  }

  @Test("a wide range has higher rows, no more of them", arguments: [30.0, 31, 90, 200, 499])
  func wide(range: Double) throws {
    let map = try #require(
      AccuracyMap(
        conditions: [condition(-range / 2, 0), condition(range / 2, 0)], correct: [true, true]))
    #expect((1...AccuracyMap.mostRows).contains(map.rows))
    let height = map.rowEdges[1] - map.rowEdges[0]
    #expect(height.remainder(dividingBy: 2.5) == 0)
    #expect(map.cells.reduce(0) { $0 + $1.count } == 2)
  }

  @Test("without a usable signal-to-noise ratio there is no map")
  func none() {
    #expect(AccuracyMap(conditions: [], correct: []) == nil)
    #expect(AccuracyMap(conditions: [condition(.infinity, 0)], correct: [true]) == nil)
  }
}
