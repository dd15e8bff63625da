import SignalPipeline
import SystemPackage

private let content = [UInt8](repeating: 7, count: 48)
private let file = MemoryFile(content)

/// Reads what a file's name tells, and opens a raw file of that name.
func fuzzNames(_ bytes: [UInt8]) {
  // What the file system allows in a name.
  let name = String(decoding: bytes.filter { $0 != 0 && $0 != 0x2F }.prefix(255), as: UTF8.self)
  guard !name.isEmpty else { return }
  let facts = CaptureFileName.facts(of: name)
  checkFacts(rate: facts.sampleRate, center: facts.centerFrequency)
  let reading = Reading(by: 64) {
    let source = try ByteSource(
      reading: .open(FilePath(file.path), .readOnly), named: name, closes: true)
    return try CaptureOpening.open(source, fileName: name, .default)
  }
  if let info = reading.info {
    require(info.format == facts.format, "\(info.format) of a name that tells \(facts)")
  }
}
