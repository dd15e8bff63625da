/// The examples that a model took for the wrong class with the most confidence, and what they
/// were taken for.
package struct WorstMistakes: Sendable {
  /// An example and how far its features lie from a mistake's.
  package struct Neighbour: Hashable, Sendable {
    /// The example's row in the dataset.
    package let example: Int

    /// The Euclidean distance of the features.
    package let distance: Double
  }

  /// An example that was taken for the wrong class.
  package struct Mistake: Hashable, Sendable {
    /// The example's row in the dataset.
    package let example: Int

    /// Its class.
    package let label: Int

    /// What it was taken for.
    package let prediction: Int

    /// The probability that it is that.
    package let confidence: Double

    /// The nearest example of the class that it was taken for, of those told rightly.
    package var nearestPredicted: Neighbour?

    /// The nearest example of its own class, of those told rightly.
    package var nearestTrue: Neighbour?
  }

  /// The mistakes, the most confident first.
  package private(set) var mistakes: [Mistake]

  /// Finds mistakes and their nearest neighbours.
  ///
  /// What is near is told by the model's features, each example rolled to its canonical place, so
  /// that frequency does not count. Each spectrum is read once more; the features of the mistakes
  /// alone are kept.
  ///
  /// - Parameters:
  ///   - scored: What the model said.
  ///   - count: How many are wanted at most.
  ///   - workers: The largest number of threads; the result never depends on it.
  /// - Throws: ``FileError`` when a spectrum can't be read.
  package init(of scored: ScoredDataset, count: Int, workers: Int) throws {
    let scores = scored.scores
    let predictions = scores.predictions
    let confidences = Calibration.confidences(
      of: scores, temperature: Double(scored.model.temperature))
    let wrong = scores.labels.indices.filter { predictions[$0] != scores.labels[$0] }
    // Of equals the first, whatever a sort does.
    let worst = wrong.sorted {
      (-confidences[$0], $0) < (-confidences[$1], $1)
    }
    mistakes = worst.prefix(count).map { place in
      Mistake(
        example: scored.examples[place], label: scores.labels[place],
        prediction: predictions[place], confidence: confidences[place])
    }
    guard !mistakes.isEmpty else { return }
    var features = scored.model.features
    features.roll = .canonical
    let transform = try FeatureTransform(features)
    let search = Search(
      transform: transform, dataset: scored.dataset,
      mistakes: try mistakes.map { try transform.features(of: $0.example, in: scored.dataset) })
    let candidates = scores.labels.indices.filter { predictions[$0] == scores.labels[$0] }
    let nearest = try search.nearest(
      to: mistakes.indices.flatMap {
        [($0, mistakes[$0].prediction), ($0, mistakes[$0].label)]
      },
      among: candidates.map { (scored.examples[$0], scores.labels[$0]) }, workers: workers)
    for index in mistakes.indices {
      mistakes[index].nearestPredicted = nearest[2 * index]
      mistakes[index].nearestTrue = nearest[2 * index + 1]
    }
  }

  private struct Search: Sendable {
    let transform: FeatureTransform
    let dataset: Dataset
    /// The features of each mistake.
    let mistakes: [[Float]]

    /// For each wish for a neighbour of a mistake and of a class the nearest, of equals the first.
    func nearest(
      to wishes: [(mistake: Int, label: Int)], among candidates: [(example: Int, label: Int)],
      workers: Int
    ) throws -> [Neighbour?] {
      let classes = Set(wishes.map(\.label))
      let candidates = candidates.filter { classes.contains($0.label) }
      let parts = Batching.parts(of: 0..<candidates.count, atMost: 64)
      let found = try Parallel.map(parts.count, workers: workers) {
      } _: { _, part in
        var best = [Neighbour?](repeating: nil, count: wishes.count)
        for (example, label) in candidates[parts[part]] {
          let own = try transform.features(of: example, in: dataset)
          for (index, wish) in wishes.enumerated() where wish.label == label {
            let distance = Self.distance(own, mistakes[wish.mistake])
            if distance < best[index]?.distance ?? .infinity {
              best[index] = Neighbour(example: example, distance: distance)
            }
          }
        }
        return best
      }
      return wishes.indices.map { index in
        found.compactMap { $0[index] }.reduce(nil as Neighbour?) { best, next in
          next.distance < best?.distance ?? .infinity ? next : best
        }
      }
    }

    private static func distance(_ one: [Float], _ other: [Float]) -> Double {
      var sum = 0.0
      for (a, b) in zip(one, other) { sum += Double((a - b) * (a - b)) }
      return sum.squareRoot()
    }
  }
}

extension FeatureTransform {
  /// Computes the features of a dataset's example as at inference, `(C, L)` row-major.
  ///
  /// - Throws: ``FileError`` when its spectrum can't be read.
  func features(of example: Int, in dataset: Dataset) throws(FileError) -> [Float] {
    let spectrum = try dataset.spectra.values(of: example)
    var features = [Float](repeating: 0, count: count)
    var span = features.mutableSpan
    apply(spectrum.span, of: dataset.channels, rotation: nil, to: &span)
    return features
  }
}
