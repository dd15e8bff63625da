import SignalPipeline
import SystemPackage

private let file = MemoryFile()
private let folder = MemoryFolder(["a.sigmf": file])

/// Reads a SigMF archive with checksums that fit, and one in eight as it is.
func fuzzArchive(_ bytes: [UInt8]) {
  let repaired = repairingChecksums(of: bytes)
  check(repaired)
  if checksum(of: bytes) % 8 == 0 { check(bytes) }
}

private func check(_ bytes: [UInt8]) {
  file.replace(by: bytes)
  let path = FilePath("\(folder.path)/a.sigmf")
  var readings: [SigMFMetadata: Reading] = [:]
  readOrRefuse {
    let archive = try SigMFArchive(path)
    // Of many recordings each is one more look at the same bytes.
    for name in archive.names.prefix(8) {
      // One recording may be wrong and the next one right.
      let recording = readOrRefuse { try archive.recording(named: name) }
      guard let recording else { continue }
      let reading = check(recording, dataset: 0..<bytes.count)
      if archive.names.count == 1 { readings[recording.metadata] = reading }
    }
  }
  // The same walk by other ways: one input in four takes them.
  if checksum(of: bytes) % 4 == 0 {
    readOrRefuse {
      for path in try SigMFRecording.paths(of: path).prefix(8) {
        readOrRefuse { try SigMFRecording.locate(path) }
      }
    }
    readOrRefuse { try SigMFRecording.verifyCollection(path) }
  }
  guard let stream = openStream(of: bytes, packet: 512) else { return }
  var metadata: SigMFMetadata?
  let streamed = Reading(by: 64) {
    var source = try ByteSource(reading: stream, named: "-", closes: true)
    let recording = try SigMFRecording.read(archive: &source)
    metadata = recording.metadata
    return try CaptureOpening.open(
      source, container: .sigmf, header: recording.facts, name: CaptureFacts(),
      segments: recording.segments, .default)
  }
  // Where two entries have one name, a file yields the last one and a stream the first.
  if let metadata, let reading = readings[metadata],
    reading.info?.header == streamed.info?.header
  {
    reading.requireAgreement(withStream: streamed)
  }
}

/// Makes every block that says it is a tar header one whose checksum fits.
private func repairingChecksums(of bytes: [UInt8]) -> [UInt8] {
  var bytes = bytes
  for start in stride(from: 0, through: bytes.count - 512, by: 512)
  where bytes[(start + 257)...].starts(with: "ustar".utf8) {
    let field = start + 148..<start + 156
    bytes.replaceSubrange(field, with: repeatElement(0x20, count: 8))
    let sum = bytes[start..<start + 512].reduce(0) { $0 + Int($1) }
    let digits = String(sum, radix: 8)
    let text = String(repeating: "0", count: 6 - digits.count) + digits
    bytes.replaceSubrange(field, with: Array(text.utf8) + [0, 0x20])
  }
  return bytes
}
