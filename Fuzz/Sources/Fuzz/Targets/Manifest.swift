import SignalPipeline

private let file = MemoryFile()

/// Reads a dataset's manifest.
func fuzzManifest(_ bytes: [UInt8]) {
  file.replace(by: bytes)
  readOrRefuse { try DatasetManifest(readingFrom: file.path) }
}
