import SignalPipeline
import Testing

/// The founding network in full size beside PyTorch.
@Suite struct FoundingStepsTests {
  private struct Golden: Decodable {
    var losses: [Double]
    var validation: [Double]
  }

  /// The spectra of `training_goldens.py`: noise, and a stronger band for each class.
  private static func dataset(count: Int) -> Dataset {
    let spectrum = SpectrumConfiguration.default
    let labels = (0..<count).map { $0 % 4 }
    var density = hashedValues(count * spectrum.bins, seed: 1).map { ($0 + 1) / 2 }
    for (example, label) in labels.enumerated() {
      let begin = example * spectrum.bins + 2048 * label
      for index in begin..<begin + 1024 { density[index] *= 4 }
    }
    return Dataset(
      spectrum: spectrum, classes: ["a", "b", "c", "d"], density: density, labels: labels)
  }

  @Test("ten steps of the founding network, 8192 bins and batches of 32, follow PyTorch's losses")
  func tenSteps() throws {
    let golden = try trainingGolden("founding-steps", as: Golden.self)
    let network = try Network(Architecture.founding.description(classes: 4))
    var parameters: [Float] = []
    for (index, parameter) in network.parameters.enumerated() {
      let bound = Float(1 / Double(index < 2 ? 128 : 257_664).squareRoot())
      let values = hashedValues(parameter.range.count, seed: 10 + index).map { $0 * bound }
      parameters += parameter.stored(values)
    }
    var trainer = try Trainer(
      network,
      features: FeatureConfiguration(
        bins: 8192, roll: .none, binsPerFeature: 1, normalization: .linearMinMax),
      configuration: TrainingConfiguration(
        epochs: 10, batchSize: 32, microBatchSize: 4,
        optimizer: .adam(Adam(learningRate: 1e-5, weightDecay: 0)), schedule: .constant),
      parameters: parameters)
    try trainer.train(
      on: Self.dataset(count: 36),
      split: Split(training: Array(0..<32), validation: Array(32..<36), test: []), workers: 2)
    #expect(trainer.state.history.count == 10)
    for (report, (loss, validation)) in zip(
      trainer.state.history, zip(golden.losses, golden.validation))
    {
      // Single precision against double; Adam turns roundings of tiny gradients into steps.
      #expect(abs(report.trainingLoss - loss) < 1e-4)
      #expect(abs(report.validationLoss - validation) < 1e-4)
    }
  }
}
