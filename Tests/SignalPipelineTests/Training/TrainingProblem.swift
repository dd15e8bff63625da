import Foundation
import SignalPipeline
import Testing

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
      optimizer: .adam(Adam(learningRate: 0.03, weightDecay: 1e-3)),
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

  /// A change of ``configuration(epochs:)``.
  struct Recipe: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var apply: @Sendable (inout TrainingConfiguration) -> Void
  }

  static let recipes = [
    Recipe(testDescription: "AdamW, one cycle") { _ in },
    Recipe(testDescription: "Adam, steps, smoothed") {
      $0.optimizer = .adam(Adam(learningRate: 0.03, weightDecay: 1e-3, decouplesDecay: false))
      $0.schedule = .step(epochs: 1, factor: 0.5)
      $0.labelSmoothing = 0.1
    },
    Recipe(testDescription: "SGD, cosine after a warm-up, weighted") {
      $0.optimizer = .sgd(SGD(learningRate: 0.1, weightDecay: 1e-3))
      $0.schedule = .cosine()
      $0.warmUp = 0.2
      $0.classWeights = .given([1, 2, 0.5])
    },
    Recipe(testDescription: "SGD by Nesterov, clipped, balanced") {
      $0.optimizer = .sgd(SGD(learningRate: 0.1, nesterov: true))
      $0.schedule = .constant
      $0.clipNorm = 0.05
      $0.classWeights = .balanced
    },
  ]

  static func trainer(epochs: Int, recipe: Recipe? = nil) throws -> Trainer {
    var configuration = configuration(epochs: epochs)
    recipe?.apply(&configuration)
    return try Trainer(network(), features: features, configuration: configuration)
  }
}

extension Network {
  /// Creates a network from its description's JSON.
  init(describing json: String) throws {
    try self.init(JSONDecoder().decode(NetworkDescription.self, from: Data(json.utf8)))
  }
}
