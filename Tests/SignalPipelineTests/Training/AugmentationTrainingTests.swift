import Foundation
import SignalPipeline
import Testing

/// Trainings whose augmentations must follow from seed, epoch and example alone.
@Suite struct AugmentationTrainingTests {
  static let augmentation = Augmentation(noise: 10, noiseShare: 0.5, mask: 0.2)

  let dataset: Dataset = {
    var dataset = TrainingProblem.dataset()
    dataset.window = 1024
    return dataset
  }()

  private func trainer(_ augmentation: Augmentation?) throws -> Trainer {
    var configuration = TrainingProblem.configuration(epochs: 3)
    configuration.augmentation = augmentation
    return try Trainer(
      TrainingProblem.network(), features: TrainingProblem.features, configuration: configuration)
  }

  private func trained(_ augmentation: Augmentation?, workers: Int = 1) throws -> Trainer {
    var trainer = try trainer(augmentation)
    try trainer.train(on: dataset, split: Split(of: dataset, seed: 1), workers: workers)
    return trainer
  }

  @Test("equal seeds vary examples alike on one, two and five threads, to the last bit")
  func workers() throws {
    let states = try [1, 2, 5].map { try trained(Self.augmentation, workers: $0).state }
    #expect(states[0] == states[1])
    #expect(states[0] == states[2])
    #expect(states[0].parameters != (try trained(nil)).state.parameters)
    for other in [Augmentation(noise: 10), Augmentation(mask: 0.2)] {
      #expect(states[0].parameters != (try trained(other)).state.parameters)
    }
  }

  @Test("a training that goes on from its checkpoint varies what it would have varied")
  func resuming() throws {
    let split = try Split(of: dataset, seed: 1)
    var first = try trainer(Self.augmentation)
    try first.train(on: dataset, split: split, workers: 2) { event in
      if case .epoch(let report) = event { report.epoch < 1 } else { true }
    }
    let saved = try Checkpoint(first.checkpoint.encoded(path: "c"), path: "c")
    #expect(saved.configuration.augmentation == Self.augmentation)
    var second = try Trainer(resuming: saved)
    #expect(second.state.epoch == 1)
    try second.train(on: dataset, split: split, workers: 1)
    #expect(second.state == (try trained(Self.augmentation)).state)
  }

  @Test("without augmentation nothing is told, and what varies by nothing changes nothing")
  func off() throws {
    let plain = try trained(nil)
    let text = try String(decoding: JSONEncoder().encode(plain.configuration), as: UTF8.self)
    #expect(!text.contains("augment"))
    let decoded = try JSONDecoder().decode(TrainingConfiguration.self, from: Data(text.utf8))
    #expect(decoded == plain.configuration && decoded.augmentation == nil)
    #expect(try trained(Augmentation()).state == plain.state)
  }

  @Test("what is missing of an augmentation varies nothing")
  func decoding() throws {
    func decoded(_ text: String) throws -> Augmentation {
      try JSONDecoder().decode(Augmentation.self, from: Data(text.utf8))
    }
    #expect(try decoded("{}") == Augmentation())
    #expect(try decoded(#"{"noise":10,"noiseShare":0.5,"mask":0.2}"#) == Self.augmentation)
    let encoded = try JSONEncoder().encode(Self.augmentation)
    #expect(try decoded(String(decoding: encoded, as: UTF8.self)) == Self.augmentation)
  }

  @Test(
    "ranges that make no sense are refused by name",
    arguments: [
      ("gain", Augmentation(gain: -1)), ("gain", Augmentation(gain: .nan)),
      ("noise", Augmentation(noise: 61)), ("noiseShare", Augmentation(noise: 1, noiseShare: 0)),
      ("noiseShare", Augmentation(noiseShare: 1.1)), ("mask", Augmentation(mask: 1)),
      ("mask", Augmentation(mask: -0.1)),
    ])
  func bounds(field: String, augmentation: Augmentation) throws {
    let error = #expect(throws: ConfigurationError.self) { _ = try trainer(augmentation) }
    #expect(error?.field == "augmentation.\(field)")
  }

  @Test(
    "a gain is refused where the features take it out, and moves them where they don't",
    arguments: [
      PSDNormalization.decibelsAboveFloor(), .squareRootMinMax, .decibelMinMax,
      .decibelPercentiles, .linearMinMax, .fixedDecibels,
    ])
  func gain(normalization: PSDNormalization) throws {
    var configuration = TrainingProblem.features
    configuration.normalization = normalization
    let transform = try FeatureTransform(configuration)
    let row = try dataset.spectra.values(of: 0)
    func features(_ row: [Float]) -> [Float] {
      var features = [Float](repeating: 0, count: 64)
      var span = features.mutableSpan
      transform.apply(row.span, rotation: 0, to: &span)
      return features
    }
    let moved = zip(features(row), features(row.map { $0 * 10 })).map { abs($0 - $1) }.max() ?? 0
    let augmentation = Augmentation(gain: 10)
    if normalization == .fixedDecibels {
      #expect(abs(moved - 10.0 / 150) < 1e-5)
      try augmentation.check(configuration)
      configuration.channels = [.kurtosis]
    } else {
      // Nothing but the rounding of single precision.
      #expect(moved < 1e-5)
    }
    let error = #expect(throws: ConfigurationError.self) { try augmentation.check(configuration) }
    #expect(error?.field == "augmentation.gain")
  }

  @Test("noise is refused with the maximum, and without the window that tells its variance")
  func refusals() throws {
    var features = TrainingProblem.features
    features.channels = [.mean, .maximum]
    let error = #expect(throws: ConfigurationError.self) {
      try Self.augmentation.check(features)
    }
    #expect(error?.field == "augmentation.noise" && error?.reason.contains("max") == true)
    try Augmentation(mask: 0.2).check(features)
    var blind = dataset
    blind.window = nil
    for augmentation in [Augmentation(noise: 3), Augmentation(mask: 0.1)] {
      var trainer = try trainer(augmentation)
      let error = #expect(throws: TrainingError.self) {
        try trainer.train(on: blind, split: Split(of: blind, seed: 1), workers: 1)
      }
      #expect(error?.description.contains("window") == true)
    }
  }
}
