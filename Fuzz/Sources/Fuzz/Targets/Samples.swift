import SignalPipeline
import SystemPackage

private let file = MemoryFile()

/// Reads samples of any format, in pieces of any size, behind any number of bytes to skip.
///
/// The input's first four bytes choose; the others are the capture.
func fuzzSamples(_ bytes: [UInt8]) {
  guard bytes.count >= 4 else { return }
  let format = SampleFormat.allCases[Int(bytes[0]) % SampleFormat.allCases.count]
  let piece = Int(bytes[2]) + 1
  let content = Array(bytes.dropFirst(4))
  file.replace(by: content)
  let configuration = CaptureConfiguration(
    format: format, skipBytes: Int(bytes[1]), replaceNonfinite: bytes[3] & 1 == 0)
  readOrRefuse {
    try readAll(
      try CaptureOpening.open(FilePath(file.path), configuration), of: content, by: piece)
  }
}
