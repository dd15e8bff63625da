import FuzzLimits
import Glibc
import SignalPipeline
import SystemPackage

/// Opens an input as a file of a name and as a stream, and compares what both read.
func fuzzCapture(
  _ file: MemoryFile, _ bytes: [UInt8], named name: String,
  _ configuration: CaptureConfiguration = .default
) {
  func read(by piece: Int) -> Reading {
    Reading(by: piece) {
      try CaptureOpening.open(
        ByteSource(opening: FilePath(file.path)), fileName: name, configuration)
    }
  }
  let reading = read(by: 64)
  guard !isLong else { return }
  let sum = checksum(of: bytes)
  if !reading.samples.isEmpty { reading.requireSame(as: read(by: 1 + sum % 200)) }
  // Of what is refused as a file, one in four is tried as a stream.
  guard reading.info != nil || sum % 4 == 0 else { return }
  guard let stream = openStream(of: bytes, packet: 1 + sum % 600) else { return }
  reading.requireAgreement(
    withStream: Reading(by: 64) {
      try CaptureOpening.open(
        ByteSource(reading: stream, named: "-", closes: true), fileName: nil, configuration)
    })
}

/// Opens bytes as what cannot seek, has no size and yields at most a packet for a read.
///
/// - Returns: The end to read; `nil` for more than a stream holds at one time.
func openStream(of bytes: [UInt8], packet: Int) -> FileDescriptor? {
  var ends: [CInt] = [0, 0]
  let kind = CInt(SOCK_SEQPACKET.rawValue) | CInt(SOCK_CLOEXEC.rawValue)
  guard bytes.count <= 1 << 14, socketpair(AF_UNIX, kind, 0, &ends) == 0 else { return nil }
  let (reading, writing) = (FileDescriptor(rawValue: ends[0]), FileDescriptor(rawValue: ends[1]))
  // A queue holds a few dozen packets.
  let size = max(packet, (bytes.count + 23) / 24)
  do {
    for start in stride(from: 0, to: bytes.count, by: size) {
      let some = bytes[start..<min(start + size, bytes.count)]
      try some.withUnsafeBytes { _ = try writing.writeAll($0) }
    }
    try writing.close()
  } catch {
    fuzz_finding("the harness cannot write its stream: \(error)")
  }
  return reading
}

/// A sum by which an input chooses how it is read, the same way when it is run again.
func checksum(of bytes: [UInt8]) -> Int { bytes.reduce(0) { $0 &+ Int($1) } }
