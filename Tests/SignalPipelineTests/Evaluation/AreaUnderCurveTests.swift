import Foundation
import SignalPipeline
import Testing

@Suite struct AreaUnderCurveTests {
  /// What SciPy found; see Tests/Reference/evaluation.py.
  private struct Golden: Decodable {
    let known: [Double]
    let unknown: [Double]
    let area: Double
  }

  @Test("the area is SciPy's U over all pairs, ties and all")
  func golden() throws {
    let folder = try #require(Bundle.module.resourceURL)
    let file = folder.appendingPathComponent("Goldens/Evaluation/areas.json")
    for golden in try JSONDecoder().decode([Golden].self, from: Data(contentsOf: file)) {
      let area = AreaUnderCurve.of(positives: golden.known, negatives: golden.unknown)
      #expect(abs(area - golden.area) < 1e-12, "\(area), \(golden.area)")
    }
  }

  @Test("the area by hand: 5 pairs of 6 won, one of them half")
  func byHand() {
    // 0.9 beats 0.1, 0.5, 0.7; 0.5 beats 0.1, ties 0.5 and loses to 0.7.
    #expect(AreaUnderCurve.of(positives: [0.9, 0.5], negatives: [0.5, 0.7, 0.1]) == 4.5 / 6)
    #expect(AreaUnderCurve.of(positives: [2, 3], negatives: [1, 0]) == 1)
    #expect(AreaUnderCurve.of(positives: [0], negatives: [1]) == 0)
    #expect(AreaUnderCurve.of(positives: [1, 1], negatives: [1]) == 0.5)
    #expect(AreaUnderCurve.of(positives: [], negatives: [1]) == 0.5)
    #expect(AreaUnderCurve.of(positives: [1], negatives: []) == 0.5)
  }
}
