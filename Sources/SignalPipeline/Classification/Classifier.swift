/// Classifies windows of samples with one model, on one thread.
///
/// It owns the FFT plan and every buffer, so that a window costs no allocation that grows with
/// the stream.
public struct Classifier: ~Copyable {
  /// The model.
  public let model: Model

  private let network: Network
  private let transform: FeatureTransform
  private var detector: SignalDetector
  private var estimator: WelchEstimator
  private let channels: [SpectrumChannel]
  private var workspace: Network.Workspace
  private var features: [Float]
  private var input: Batch

  /// Prepares a model for use.
  ///
  /// - Throws: ``ConfigurationError`` when the model's parts do not fit each other.
  public init(_ model: Model) throws {
    let network = try model.makeNetwork()
    let transform = try FeatureTransform(model.features)
    let detector = try SignalDetector(for: model.spectrum)
    let channels = SpectrumChannel.withMean(model.features.channels)
    let estimator = try WelchEstimator(model.spectrum, channels: channels)
    self.model = model
    self.network = network
    self.transform = transform
    self.detector = detector
    self.estimator = estimator
    self.channels = channels
    workspace = network.makeWorkspace(count: 1)
    features = [Float](repeating: 0, count: transform.count)
    input = Batch(count: 1, shape: network.inputShape)
  }

  /// Classifies one window.
  ///
  /// - Parameters:
  ///   - samples: The window, at least one segment long; for features of the kurtosis two.
  ///   - index: Its number.
  ///   - start: Where it begins in the input [samples].
  ///   - path: What an error calls the input.
  /// - Returns: The answer, with the noise floor and the highest bin.
  /// - Throws: ``FileError`` for samples so large that their power overflows.
  public mutating func classify(
    _ samples: Span<IQSample>, index: Int = 0, start: Int = 0, of path: String = "samples"
  ) throws(FileError) -> WindowResult {
    estimator.add(samples)
    guard let spectrum = estimator.finish() else {
      preconditionFailure("a window of \(samples.count) samples holds no segment")
    }
    try spectrum.checkFinite(of: path, samples: start..<start + samples.count)
    let presence = detector.detect(spectrum)
    return WindowResult(
      index: index, start: start, samples: samples.count,
      prediction: presence.isPresent ? predict(spectrum) : .noise, presence: presence)
  }

  /// What the model says of a spectrum, which tells the model's channels.
  mutating func predict(_ spectrum: PowerSpectrum) -> Prediction {
    guard let values = spectrum.values(of: channels) else {
      preconditionFailure("\(spectrum.segments) segment has no kurtosis")
    }
    // Out of the struct while the transform reads it: a live span locks the whole struct.
    var features: [Float] = []
    swap(&features, &self.features)
    var span = features.mutableSpan
    transform.apply(values.span, of: channels, rotation: nil, to: &span)
    input.store(features, at: 0)
    swap(&features, &self.features)
    network.forward(
      input, parameters: model.parameters, mode: .inference, workspace: &workspace)
    let logits = workspace.logits[..<network.outputShape.channels]
    return Prediction(
      logProbabilities: Probability.logSoftmax(logits, temperature: Double(model.temperature)),
      threshold: model.confidenceThreshold)
  }
}
