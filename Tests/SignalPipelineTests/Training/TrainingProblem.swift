import Foundation
import SignalPipeline

/// A small problem whose classes differ in the width of a bump, wherever it stands.
enum TrainingProblem {
  static let bins = 64

  static let features = FeatureConfiguration(
    bins: bins, roll: .random, binsPerFeature: 1, normalization: .linearMinMax)

  static func dataset(count: Int = 60, classes: Int = 3) -> Dataset {
    var generator = SeededGenerator(seed: 11)
    let labels = (0..<count).map { $0 % classes }
    var density: [Float] = []
    for label in labels {
      let start = generator.index(below: bins)
      let width = [2, 8, 24][label]
      density += (0..<bins).map { bin in
        let inside = (bin - start + bins) % bins < width
        return Float((inside ? 1 : 0.1) * (1 + 0.1 * generator.uniform()))
      }
    }
    return Dataset(
      spectrum: SpectrumConfiguration(bins: bins, overlap: 32, window: .hann),
      classes: ["narrow", "medium", "wide"].prefix(classes) + [], density: density,
      labels: labels)
  }

  static func configuration(epochs: Int) -> TrainingConfiguration {
    TrainingConfiguration(
      epochs: epochs, batchSize: 8, microBatchSize: 3,
      optimizer: Adam.Configuration(learningRate: 0.03, weightDecay: 1e-3),
      schedule: .oneCycle(), seed: 21)
  }

  /// A convolution with batch norm, averaged over the positions.
  static func network(classes: Int = 3) throws -> Network {
    try Network(
      describing: """
        {"inputShape":{"channels":1,"length":64},"layers":[
        {"layer":"conv1d","outputChannels":6,"kernelSize":5,"padding":"circular"},
        {"layer":"batchNorm1d"},{"layer":"relu"},
        {"layer":"globalPool1d","reduction":"average"},{"layer":"linear","outputs":\(classes)}]}
        """)
  }

  static func trainer(epochs: Int) throws -> Trainer {
    try Trainer(network(), features: features, configuration: configuration(epochs: epochs))
  }
}

extension Network {
  /// Creates a network from its description's JSON.
  init(describing json: String) throws {
    try self.init(JSONDecoder().decode(NetworkDescription.self, from: Data(json.utf8)))
  }
}
