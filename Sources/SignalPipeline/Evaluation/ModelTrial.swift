/// One thread's memory for trying a model, step by step.
struct ModelTrial: ~Copyable {
  /// The features that were computed last, `(C, L)` row-major.
  private(set) var features: [Float]

  private let transform: FeatureTransform
  private let channels: [SpectrumChannel]
  private let network: Network
  private let parameters: [Float]
  private let temperature: Double
  private var workspace: Network.Workspace
  private var input: Batch

  /// Prepares for spectra of some channels.
  init(_ model: Model, channels: [SpectrumChannel]) throws {
    let transform = try FeatureTransform(model.features)
    let network = try model.makeNetwork()
    self.transform = transform
    self.network = network
    parameters = model.parameters
    temperature = Double(model.temperature)
    self.channels = channels
    features = [Float](repeating: 0, count: transform.count)
    workspace = network.makeWorkspace(count: 1)
    input = Batch(count: 1, shape: network.inputShape)
  }

  /// Computes the features of a spectrum as at inference.
  mutating func computeFeatures(of spectrum: [Float]) {
    var own: [Float] = []
    swap(&own, &features)
    var span = own.mutableSpan
    transform.apply(spectrum.span, of: channels, rotation: nil, to: &span)
    swap(&own, &features)
  }

  /// Computes the logits of the features.
  mutating func logits() -> [Float] {
    input.store(features, at: 0)
    network.forward(input, parameters: parameters, mode: .inference, workspace: &workspace)
    return Array(workspace.logits[..<network.outputShape.count])
  }

  /// The probabilities of logits, at the model's temperature.
  func probabilities(_ logits: [Float]) -> [Float] {
    Probability.logSoftmax(logits, temperature: temperature).map(Probability.of)
  }

  /// Whether values are the same, bit by bit.
  static func areSame(_ values: [Float], _ others: [Float]) -> Bool {
    precondition(values.count == others.count, "\(values.count) beside \(others.count) values")
    var difference: UInt32 = 0
    for index in values.indices {
      difference |= values[index].bitPattern ^ others[index].bitPattern
    }
    return difference == 0
  }

  /// The largest difference of two values at the same place; NaN differs by infinity.
  static func largestDifference(_ values: [Float], _ others: [Float]) -> Float {
    zip(values, others).reduce(0) { largest, pair in
      let difference = abs(pair.0 - pair.1)
      return max(largest, difference.isNaN ? .infinity : difference)
    }
  }

  /// The place of the largest value, the first of equals.
  static func best(of values: [Float]) -> Int {
    values.indices.max { values[$0] < values[$1] || (values[$0] == values[$1] && $0 > $1) } ?? 0
  }
}
