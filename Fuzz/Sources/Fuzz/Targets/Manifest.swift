import SignalPipeline

private let file = MemoryFile()

/// Reads a dataset's manifest; what was read can be written and read again.
func fuzzManifest(_ bytes: [UInt8]) {
  file.replace(by: bytes)
  guard var manifest = readOrRefuse({ try DatasetManifest(readingFrom: file.path) }) else { return }
  checkRoundTrip(manifest)
  // Numbers of any JSON may be written in another way.
  manifest.generator = nil
  checkRoundTrip(manifest, isSame: ==)
}
