/// A trained classifier: everything that turns samples into class probabilities.
///
///     samples → Welch (spectrum) → features → network(parameters) → softmax(logits / temperature)
public struct Model: Hashable, Sendable {
  /// The class that is told where the model is not confident; no model names a class so.
  public static let unknown = "unknown"

  /// The default ``window`` [samples].
  public static let defaultWindow = 65_536

  /// The network's layers.
  public var network: NetworkDescription

  /// The weights and running statistics, in the order of the network's parameters.
  public var parameters: [Float]

  /// How a spectrum becomes the network's input.
  public var features: FeatureConfiguration

  /// How samples become a spectrum.
  public var spectrum: SpectrumConfiguration

  /// How many samples one classification looks at [samples].
  public var window: Int

  /// The occupied bandwidths that the model was trained for, over the sample rate; `nil` where
  /// nobody stated them.
  public var bandwidths: ClosedRange<Double>?

  /// The distance of the spectrum's bins in Hz, where the model was trained for one rate: captures
  /// of another are resampled; `nil` where frequencies are relative to the sample rate [Hz].
  public var binWidth: Double?

  /// The names of the classes, in the order of the network's outputs.
  public var classes: [String]

  /// The probability below which the answer is ``unknown``; 0 never answers so.
  public var confidenceThreshold: Float

  /// What the logits are divided by before the softmax, so that probabilities are calibrated.
  public var temperature: Float

  /// Where the model comes from.
  public var provenance: Provenance

  /// Creates a model from its parts; ``makeNetwork()`` tells whether they fit each other.
  public init(
    network: NetworkDescription, parameters: [Float],
    features: FeatureConfiguration = .default, spectrum: SpectrumConfiguration = .default,
    window: Int = Model.defaultWindow, bandwidths: ClosedRange<Double>? = nil,
    binWidth: Double? = nil,
    classes: [String], confidenceThreshold: Float = 0,
    temperature: Float = 1, provenance: Provenance
  ) {
    self.network = network
    self.parameters = parameters
    self.features = features
    self.spectrum = spectrum
    self.window = window
    self.bandwidths = bandwidths
    self.binWidth = binWidth
    self.classes = classes
    self.confidenceThreshold = confidenceThreshold
    self.temperature = temperature
    self.provenance = provenance
  }

  /// The sample rate that the model was trained for, if it was for one [Hz].
  public var sampleRate: Double? { binWidth.map { $0 * Double(spectrum.bins) } }

  /// Returns the network that the description makes, after checking that all parts fit it.
  ///
  /// - Throws: ``ConfigurationError`` naming the field that does not fit, and why.
  public func makeNetwork() throws(ConfigurationError) -> Network {
    try Self.within("spectrum", spectrum.validateForModel)
    try Self.within("features", features.validate)
    guard features.bins == spectrum.bins else {
      throw ConfigurationError(
        "features.bins", "is \(features.bins); the spectrum has \(spectrum.bins) bins")
    }
    guard windows.contains(window) else {
      throw ConfigurationError(
        "window",
        "is \(window) samples; it must be \(windows.lowerBound) to \(windows.upperBound)")
    }
    if let bandwidths, !(bandwidths.lowerBound > 0 && bandwidths.upperBound <= 1) {
      throw ConfigurationError(
        "bandwidths",
        "are \(bandwidths.lowerBound) to \(bandwidths.upperBound) of the sample rate; they must "
          + "be above 0 and 1 at most")
    }
    if let binWidth, !(binWidth > 0 && binWidth < 1e12) {
      throw ConfigurationError("binWidth", "is \(binWidth) Hz; it must be above 0 and below 1e12")
    }
    guard !classes.isEmpty, Set(classes).count == classes.count,
      !classes.contains(where: { $0.isEmpty || $0 == Self.unknown })
    else {
      throw ConfigurationError(
        "classes", "are \(classes); names stand once, none empty or '\(Self.unknown)'")
    }
    guard (0...1).contains(confidenceThreshold) else {
      throw ConfigurationError(
        "confidenceThreshold", "is \(confidenceThreshold); it must be 0 to 1")
    }
    guard temperature > 0, temperature.isFinite else {
      throw ConfigurationError("temperature", "is \(temperature); it must be positive")
    }
    let built: Network
    do {
      built = try Network(network)
    } catch {
      throw ConfigurationError("network", "cannot be built: \(error)")
    }
    try check(built)
    return built
  }

  /// The windows that the model can look at: what its channels need at least, and no more than
  /// 512 MiB [samples].
  package var windows: ClosedRange<Int> {
    let least = spectrum.leastSamples(for: features.channels)
    return least...max(least, 1 << 26)
  }

  private func check(_ built: Network) throws(ConfigurationError) {
    guard built.inputShape == features.shape else {
      throw ConfigurationError(
        "network.inputShape", "is \(built.inputShape); the features have shape \(features.shape)")
    }
    let output = Shape(channels: classes.count, length: 1)
    guard built.outputShape == output else {
      throw ConfigurationError(
        "network", "puts out \(built.outputShape); \(classes.count) classes need \(output)")
    }
    guard parameters.count == built.parameterCount else {
      throw ConfigurationError(
        "parameters", "are \(parameters.count); the network has \(built.parameterCount)")
    }
    for parameter in built.parameters {
      // A running variance goes under a square root.
      let least: Float = parameter.name.hasSuffix("running_var") ? 0 : -.greatestFiniteMagnitude
      let values = parameters[parameter.range]
      guard let index = values.firstIndex(where: { !($0 >= least && $0 < .infinity) }) else {
        continue
      }
      throw ConfigurationError(
        "parameters",
        "are not all finite, and variances not negative: \(parameter.name) holds "
          + "\(parameters[index]) at \(index - values.startIndex)")
    }
  }

  private static func within(
    _ field: String, _ validate: () throws(ConfigurationError) -> Void
  ) throws(ConfigurationError) {
    do {
      try validate()
    } catch {
      throw ConfigurationError("\(field).\(error.field)", error.reason)
    }
  }
}
