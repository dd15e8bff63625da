import SignalPipeline

/// The parsers of what users feed; `Corpus/` and `Dictionaries/` name them alike.
enum Target: String, CaseIterable {
  case archive, checkpoint, conditions, json, manifest, model, names, network, npy, samples, sigmf
  case wav

  /// Parses an input; returns if it was read or refused, as every input must be.
  func run(_ bytes: [UInt8]) {
    switch self {
    case .archive: fuzzArchive(bytes)
    case .checkpoint: fuzzCheckpoint(bytes)
    case .conditions: fuzzConditions(bytes)
    case .json: fuzzJSON(bytes)
    case .manifest: fuzzManifest(bytes)
    case .model: fuzzModel(bytes)
    case .names: fuzzNames(bytes)
    case .network: fuzzNetwork(bytes)
    case .npy: fuzzNPY(bytes)
    case .samples: fuzzSamples(bytes)
    case .sigmf: fuzzSigMF(bytes)
    case .wav: fuzzWAV(bytes)
    }
  }
}
