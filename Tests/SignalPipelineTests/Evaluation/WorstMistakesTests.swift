import SignalPipeline
import Testing

@Suite struct WorstMistakesTests {
  let model: Model
  let scored: ScoredDataset

  init() throws {
    model = try ReportScene.model()
    scored = try ScoredDataset(of: model, on: ReportScene.dataset(model), workers: 2)
  }

  @Test("the worst mistakes are the most confident wrong answers, in their order")
  func order() throws {
    let found = try WorstMistakes(of: scored, count: 5, workers: 2).mistakes
    let predictions = scored.scores.predictions
    let confidences = Calibration.confidences(
      of: scored.scores, temperature: Double(model.temperature))
    let wrong = predictions.indices.filter { predictions[$0] != scored.scores.labels[$0] }
    #expect(wrong.count > 5)
    let highest = wrong.map { confidences[$0] }.sorted(by: >)
    #expect(found.map(\.confidence) == Array(highest.prefix(5)))
    for mistake in found {
      let place = try #require(scored.examples.firstIndex(of: mistake.example))
      #expect(mistake.label == scored.scores.labels[place])
      #expect(mistake.prediction == predictions[place] && mistake.prediction != mistake.label)
    }
    #expect(try WorstMistakes(of: scored, count: 10_000, workers: 2).mistakes.count == wrong.count)
  }

  @Test("neighbours are the nearest of the rightly told examples, of either class")
  func neighbours() throws {
    let dataset = scored.dataset
    let features = try (0..<dataset.count).map {
      try ClassificationScene.features(of: dataset.spectra.values(of: $0), model)
    }
    let predictions = scored.scores.predictions
    func nearest(to example: Int, of label: Int) -> Double? {
      dataset.labels.indices.filter { dataset.labels[$0] == label && predictions[$0] == label }
        .map { other in
          zip(features[example], features[other])
            .reduce(0) { $0 + Double($1.0 - $1.1) * Double($1.0 - $1.1) }.squareRoot()
        }.min()
    }
    let found = try WorstMistakes(of: scored, count: 8, workers: 1).mistakes
    #expect(found.contains { $0.nearestTrue != nil })
    for mistake in found {
      for (neighbour, label) in [
        (mistake.nearestTrue, mistake.label), (mistake.nearestPredicted, mistake.prediction),
      ] {
        let distance = nearest(to: mistake.example, of: label)
        #expect((neighbour == nil) == (distance == nil))
        guard let neighbour, let distance else { continue }
        #expect(dataset.labels[neighbour.example] == label)
        #expect(predictions[neighbour.example] == label)
        // Differences are squared as floats there.
        #expect(abs(neighbour.distance - distance) < 1e-5 * (1 + distance))
      }
    }
  }

  @Test("mistakes, neighbours and profiles do not depend on the number of threads")
  func workers() throws {
    let one = try WorstMistakes(of: scored, count: 8, workers: 1).mistakes
    #expect(try WorstMistakes(of: scored, count: 8, workers: 3).mistakes == one)
    let profiles = try OcclusionProfile.profiles(of: scored, workers: 1)
    #expect(try OcclusionProfile.profiles(of: scored, workers: 3) == profiles)
    #expect(!profiles.isEmpty)
  }
}
