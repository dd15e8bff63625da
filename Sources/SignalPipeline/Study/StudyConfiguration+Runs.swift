extension StudyConfiguration {
  /// Every training, in the order in which the fewest datasets have to be made.
  package var runs: [StudyRun] {
    let all = networks.flatMap { network in
      StudyTreatment.allCases.flatMap { treatment in
        treatment != .canonical || network.features.roll == .canonical
          ? (1...UInt64(seeds)).map {
            StudyRun(network: network, treatment: treatment, variation: nil, seed: $0)
          } : []
      }
    }
    let sweep = sweep.flatMap { variation in
      (0..<UInt64(sweepSeeds)).map {
        StudyRun(network: .founding, treatment: .measured, variation: variation, seed: $0 + 1)
      }
    }
    return (all + sweep).enumerated().sorted { one, other in
      let (first, second) = (key(of: one.element), key(of: other.element))
      return first == second ? one.offset < other.offset : first.lexicographicallyPrecedes(second)
    }.map(\.element)
  }

  /// Runs of the same key use the same dataset.
  private func key(of run: StudyRun) -> [Int] {
    let data = data(of: run)
    return [
      -data.spectrum.bins, data.channels.count, Int(run.seed), data.offset == .any ? 1 : 0,
      data.count,
    ]
  }

  /// How spectra become the network's input.
  package func features(of run: StudyRun) -> FeatureConfiguration {
    var features = run.network.features
    features.roll = run.treatment.roll
    return features
  }

  /// The network's layers.
  package func network(of run: StudyRun) -> NetworkDescription {
    let classes = signals.classes.count
    return run.variation?.network(classes: classes) ?? run.network.description(classes: classes)
  }

  /// Whether a run trains until its validation loss does not fall any more.
  package func converges(_ run: StudyRun) -> Bool {
    run.variation == nil && converging.contains(run.network)
  }

  /// How the network is trained.
  ///
  /// Networks with batch norm as `train` trains by default; the others, which such a rate makes
  /// diverge, by Adam with 1e-3 and without decay. Who trains to convergence keeps the rate, who
  /// has a fixed budget goes through one cycle of it.
  package func training(of run: StudyRun) throws(NetworkError) -> TrainingConfiguration {
    var training = TrainingConfiguration.default
    training.seed = run.seed
    training.epochs = run.variation?.value(of: .epochs) ?? epochs
    training.batchSize = run.variation?.value(of: .batchSize) ?? training.batchSize
    training.earlyStoppingPatience = nil
    if try Network(network(of: run)).parameters.allSatisfy(\.isTrainable) {
      training.optimizer = .adam(.default)
    }
    if converges(run) {
      training.schedule = .constant
      training.epochs = convergenceEpochs
      training.earlyStoppingPatience = patience
    }
    return training
  }

  /// What a run's examples for training and validation are.
  package func data(of run: StudyRun) -> StudyData {
    data(
      for: run, offset: run.treatment.offset,
      count: run.variation?.value(of: .examples) ?? examples, seed: run.seed)
  }

  /// The test examples of the offsets that training sees without a treatment.
  package func inRangeTest(of run: StudyRun) -> StudyData {
    data(for: run, offset: .centred, count: inRange, seed: Self.testSeeds.inRange)
  }

  /// The test examples over the whole band.
  package func anywhereTest(of run: StudyRun) -> StudyData {
    data(for: run, offset: .any, count: anywhere, seed: Self.testSeeds.anywhere)
  }

  private func data(
    for run: StudyRun, offset: SynthesisConfiguration.Offset, count: Int, seed: UInt64
  ) -> StudyData {
    let features = run.network.features
    var spectrum = SpectrumConfiguration.default
    if features.bins != spectrum.bins {
      spectrum = SpectrumConfiguration(
        bins: features.bins, overlap: features.bins / 2, window: spectrum.window)
    }
    // The networks of one number of bins share their datasets.
    let channels = networks.filter { $0.features.bins == features.bins }.map(\.features.channels)
      .max { $0.count < $1.count }
    return StudyData(
      spectrum: spectrum, channels: channels ?? features.channels, offset: offset, count: count,
      seed: seed)
  }

  /// How far the test examples are shifted [bins]: once into each of as many equal parts of the
  /// band, so that neither a stride nor the width of a feature divides all shifts.
  package func shiftDistances(bins: Int) -> [Int] {
    var generator = SeededGenerator(seed: Self.testSeeds.inRange, stream: UInt64(bins))
    return (0..<shifts).map { part in
      let start = part * bins / shifts
      return start + generator.index(below: max(1, (part + 1) * bins / shifts - start))
    }
  }
}
