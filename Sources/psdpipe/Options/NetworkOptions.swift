import ArgumentParser
import SignalPipeline

/// The network and its features.
struct NetworkOptions: ParsableArguments {
  @Option(
    help: """
      A preset (\(Architecture.allCases.map(\.rawValue).joined(separator: ", "))) or a JSON \
      file, which docs/networks.md explains.
      """)
  var network = Architecture.standard.rawValue

  @Option(
    help: """
      The map of powers to [0,1]: \(PSDNormalization.named.map(\.name).joined(separator: ", ")) \
      (default: the preset's).
      """)
  var normalization: PSDNormalization?

  @Option(
    help: """
      The roll of the frequency axis: none, random, canonical (its maximum at 0) or centroid (the \
      centre of its power at 0, between bins; default: the preset's).
      """)
  var roll: FeatureConfiguration.Roll?

  @Option(
    parsing: .unconditional,
    help: "Neighbouring bins that are averaged (default: the preset's).")
  var binsPerFeature: Int?

  @Option(
    help: """
      What the network sees of each bin, such as \(SpectrumChannel.text(SpectrumChannel.allCases)) \
      (default: all that the dataset holds).
      """)
  var channels: ChannelList?

  func validate() throws {
    guard let channels else { return }
    try ValidationError.naming { try SpectrumChannel.validate(channels.channels) }
  }

  /// The preset of that name, or `nil` for a file.
  private var preset: Architecture? { Architecture(rawValue: network) }

  /// How spectra of `bins` bins, of which `channels` are held, become the network's input.
  ///
  /// - Throws: ``ValidationError`` where a preset's means do not divide the bins.
  func features(bins: Int, channels held: [SpectrumChannel]) throws -> FeatureConfiguration {
    var features = (preset ?? .standard).features
    if let preset, binsPerFeature == nil, !bins.isMultiple(of: features.binsPerFeature) {
      throw ValidationError(
        "--network \(network) takes \(features.shape.length) means of "
          + "\(features.binsPerFeature) bins, which do not divide the dataset's \(bins) bins; "
          + mend(preset, bins: bins))
    }
    features.bins = bins
    // A preset of one channel takes any number; one of several is made for these.
    let own = features.channels.count > 1 ? features.channels : held
    features.channels = channels?.channels ?? own
    if let normalization { features.normalization = normalization }
    if let roll { features.roll = roll }
    if let binsPerFeature { features.binsPerFeature = binsPerFeature }
    return features
  }

  /// What makes features of the length that a preset takes, where these bins do not.
  private func mend(_ preset: Architecture, bins: Int) -> String {
    let wanted = preset.features
    guard bins.isMultiple(of: wanted.shape.length) else {
      let channels =
        wanted.channels.count > 1 ? " --channels \(SpectrumChannel.text(wanted.channels))" : ""
      return "psdpipe generate --bins \(wanted.bins)\(channels) makes a dataset that fits"
    }
    return "--bins-per-feature \(bins / wanted.shape.length) makes them fit"
  }

  /// What asks for channels, and how a dataset comes to hold them.
  func demand(for channels: [SpectrumChannel]) -> String {
    let text = SpectrumChannel.text(channels)
    return (self.channels == nil ? "--network \(network) takes " : "--channels asks for ") + text
      + "; psdpipe generate --channels \(text) makes a dataset that holds them"
  }

  /// The network that takes those features and tells that many classes of a dataset apart.
  ///
  /// - Throws: ``FileError`` for a file that holds no such network, ``ValidationError`` for a
  ///   preset that does not take the features.
  func build(
    features: FeatureConfiguration, classes: Int, of dataset: String
  ) throws -> Network {
    let description = try description(classes: classes, channels: features.channels.count)
    guard description.inputShape == features.shape else {
      let reason =
        "takes features of shape \(description.inputShape); the \(features.bins) bins of \(dataset) "
        + "make \(features.shape) with --bins-per-feature \(features.binsPerFeature) and "
        + "--channels \(SpectrumChannel.text(features.channels))"
      if let preset {
        let mend = mend(preset, bins: features.bins)
        throw ValidationError("--network \(network) \(reason); \(mend)")
      }
      throw FileError(.unsupported, path: network, place: "key inputShape", reason: reason)
    }
    let built = try Self.network(description, path: network)
    let output = Shape(channels: classes, length: 1)
    guard built.outputShape == output else {
      throw FileError(
        .unsupported, path: network, place: "key layers",
        reason: "the last layer puts out \(built.outputShape); the \(classes) classes of "
          + "\(dataset) need \(output)")
    }
    return built
  }

  private func description(classes: Int, channels: Int) throws -> NetworkDescription {
    if let preset { return preset.description(classes: classes, channels: channels) }
    guard Folder.contains(network) else {
      let presets = Architecture.allCases.map(\.rawValue).joined(separator: ", ")
      throw FileError(
        .missing, path: network, reason: "there is no such file, and no such preset (\(presets))")
    }
    return try Self.read(network)
  }

  /// Reads a network's description.
  static func read(_ path: String) throws -> NetworkDescription {
    let text = try InputFile.read(path, limit: 1 << 20)
    // Of a key that stands twice the decoder takes one.
    _ = try JSONParser.value(of: text, path: path)
    return try JSON.decode(NetworkDescription.self, from: text, path: path)
  }

  /// Makes the network that a file describes.
  static func network(_ description: NetworkDescription, path: String) throws -> Network {
    do {
      return try Network(description)
    } catch {
      throw FileError(.malformed, path: path, reason: "\(error)")
    }
  }

  /// The options as they are typed; what the preset decides is left to it.
  var arguments: [String] {
    var arguments = ["--network", network]
    if let normalization { arguments += ["--normalization", normalization.optionName] }
    if let roll { arguments += ["--roll", roll.rawValue] }
    if let binsPerFeature { arguments += ["--bins-per-feature", "\(binsPerFeature)"] }
    if let channels { arguments += ["--channels", SpectrumChannel.text(channels.channels)] }
    return arguments
  }
}

extension FeatureConfiguration.Roll: ExpressibleByArgument {}
