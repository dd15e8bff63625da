import Foundation
import SignalPipeline
import Testing

/// What other channels than the mean are good for.
@Suite struct BurstStudyTests {
  /// Trains on one dataset and returns the accuracy on another.
  private func accuracy(
    _ architecture: (_ channels: Int) -> NetworkDescription, features: FeatureConfiguration,
    training: Dataset, test: Dataset, epochs: Int, seed: UInt64
  ) throws -> Double {
    var configuration = TrainingConfiguration.default
    configuration.epochs = epochs
    configuration.seed = seed
    let network = try Network(architecture(features.channels.count))
    var trainer = try Trainer(network, features: features, configuration: configuration)
    try trainer.train(on: training, split: Split(of: training, seed: seed), workers: 2)
    let model = Model(
      network: network.description, parameters: trainer.state.bestParameters, features: features,
      spectrum: training.spectrum, window: training.window ?? 0, classes: training.classes,
      provenance: Provenance(version: "0", recipe: "a study", dataset: "bursts"))
    return try Evaluation(of: model, on: test, workers: 2).accuracy.value
  }

  private func small(channels: Int) -> NetworkDescription {
    NetworkDescription(
      inputShape: Shape(channels: channels, length: 256),
      layers: [
        .conv1d(Conv1d(outputChannels: 8, kernelSize: 8, stride: 4, padding: .circular)),
        .batchNorm1d(BatchNorm1d()), .relu(ReLU()), .globalPool1d(GlobalPool1d(.both)),
        .linear(Linear(outputs: 2)),
      ])
  }

  @Test("maximum and kurtosis tell bursts from what the mean cannot tell them from")
  func bursts() throws {
    let spectrum = SpectrumConfiguration(bins: 256, overlap: 128, window: .hann)
    let training = try BurstScene.dataset(count: 400, seed: 1, spectrum: spectrum, window: 16_384)
    let test = try BurstScene.dataset(count: 300, seed: 1001, spectrum: spectrum, window: 16_384)
    func found(_ channels: [SpectrumChannel]) throws -> Double {
      let features = FeatureConfiguration(
        bins: 256, roll: .canonical, binsPerFeature: 1, normalization: .decibelsAboveFloor(),
        channels: channels)
      return try accuracy(
        small, features: features, training: training, test: test, epochs: 20, seed: 1)
    }
    let mean = try found([.mean])
    let all = try found(SpectrumChannel.allCases)
    #expect(all > 0.9 && all - mean > 0.2, "\(all) with all channels, \(mean) with the mean")
  }

  /// The bins that the study is asked for: `STUDY=8192 swift test --filter BurstStudyTests`.
  private static let bins = ProcessInfo.processInfo.environment["STUDY"].flatMap(Int.init)

  /// The measurements of docs/spectra.md: the default network with 8192 and with 2048 bins, a small
  /// one with 256.
  @Test(
    "each channel's worth over three seeds",
    .enabled(if: bins != nil, "STUDY=8192, STUDY=2048 or STUDY=256 runs it"))
  func study() throws {
    let bins = try #require(Self.bins)
    let sets: [[SpectrumChannel]] = [
      [.mean], [.mean, .maximum], [.mean, .kurtosis], SpectrumChannel.allCases,
    ]
    let spectrum = SpectrumConfiguration(bins: bins, overlap: bins / 2, window: .hann)
    let window = Model.defaultWindow
    let test = try BurstScene.dataset(count: 2000, seed: 1001, spectrum: spectrum, window: window)
    for seed in 1...3 as ClosedRange<UInt64> {
      let training = try BurstScene.dataset(
        count: 3000, seed: seed, spectrum: spectrum, window: window)
      for channels in sets {
        var features = FeatureConfiguration.default
        features.bins = bins
        features.binsPerFeature = max(1, bins / 2048)
        features.channels = channels
        let found = try accuracy(
          bins == 256 ? small : { Architecture.standard.description(classes: 2, channels: $0) },
          features: features,
          training: training, test: test, epochs: TrainingConfiguration.default.epochs,
          seed: seed)
        print("seed \(seed), \(SpectrumChannel.text(channels)): \(found)")
      }
    }
  }
}
