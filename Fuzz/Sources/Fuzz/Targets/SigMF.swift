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
  if let found = readOrRefuse({ try SigMFRecording.locate(path.appending("a.sigmf-meta")) }),
    let recording = found
  {
    _ = check(recording, dataset: 0..<datasetSize)
    checkRoundTrip(recording.metadata)
    // What breaks the specification is written as it should have been.
    if recording.deviations.isEmpty { checkKept(recording.metadata, of: bytes) }
  }
  readOrRefuse { try SigMFRecording.locate(path.appending("d.bin")) }
  let collection = path.appending("c.sigmf-collection")
  readOrRefuse { try SigMFRecording.paths(of: collection) }
  readOrRefuse { try SigMFRecording.verifyCollection(collection) }
}

/// Fields that are left out where they say what holds without them.
private let fieldsWithDefaults: Set<String> = [
  "core:extensions", "core:header_bytes", "core:metadata_only", "core:num_channels", "core:offset",
  "core:trailing_bytes",
]

/// Makes it a finding if metadata loses a field when it is read and written.
private func checkKept(_ metadata: SigMFMetadata, of bytes: [UInt8]) {
  if isLong { return }
  readOrRefuse {
    let whole = try JSONParser.value(of: bytes, path: "json")
    let written = try JSONParser.value(
      of: JSON.encode(metadata, path: "json"), path: "json")
    require(
      whole.isKept(in: written, butFor: fieldsWithDefaults),
      "fields were lost:\n\(whole)\n\(written)")
  }
}

/// Checks what a recording says of its samples against the bytes that there are, and reads them.
func check(_ recording: SigMFRecording, dataset: Range<Int>) -> Reading {
  let facts = recording.facts
  checkFacts(rate: facts.sampleRate, center: facts.centerFrequency)
  if let format = facts.format {
    for segment in recording.segments {
      let bytes = (segment.count ?? 0) * format.bytesPerSample
      require(
        segment.start >= 0 && segment.dataOffset >= dataset.lowerBound && bytes >= 0
          && segment.dataOffset + bytes <= dataset.upperBound,
        "\(segment) of \(format.rawValue) beyond the dataset's bytes \(dataset)")
    }
  } else {
    require(false, "a recording without a format")
  }
  readOrRefuse { try recording.verify() }
  func read(_ configuration: CaptureConfiguration = .default) -> Reading {
    Reading(by: 64) {
      try CaptureOpening.open(
        ByteSource(opening: recording.dataPath), container: .sigmf, header: facts,
        name: CaptureFacts(), segments: recording.segments, configuration)
    }
  }
  let whole = read()
  let count = recording.segments.count
  if whole.error == nil, (2...8).contains(count), facts.format?.isComplex == true {
    let parts = (0..<count).map { read(CaptureConfiguration(segment: $0)).samples }
    require(
      Array(parts.joined()) == whole.samples,
      "the segments are not the whole: \(recording.segments)")
  }
  return whole
}
