import SignalPipeline

private let file = MemoryFile()

/// Reads a model's file; one that is read makes a network.
func fuzzModel(_ bytes: [UInt8]) {
  file.replace(by: bytes)
  guard let model = readOrRefuse({ try ModelFile.read(file.path) }) else { return }
  require((try? model.makeNetwork()) != nil, "a model was read that makes no network")
}
