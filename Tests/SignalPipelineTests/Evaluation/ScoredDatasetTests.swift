import Foundation
import SignalPipeline
import Testing

@Suite struct ScoredDatasetTests {
  let model: Model
  let mixed: Dataset

  init() throws {
    var model = try ReportScene.model()
    mixed = try ReportScene.dataset(model, classes: model.classes + ["strange", "odd"])
    let scores = try ScoredDataset(of: model, on: mixed, workers: 1).scores
    let confidences = Calibration.confidences(
      of: scores, temperature: Double(model.temperature)
    ).sorted()
    // Between two examples, and with room for rounding errors on either side.
    let half = confidences.count / 2
    model.confidenceThreshold = Float((confidences[half] + confidences[half + 1]) / 2)
    self.model = model
  }

  @Test("classes that the model does not know leave the accuracy alone, and are told apart")
  func unknowns() throws {
    let whole = try Evaluation(of: model, on: mixed, workers: 2)
    let known = (0..<mixed.count).filter { mixed.labels[$0] < 3 }
    let part = try Evaluation(of: model, on: mixed, examples: known, workers: 2)
    #expect(whole.accuracy == part.accuracy && whole.curves == part.curves)
    #expect(whole.confusion == part.confusion && whole.rejection == part.rejection)
    let unknowns = try #require(whole.unknowns)
    #expect(unknowns.map(\.name) == ["strange", "odd"])

    /// The confidences of a class's examples, one by one.
    func confidences(_ label: Int) throws -> [(confidence: Double, prediction: Int)] {
      try (0..<mixed.count).filter { mixed.labels[$0] == label }.map { example in
        let logits = try ClassificationScene.logits(of: mixed.spectra.values(of: example), model)
        let scaled = logits.map { exp(Double($0) / Double(model.temperature)) }
        let most = try #require(scaled.max())
        return (most / scaled.reduce(0, +), try #require(scaled.firstIndex(of: most)))
      }
    }
    let high = try (0..<3).flatMap(confidences).map(\.confidence)
    for (unknown, label) in zip(unknowns, 3...) {
      let own = try confidences(label)
      let threshold = Double(model.confidenceThreshold)
      let accepted = own.filter { $0.confidence >= threshold }
      #expect(unknown.rejected == Proportion(own.count - accepted.count, of: own.count))
      #expect(
        unknown.takenFor == (0..<3).map { place in accepted.count { $0.prediction == place } })
      var won = 0.0
      for one in high {
        for other in own.map(\.confidence) { won += one > other ? 1 : one == other ? 0.5 : 0 }
      }
      // Another order of sums moves a confidence by a rounding error, and a near tie with it.
      #expect(
        abs(unknown.areaUnderCurve - won / Double(high.count * own.count)) < 0.005)
    }
    let all = UnknownClass.all(of: unknowns)
    let low = try (3..<5).flatMap(confidences).map(\.confidence)
    #expect(
      abs(all.areaUnderCurve - AreaUnderCurve.of(positives: high, negatives: low)) < 0.005)
    #expect(all.rejected.count == low.count)
    #expect(all.rejected.successes == unknowns.reduce(0) { $0 + $1.rejected.successes })
    #expect(all.takenFor.reduce(all.rejected.successes, +) == low.count)
    #expect((1..<all.rejected.count).contains(all.rejected.successes))
  }

  @Test("what is rejected of each class adds up to what is rejected of all")
  func rejections() throws {
    let rejection = try #require(Evaluation(of: model, on: mixed, workers: 1).rejection)
    let shares = try #require(rejection.rejectedByClass)
    #expect(shares.count == 3)
    #expect(shares.reduce(0) { $0 + $1.successes } == rejection.rejected.successes)
    #expect(shares.reduce(0) { $0 + $1.count } == rejection.rejected.count)
    #expect(rejection.rejected.successes > 0)
  }

  @Test("results of versions that did not tell unknowns and rejections are still read")
  func olderResults() throws {
    let evaluation = try Evaluation(of: model, on: mixed, workers: 1)
    let data = try JSONEncoder().encode(evaluation)
    #expect(try JSONDecoder().decode(Evaluation.self, from: data) == evaluation)
    var object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    object["unknowns"] = nil
    object["uncalibrated"] = nil
    var rejection = try #require(object["rejection"] as? [String: Any])
    rejection["rejectedByClass"] = nil
    object["rejection"] = rejection
    let older = try JSONDecoder().decode(
      Evaluation.self, from: JSONSerialization.data(withJSONObject: object))
    #expect(older.accuracy == evaluation.accuracy && older.unknowns == nil)
    #expect(older.uncalibrated == nil && older.rejection?.rejectedByClass == nil)
  }

  @Test("balanced accuracy is the mean recall of the classes that have examples")
  func balanced() throws {
    // Recalls of 3/4 and 0/1; the last class has no example.
    let matrix = try ConfusionMatrix(
      classes: ["a", "b", "c"], labels: [0, 0, 0, 0, 1], predictions: [0, 0, 0, 1, 2])
    #expect(matrix.balancedAccuracy == 0.375)
    let none = try ConfusionMatrix(classes: ["a"], labels: [], predictions: [])
    #expect(none.balancedAccuracy == 0)
  }
}
