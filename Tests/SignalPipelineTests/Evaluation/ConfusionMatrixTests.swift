import Foundation
import SignalPipeline
import Testing

@Suite struct ConfusionMatrixTests {
  @Test("counts, precision, recall and F1 agree with NumPy, an absent class included")
  func reference() throws {
    let golden = try EvaluationGolden.load()
    let matrix = try ConfusionMatrix(
      classes: EvaluationGolden.classes, labels: golden.labels,
      predictions: golden.scores().predictions)
    #expect(matrix.counts == golden.confusion)
    // Quotients of the same integers: equal but for the last bit.
    for (index, score) in matrix.scores.enumerated() {
      #expect(abs(score.precision - golden.precision[index]) < 1e-15)
      #expect(abs(score.recall - golden.recall[index]) < 1e-15)
      #expect(abs(score.f1 - golden.f1[index]) < 1e-15)
    }
    #expect(matrix.scores.map(\.support).reduce(0, +) == golden.labels.count)
  }

  @Test("the macro average leaves out classes that are neither label nor prediction")
  func macro() throws {
    let matrix = try ConfusionMatrix(
      classes: ["a", "b", "never"], labels: [0, 0, 0, 1], predictions: [0, 0, 1, 1])
    let average = matrix.macroAverage
    #expect(matrix.accuracy == 0.75)
    #expect(average.precision == (1 + 0.5) / 2)
    #expect(abs(average.recall - (2.0 / 3 + 1) / 2) < 1e-15)
    #expect(matrix.scores[2].f1 == 0)
  }

  @Test("no example at all gives zeros, not a fault")
  func empty() throws {
    let matrix = try ConfusionMatrix(classes: ["a", "b"], labels: [], predictions: [])
    #expect(matrix.accuracy == 0)
    #expect(matrix.macroAverage.f1 == 0)
  }

  @Test("labels that name no class are refused with the example and the number of classes")
  func badLabel() {
    let error = #expect(throws: ConfigurationError.self) {
      try ConfusionMatrix(classes: ["a", "b"], labels: [0, 2], predictions: [0, 1])
    }
    #expect(error?.description.contains("example 1 are 2") == true)
    #expect(throws: ConfigurationError.self) {
      try ConfusionMatrix(classes: ["a"], labels: [0], predictions: [])
    }
  }

  @Test("a matrix survives JSON, and JSON that is not square is refused")
  func coding() throws {
    let matrix = try ConfusionMatrix(classes: ["a", "b"], labels: [0, 1], predictions: [1, 1])
    let data = try JSONEncoder().encode(matrix)
    #expect(try JSONDecoder().decode(ConfusionMatrix.self, from: data) == matrix)
    for text in [#"{"classes":["a"],"counts":[1,2]}"#, #"{"classes":["a"],"counts":[-1]}"#] {
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(ConfusionMatrix.self, from: Data(text.utf8))
      }
    }
  }
}
