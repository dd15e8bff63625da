import SignalPipeline

private let file = MemoryFile()

/// Reads a model's file; one that is read makes a network, and is the same when written.
func fuzzModel(_ bytes: [UInt8]) {
  file.replace(by: bytes)
  guard let model = readOrRefuse({ try ModelFile.read(file.path) }) else { return }
  require((try? model.makeNetwork()) != nil, "a model was read that makes no network")
  let path = "\(MemoryFolder.scratch.path)/model"
  let again = readOrRefuse {
    try ModelFile.write(model, to: path)
    let first = try InputFile.read(path, limit: .max)
    try ModelFile.write(ModelFile.read(path), to: path)
    return try first == InputFile.read(path, limit: .max)
  }
  require(again == true, "a model changed when written and read: \(model)")
}
