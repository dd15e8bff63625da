import SignalPipeline
import Testing

@Suite struct AccuracyCurveTests {
  private func conditions(offsets: [Double]) -> [ExampleConditions] {
    offsets.map { ExampleConditions(offset: $0, snr: 0, bandwidth: 0.1) }
  }

  @Test("Wilson's intervals agree with SciPy")
  func intervals() throws {
    for row in try EvaluationGolden.load().intervals {
      let proportion = Proportion(Int(row[0]), of: Int(row[1]))
      // SciPy rounds its normal quantile and its ends apart from ours by a few ulp.
      #expect(abs(proportion.lower - row[2]) < 1e-12)
      #expect(abs(proportion.upper - row[3]) < 1e-12)
    }
  }

  @Test("a cell holds its lower edge, the last its upper edge too, and the rest is told")
  func edges() throws {
    let curve = try AccuracyCurve(
      .offset, edges: [-0.5, 0, 0.5],
      conditions: conditions(offsets: [-0.5, -0.1, 0, 0.5, 0.6, .nan]),
      correct: [true, false, true, true, true, true])
    #expect(curve.cells.map(\.accuracy.count) == [2, 2])
    #expect(curve.cells.map(\.accuracy.successes) == [1, 2])
    #expect(curve.outside == 2)
    #expect(curve.worst?.lower == -0.5)
  }

  @Test("the worst cell is none of the empty ones")
  func worst() throws {
    let curve = try AccuracyCurve(
      .offset, edges: [0, 1, 2, 3], conditions: conditions(offsets: [1.5, 2.5]),
      correct: [true, false])
    #expect(curve.worst?.lower == 2)
    let empty = try AccuracyCurve(.offset, edges: [0, 1], conditions: [], correct: [])
    #expect(empty.worst == nil)
  }

  @Test("default edges fall on round numbers and hold every example")
  func defaults() throws {
    var generator = SeededGenerator(seed: 5)
    let conditions = (0..<500).map { _ in
      ExampleConditions(
        offset: generator.uniform(-0.5...0.5), snr: generator.uniform(0...20),
        bandwidth: generator.uniform(0.06...0.2))
    }
    for quantity in AccuracyCurve.Quantity.allCases {
      let edges = AccuracyCurve.defaultEdges(of: quantity, over: conditions)
      let curve = try AccuracyCurve(
        quantity, edges: edges, conditions: conditions,
        correct: [Bool](repeating: true, count: 500))
      #expect(curve.outside == 0)
    }
    let snr = AccuracyCurve.defaultEdges(of: .snr, over: conditions)
    #expect(snr == (0...8).map { 2.5 * Double($0) })
    #expect(AccuracyCurve.defaultEdges(of: .offset, over: conditions).count == 65)
  }

  @Test("values that no axis can hold give no edges")
  func unusable() {
    let conditions = [ExampleConditions(offset: 0, snr: .infinity, bandwidth: 0)]
    #expect(AccuracyCurve.defaultEdges(of: .snr, over: conditions).isEmpty)
    #expect(AccuracyCurve.defaultEdges(of: .bandwidth, over: conditions).isEmpty)
  }

  @Test("edges that do not ascend are refused", arguments: [[0.0], [1, 0], [0, 0], [0, .nan]])
  func badEdges(edges: [Double]) {
    #expect(throws: ConfigurationError.self) {
      try AccuracyCurve(.snr, edges: edges, conditions: [], correct: [])
    }
  }
}
