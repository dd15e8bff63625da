import Foundation
import SignalPipeline
import Testing

@Suite struct EvaluationTests {
  private func evaluation(threshold: Double? = 0.5) throws -> Evaluation {
    let golden = try EvaluationGolden.load()
    let conditions = golden.labels.indices.map {
      ExampleConditions(
        offset: Double($0) / 150 - 0.5, snr: Double($0 % 21), bandwidth: 0.06 + 0.0009 * Double($0))
    }
    return try Evaluation(
      logits: golden.logits, labels: golden.labels, classes: EvaluationGolden.classes,
      conditions: conditions, threshold: threshold)
  }

  @Test("an evaluation survives JSON, without a number that JSON cannot hold")
  func coding() throws {
    let evaluation = try evaluation()
    let data = try JSONEncoder().encode(evaluation)
    #expect(try JSONDecoder().decode(Evaluation.self, from: data) == evaluation)
  }

  @Test("every curve holds all examples and as many hits as the confusion matrix")
  func curves() throws {
    let evaluation = try evaluation()
    #expect(evaluation.curves.map(\.quantity) == AccuracyCurve.Quantity.allCases)
    for curve in evaluation.curves {
      let hits = curve.cells.map(\.accuracy.successes).reduce(0, +)
      #expect(curve.outside == 0)
      #expect(hits == evaluation.confusion.correct)
    }
  }

  @Test("a threshold parts the examples, and the accepted ones are told better")
  func rejection() throws {
    let rejection = try #require(try evaluation(threshold: 0.8).rejection)
    #expect(rejection.rejected.successes + rejection.acceptedAccuracy.count == 150)
    #expect(rejection.acceptedAccuracy.value > (try evaluation()).accuracy.value)
    #expect(try evaluation(threshold: nil).rejection == nil)
  }

  @Test("log-probabilities serve as well as logits")
  func logProbabilities() throws {
    let golden = try EvaluationGolden.load()
    let logits = golden.logits.enumerated().map { $1 - Float($0 / 4 % 5) }
    let plain = try Evaluation(
      logits: golden.logits, labels: golden.labels, classes: EvaluationGolden.classes)
    let moved = try Evaluation(
      logits: logits, labels: golden.labels, classes: EvaluationGolden.classes)
    #expect(moved.confusion == plain.confusion)
    // Moving a Float by up to 4 costs 2⁻²² of it.
    #expect(
      abs(
        moved.reliability.negativeLogLikelihood - plain.reliability.negativeLogLikelihood) < 1e-6)
  }

  @Test("the largest logit wins, the first of equals")
  func ties() throws {
    let scores = try LabelledLogits(
      logits: [1, 1, 0, 0, 2, 2], classCount: 3, labels: [0, 0])
    #expect(scores.predictions == [0, 1])
  }

  @Test("no example at all gives zeros, and no curve")
  func empty() throws {
    let evaluation = try Evaluation(logits: [], labels: [], classes: ["a", "b"])
    #expect(evaluation.accuracy.value == 0)
    #expect(evaluation.reliability.negativeLogLikelihood == 0)
    #expect(evaluation.curves.isEmpty)
  }

  @Test("parts that do not fit each other are refused, each by its name")
  func refused() {
    func field(_ body: () throws -> Evaluation) -> String? {
      #expect(throws: ConfigurationError.self) { _ = try body() }?.field
    }
    let classes = ["a", "b"]
    #expect(field { try Evaluation(logits: [0], labels: [0], classes: classes) } == "logits")
    #expect(field { try Evaluation(logits: [0, .nan], labels: [0], classes: classes) } == "logits")
    #expect(field { try Evaluation(logits: [0, 1], labels: [2], classes: classes) } == "labels")
    #expect(field { try Evaluation(logits: [], labels: [], classes: []) } == "classes")
    #expect(
      field {
        try Evaluation(logits: [0, 1], labels: [1], classes: classes, temperature: 0)
      } == "temperature")
    for cells in [0, Int.max] {
      #expect(
        field {
          try Evaluation(logits: [0, 1], labels: [1], classes: classes, offsetCells: cells)
        } == "offsetCells")
    }
    #expect(
      field {
        try Evaluation(logits: [0, 1], labels: [1], classes: classes, threshold: .nan)
      } == "threshold")
    #expect(
      field {
        try Evaluation(
          logits: [0, 1], labels: [1], classes: classes,
          conditions: [
            ExampleConditions(offset: 0, snr: 0, bandwidth: 0.1),
            ExampleConditions(offset: 0, snr: 0, bandwidth: 0.1),
          ])
      } == "conditions")
  }
}
