import ArgumentParser
import SignalPipeline

/// The network and its features.
struct NetworkOptions: ParsableArguments {
  @Option(
    help: """
      A preset (\(Architecture.allCases.map(\.rawValue).joined(separator: ", "))) or a JSON file.
      """)
  var network = Architecture.standard.rawValue

  @Option(
    help: """
      The map of powers to [0,1]: \(PSDNormalization.named.map(\.name).joined(separator: ", ")) \
      (default: the preset's).
      """)
  var normalization: PSDNormalization?

  @Option(
    help: "The roll of the frequency axis: none, random or canonical (default: the preset's).")
  var roll: FeatureConfiguration.Roll?

  @Option(help: "Neighbouring bins that are averaged (default: the preset's).")
  var binsPerFeature: Int?

  /// The preset of that name, or `nil` for a file.
  private var preset: Architecture? { Architecture(rawValue: network) }

  /// How spectra of `bins` bins become the network's input.
  func features(bins: Int) -> FeatureConfiguration {
    var features = (preset ?? .standard).features
    features.bins = bins
    if let normalization { features.normalization = normalization }
    if let roll { features.roll = roll }
    if let binsPerFeature { features.binsPerFeature = binsPerFeature }
    return features
  }

  /// The network for that number of classes.
  func description(classes: Int) throws -> NetworkDescription {
    if let preset { return preset.description(classes: classes) }
    let text = try InputFile.read(network, limit: 1 << 20)
    return try JSON.decode(NetworkDescription.self, from: text, path: network)
  }
}

extension FeatureConfiguration.Roll: ExpressibleByArgument {}
