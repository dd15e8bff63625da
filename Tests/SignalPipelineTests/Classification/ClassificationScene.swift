import Foundation
import SignalPipeline

/// A small untrained model, and captures that it can be asked about.
enum ClassificationScene {
  static let bins = 256
  static let window = 4096

  static func model(
    threshold: Float = 0, temperature: Float = 1.5, channels: [SpectrumChannel] = [.mean]
  ) throws -> Model {
    let description = NetworkDescription(
      inputShape: Shape(channels: channels.count, length: bins / 4),
      layers: [
        .conv1d(Conv1d(outputChannels: 6, kernelSize: 5, padding: .circular)), .relu(ReLU()),
        .globalPool1d(GlobalPool1d(.both)), .linear(Linear(outputs: 3)),
      ])
    var generator = SeededGenerator(seed: 3)
    return Model(
      network: description,
      parameters: try Network(description).initialParameters(using: &generator),
      features: FeatureConfiguration(
        bins: bins, roll: .canonical, binsPerFeature: 4, normalization: .decibelsAboveFloor(),
        channels: channels),
      spectrum: SpectrumConfiguration(bins: bins, overlap: bins / 2, window: .hann),
      window: window, classes: ["narrow", "wide", "other"], confidenceThreshold: threshold,
      temperature: temperature,
      provenance: Provenance(version: "0", recipe: "untrained", dataset: "none"))
  }

  /// Weak noise, with a tone of amplitude 1 at a frequency [cycles/sample].
  static func samples(_ count: Int, tone frequency: Double?, seed: UInt64) -> [IQSample] {
    var generator = SeededGenerator(seed: seed)
    var samples = gaussian(count, power: 0.01, &generator)
    guard let frequency else { return samples }
    for n in samples.indices {
      let angle = 2 * Double.pi * (frequency * Double(n)).truncatingRemainder(dividingBy: 1)
      samples[n].i += Float(cos(angle))
      samples[n].q += Float(sin(angle))
    }
    return samples
  }

  /// What the stages give one after the other, without a classifier.
  static func logProbabilities(_ samples: [IQSample], _ model: Model) throws -> [Float] {
    let channels = SpectrumChannel.withMean(model.features.channels)
    let logits = try logits(
      of: estimate(samples, model.spectrum, channels: channels), model)
    let scaled = logits.map { exp(Double($0) / Double(model.temperature)) }
    return scaled.map { Float(log($0 / scaled.reduce(0, +))) }
  }

  /// Of the channels that the model takes, the mean before them.
  static func features(of spectrum: [Float], _ model: Model) throws -> [Float] {
    let transform = try FeatureTransform(model.features)
    var features = [Float](repeating: 0, count: transform.count)
    var span = features.mutableSpan
    transform.apply(
      spectrum.span, of: SpectrumChannel.withMean(model.features.channels), rotation: nil,
      to: &span)
    return features
  }

  static func logits(of spectrum: [Float], _ model: Model) throws -> [Float] {
    let network = try model.makeNetwork()
    var batch = Batch(count: 1, shape: network.inputShape)
    batch.store(try features(of: spectrum, model), at: 0)
    var workspace = network.makeWorkspace(count: 1)
    network.forward(
      batch, parameters: model.parameters, mode: .inference, workspace: &workspace)
    return Array(workspace.logits[..<network.outputShape.channels])
  }

  /// What a classifier says of a piped capture's samples, and what it throws.
  static func classify(
    _ bytes: [UInt8], _ model: Model,
    _ configuration: StreamClassifier.Configuration = .default,
    capture: CaptureConfiguration = CaptureConfiguration(format: .cf32)
  ) throws -> (windows: [WindowResult], summary: InputSummary) {
    var classifier = try StreamClassifier(model, configuration: configuration)
    var reader = try CaptureFixture.open(pipe: bytes, piece: 30_011, capture)
    var windows: [WindowResult] = []
    let summary = try classifier.classify(&reader) { windows.append($0) }
    return (windows, summary)
  }
}
