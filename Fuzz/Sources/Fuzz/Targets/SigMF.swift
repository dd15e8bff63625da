import SignalPipeline
import SystemPackage

private let text = MemoryFile()
private let datasetSize = 64
private let dataset = MemoryFile([UInt8](repeating: 7, count: datasetSize))

private let folder = MemoryFolder([
  "a.sigmf-meta": text, "a.sigmf-data": dataset, "d.bin": dataset, "c.sigmf-collection": text,
])

/// Reads the metadata of a recording, and a collection.
func fuzzSigMF(_ bytes: [UInt8]) {
  text.replace(by: bytes)
  let path = FilePath(folder.path)
  if let recording = readOrRefuse({ try SigMFRecording.locate(path.appending("a.sigmf-meta")) }) {
    if let recording {
      check(recording, dataset: 0..<datasetSize)
      checkRoundTrip(recording.metadata)
    }
  }
  readOrRefuse { try SigMFRecording.locate(path.appending("d.bin")) }
  readOrRefuse { try SigMFRecording.paths(of: path.appending("c.sigmf-collection")) }
}

/// Checks what a recording says of its samples against the bytes that there are, and reads them.
func check(_ recording: SigMFRecording, dataset: Range<Int>) {
  let facts = recording.facts
  checkFacts(rate: facts.sampleRate, center: facts.centerFrequency)
  guard let format = facts.format else { return require(false, "a recording without a format") }
  for segment in recording.segments {
    let bytes = (segment.count ?? 0) * format.bytesPerSample
    require(
      segment.start >= 0 && segment.dataOffset >= dataset.lowerBound && bytes >= 0
        && segment.dataOffset + bytes <= dataset.upperBound,
      "\(segment) of \(format.rawValue) beyond the dataset's bytes \(dataset)")
  }
  readOrRefuse { try recording.verify() }
  readOrRefuse {
    let source = try ByteSource(opening: recording.dataPath)
    let reader = try CaptureOpening.open(
      source, container: .sigmf, header: facts, name: CaptureFacts(), .default)
    try readAll(reader, of: [UInt8](repeating: 0, count: dataset.upperBound), by: 64)
  }
}
