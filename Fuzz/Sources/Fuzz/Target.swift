import SignalPipeline

/// The parsers of what users feed; `Corpus/` and `Dictionaries/` name them alike.
enum Target: String, CaseIterable {
  case checkpoint, conditions, json, manifest, model, network, npy, samples

  /// Parses an input; returns if it was read or refused, as every input must be.
  func run(_ bytes: [UInt8]) {
    switch self {
    case .checkpoint: fuzzCheckpoint(bytes)
    case .conditions: fuzzConditions(bytes)
    case .json: fuzzJSON(bytes)
    case .manifest: fuzzManifest(bytes)
    case .model: fuzzModel(bytes)
    case .network: fuzzNetwork(bytes)
    case .npy: fuzzNPY(bytes)
    case .samples: fuzzSamples(bytes)
    }
  }
}
