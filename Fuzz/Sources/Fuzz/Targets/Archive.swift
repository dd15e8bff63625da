import SignalPipeline
import SystemPackage

private let file = MemoryFile()
private let folder = MemoryFolder(["a.sigmf": file])

/// Reads a SigMF archive, as it is and with checksums that fit.
func fuzzArchive(_ bytes: [UInt8]) {
  check(bytes)
  let repaired = repairingChecksums(of: bytes)
  if repaired != bytes { check(repaired) }
}

private func check(_ bytes: [UInt8]) {
  file.replace(by: bytes)
  let path = FilePath("\(folder.path)/a.sigmf")
  readOrRefuse {
    let archive = try SigMFArchive(path)
    for name in archive.names {
      // One recording may be wrong and the next one right.
      let recording = readOrRefuse { try archive.recording(named: name) }
      if let recording { check(recording, dataset: 0..<bytes.count) }
    }
  }
  readOrRefuse {
    for path in try SigMFRecording.paths(of: path) {
      readOrRefuse { try SigMFRecording.locate(path) }
    }
  }
  guard let stream = openStream(of: bytes) else { return }
  readOrRefuse {
    var source = try ByteSource(reading: stream, named: "-", closes: true)
    let recording = try SigMFRecording.read(archive: &source)
    let reader = try CaptureOpening.open(
      source, container: .sigmf, header: recording.facts, name: CaptureFacts(), .default)
    try readAll(reader, of: bytes, by: 64)
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
