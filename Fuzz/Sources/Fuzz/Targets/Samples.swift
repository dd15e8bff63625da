import SignalPipeline

private let file = MemoryFile()

/// Reads samples of any format, adjusted in any way, behind any number of bytes to skip.
///
/// The input's first three bytes choose; the others are the capture.
func fuzzSamples(_ bytes: [UInt8]) {
  guard bytes.count >= 3 else { return }
  func isSet(_ bit: UInt8) -> Bool { bytes[2] & bit != 0 }
  let format = SampleFormat.allCases[Int(bytes[0]) % SampleFormat.allCases.count]
  let content = Array(bytes.dropFirst(3))
  file.replace(by: content)
  let configuration = CaptureConfiguration(
    format: format, skipBytes: Int(bytes[1]), replaceNonfinite: isSet(1),
    adjustment: SampleAdjustment(
      swapIQ: isSet(2), conjugate: isSet(4), removeDC: isSet(8), gain: isSet(16) ? 200 : 0))
  fuzzCapture(file, content, named: "capture", configuration)
}
