import FoundationEssentials
import SignalPipeline

/// A network of four classes, by the name of a preset or the path of its description.
struct BenchmarkNetwork {
  /// What is computed.
  let network: Network

  /// How spectra become its input: the preset's way, or for a file each bin a feature.
  let features: FeatureConfiguration

  /// Finds a preset or reads a file.
  init(_ name: String) throws {
    if let preset = Architecture(rawValue: name) {
      network = try Network(preset.description(classes: 4))
      features = preset.features
    } else {
      let file = try Data(contentsOf: URL(filePath: name))
      network = try Network(JSONDecoder().decode(NetworkDescription.self, from: file))
      features = FeatureConfiguration(
        bins: network.inputShape.length, roll: .none, binsPerFeature: 1,
        normalization: .decibelMinMax)
    }
  }

  /// What peers build the same network from, and what shares of a limit are counted by.
  struct Account: Encodable {
    var network: NetworkDescription
    /// Running statistics of batch norms included.
    var parameters: Int
    /// The dense operations of one example, two for a multiplication with addition.
    var inferenceFlops: Int
    /// The same with the gradients by all weights, and by all inputs but the network's own.
    var trainingFlops: Int
  }

  /// Tells about the network.
  var account: Account {
    let flops = network.summary.map(\.flops)
    let forward = flops.reduce(0, +)
    return Account(
      network: network.description, parameters: network.parameterCount, inferenceFlops: forward,
      trainingFlops: 3 * forward - (flops.first { $0 > 0 } ?? 0))
  }

  /// Spectra of noise, a fourth of them of each class.
  func dataset(examples: Int) -> Dataset {
    var generator = SeededGenerator(seed: 1)
    let bins = features.bins
    return Dataset(
      spectrum: SpectrumConfiguration(bins: bins, overlap: bins / 2, window: .hann),
      classes: ["a", "b", "c", "d"],
      density: (0..<examples * bins).map { _ in Float(generator.uniform(0.5...1.5)) },
      labels: (0..<examples).map { $0 % 4 })
  }

  /// Noise in place of features.
  func input(examples: Int) -> Batch {
    var generator = SeededGenerator(seed: 1)
    var input = Batch(count: examples, shape: network.inputShape)
    for index in input.values.indices { input.values[index] = Float(generator.uniform()) }
    return input
  }
}
