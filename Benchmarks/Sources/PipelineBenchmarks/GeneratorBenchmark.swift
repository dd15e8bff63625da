import SignalPipeline

/// The generator of training examples, alone and with the network's input of 8192 bins.
struct GeneratorBenchmark {
  /// How many examples one run makes.
  var examples = 128

  /// What one thread reuses.
  private struct Station: ~Copyable {
    var generator: SignalGenerator
    var estimator: WelchEstimator?
  }

  /// Returns lines for one and two threads: examples of 65,536 samples a second.
  func lines() throws -> [String] {
    let transform = try FeatureTransform(
      FeatureConfiguration(
        bins: 8192, roll: .none, binsPerFeature: 1, normalization: .decibelsAboveFloor()))
    let contenders = [false, true].flatMap { hasFeatures in
      [1, 2].map { workers in
        Stopwatch.Contender(
          name: "generator\(hasFeatures ? " with features" : ""), "
            + "\(workers) \(workers == 1 ? "thread" : "threads")"
        ) { try run(workers: workers, hasFeatures ? transform : nil) }
      }
    }
    let times = try Stopwatch(rounds: 9).times(of: contenders)
    return zip(contenders, times).map { contender, time in
      Table.rate(contender.name, Double(examples), "examples/s", in: time)
    }
  }

  private func run(workers: Int, _ transform: FeatureTransform?) throws {
    let configuration = SynthesisConfiguration.default
    try Parallel.stream(
      examples, workers: workers, ahead: 16 * workers,
      state: {
        Station(
          generator: try SignalGenerator(configuration),
          estimator: try transform.map { _ in try WelchEstimator(.default) })
      }
    ) { station, index in
      let example = station.generator.example(index)
      guard let transform else { return [Float(example.label)] }
      station.estimator?.add(example.samples.span)
      var features = [Float](repeating: 0, count: transform.count)
      guard let density = station.estimator?.finish()?.values(of: [.mean]) else {
        preconditionFailure("an example holds enough segments")
      }
      var span = features.mutableSpan
      transform.apply(density.span, of: [.mean], rotation: 0, to: &span)
      return features
    } take: { _, _ in
    }
  }
}
