import FuzzLimits
import Glibc
import SignalPipeline
import SystemPackage

/// Opens an input as a file of a name and as a stream, and reads all its samples.
func fuzzCapture(_ file: MemoryFile, _ bytes: [UInt8], named name: String) {
  readOrRefuse {
    let source = try ByteSource(opening: FilePath(file.path))
    try readAll(try CaptureOpening.open(source, fileName: name, .default), of: bytes, by: 64)
  }
  guard let stream = openStream(of: bytes) else { return }
  readOrRefuse {
    let source = try ByteSource(reading: stream, named: "-", closes: true)
    try readAll(try CaptureOpening.open(source, fileName: nil, .default), of: bytes, by: 64)
  }
}

/// Reads a capture to its end, in pieces.
///
/// - Parameters:
///   - reader: The reader at the first sample.
///   - content: All bytes that there are.
///   - piece: How many samples are asked for at a time.
func readAll(
  _ reader: consuming IQReader, of content: [UInt8], by piece: Int
) throws(FileError) {
  let info = reader.info
  checkFacts(rate: info.sampleRate, center: info.centerFrequency)
  guard info.format.isComplex else { return }  // until the reader takes real samples
  var samples = [IQSample](repeating: .zero, count: piece)
  while case let count = try reader.read(into: &samples, count: piece), count > 0 {
    require(
      samples.prefix(count).allSatisfy { $0.i.isFinite && $0.q.isFinite },
      "a sample of \(info.format.rawValue) that is not finite")
  }
  require(reader.position <= content.count, "\(reader.position) samples")
  try reader.checkEnd()
  if let count = info.sampleCount {
    require(count == reader.position, "\(reader.position) samples, \(count) were told")
  }
}

/// Makes facts a finding that no capture can have.
func checkFacts(rate: Double?, center: Double?) {
  if let rate { require(rate > 0 && rate.isFinite, "a rate of \(rate) Hz") }
  if let center { require(center.isFinite, "a centre of \(center) Hz") }
}

/// Opens bytes as what cannot seek and has no size.
///
/// - Returns: The end to read; `nil` for more than a stream holds at one time.
func openStream(of bytes: [UInt8]) -> FileDescriptor? {
  var ends: [CInt] = [0, 0]
  guard bytes.count <= 1 << 16,
    socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0, &ends) == 0
  else { return nil }
  let (reading, writing) = (FileDescriptor(rawValue: ends[0]), FileDescriptor(rawValue: ends[1]))
  do {
    try bytes.withUnsafeBytes { _ = try writing.writeAll($0) }
    try writing.close()
  } catch {
    fuzz_finding("the harness cannot write its stream: \(error)")
  }
  return reading
}
