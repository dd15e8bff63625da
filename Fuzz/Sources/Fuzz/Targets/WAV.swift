private let file = MemoryFile()

/// Reads a WAV file and its samples, from a file and from a stream.
func fuzzWAV(_ bytes: [UInt8]) {
  file.replace(by: bytes)
  fuzzCapture(file, bytes, named: "capture.wav")
}
