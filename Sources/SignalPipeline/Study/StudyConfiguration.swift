/// What the study trains, on what and how long: with the program's version all that decides its
/// figures.
package struct StudyConfiguration: Hashable, Codable, Sendable {
  /// The version of the program.
  package var version = SignalPipelineVersion.current

  /// The networks.
  package var networks: [Architecture]

  /// How often each training is repeated, with the seeds from 1 on.
  package var seeds: Int

  /// The law of the signals; seed and offsets are those of each dataset.
  package var signals: SynthesisConfiguration

  /// The number of examples that are split into training and validation.
  package var examples: Int

  /// The share of them that tells which epoch is best.
  package var validationShare: Double

  /// The number of test examples within ±300 Hz at 48 kHz.
  package var inRange: Int

  /// The number of test examples over the whole band.
  package var anywhere: Int

  /// The number of equal parts of the band that accuracy is told for.
  package var offsetCells: Int

  /// The number of test examples within range that are shifted.
  package var shiftedExamples: Int

  /// How often each of them is shifted.
  package var shifts: Int

  /// How often the networks of the fixed budget see every training example.
  package var epochs: Int

  /// The networks that train to convergence.
  package var converging: [Architecture]

  /// The most epochs of those.
  package var convergenceEpochs: Int

  /// The epochs without a lower validation loss after which those have converged.
  package var patience: Int

  /// What is changed about the founding network's training, one at a time.
  package var sweep: [StudyVariation]

  /// The number of seeds of the sweep, at most ``seeds``.
  package var sweepSeeds: Int

  /// The seeds of the test sets: no training's, of which there are ``Spread/limit`` at most.
  static let testSeeds: (inRange: UInt64, anywhere: UInt64) = (1002, 1003)

  /// The whole study: within two hours on two cores.
  package static let full = StudyConfiguration(
    networks: Architecture.allCases, seeds: 3, signals: clean, examples: 4000,
    validationShare: 0.2, inRange: 2000, anywhere: 4096, offsetCells: 64, shiftedExamples: 128,
    shifts: 32, epochs: 10, converging: [.founding, .foundingMaximum], convergenceEpochs: 40,
    patience: 5,
    sweep: [StudyVariation(.reference)] + sweep(.batchSize, 8, 16, 64, 128)
      + sweep(.epochs, 20, 50) + sweep(.examples, 2000, 8000)
      + sweep(.kernelSize, 16, 32, 64, 256) + sweep(.convolutions, 2, 3),
    sweepSeeds: 1)

  /// A first look: within five minutes on two cores.
  package static let quick: StudyConfiguration = {
    var quick = full
    quick.seeds = 2
    quick.examples = 1000
    quick.inRange = 500
    quick.anywhere = 1024
    quick.offsetCells = 32
    quick.shiftedExamples = 64
    quick.shifts = 16
    quick.epochs = 3
    quick.convergenceEpochs = 6
    quick.patience = 2
    quick.networks = [
      .standard, .founding, .foundingMaximum, .strided64, .strided64Averaged, .polyphase, .keras64,
    ]
    quick.sweep = [
      StudyVariation(.reference), StudyVariation(.batchSize, 8), StudyVariation(.epochs, 6),
      StudyVariation(.examples, 2000), StudyVariation(.kernelSize, 32),
      StudyVariation(.convolutions, 2),
    ]
    return quick
  }()

  private static let clean: SynthesisConfiguration = {
    var signals = SynthesisConfiguration.default
    signals.offset = .centred
    signals.impairments = .clean
    return signals
  }()

  private static func sweep(
    _ quantity: StudyVariation.Quantity, _ values: Int...
  ) -> [StudyVariation] {
    values.map { StudyVariation(quantity, $0) }
  }

  /// Checks that the study can be run.
  ///
  /// - Throws: ``ConfigurationError`` about the first field that is out of range.
  package func validate() throws(ConfigurationError) {
    guard (1...Spread.limit).contains(seeds) else {
      throw ConfigurationError("seeds", "is \(seeds); it must be from 1 to \(Spread.limit)")
    }
    guard !networks.isEmpty, Set(networks).count == networks.count else {
      throw ConfigurationError("networks", "are to be one or more, each once")
    }
    try signals.validate()
    let counts = [
      ("examples", examples, 5 * signals.classes.count...1 << 20),
      ("inRange", inRange, 1...1 << 20),
      ("anywhere", anywhere, 1...1 << 20), ("offsetCells", offsetCells, 1...1 << 16),
      ("shiftedExamples", shiftedExamples, 1...max(1, inRange)), ("shifts", shifts, 1...1000),
      ("epochs", epochs, 1...1000), ("convergenceEpochs", convergenceEpochs, 1...1000),
      ("patience", patience, 1...1000), ("sweepSeeds", sweepSeeds, 0...seeds),
    ]
    for (name, value, range) in counts where !range.contains(value) {
      throw ConfigurationError(
        name, "is \(value); it must be from \(range.lowerBound) to \(range.upperBound)")
    }
    guard validationShare > 0, validationShare < 1 else {
      throw ConfigurationError(
        "validationShare", "is \(validationShare); it must be above 0 and below 1")
    }
    if let wrong = sweep.first(where: { $0.quantity != .reference && $0.value < 1 }) {
      throw ConfigurationError("sweep", "has \(wrong.quantity.name) \(wrong.value)")
    }
  }
}
