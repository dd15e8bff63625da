import SignalPipeline

/// The parsers of what users feed; `Corpus/` and `Dictionaries/` name them alike.
enum Target: String, CaseIterable {
  case archive, checkpoint, conditions, json, manifest, model, names, network, npy, samples, sigmf
  case wav

  /// The heap that a parser may take for each byte of its input.
  var heapFactor: Int {
    switch self {
    // Any JSON becomes a tree: `{"":0}` takes 152 bytes within another such object, `[0]` 56.
    case .archive, .sigmf: 32
    // The decoder has a map of the text beside what it decodes.
    case .json: 64
    default: 20
    }
  }

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
