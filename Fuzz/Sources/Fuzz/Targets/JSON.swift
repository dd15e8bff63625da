import SignalPipeline

/// Reads any JSON, as the library's own files are read and as other people's; what was read can
/// be written and read again.
func fuzzJSON(_ bytes: [UInt8]) {
  if isLong {
    // One after the other, so that the heap is each one's own.
    readOrRefuse { _ = try JSON.decode(JSONValue.self, from: bytes, path: "json") }
    readOrRefuse { _ = try JSONParser.value(of: bytes, path: "json") }
    return
  }
  let value = readOrRefuse { try JSON.decode(JSONValue.self, from: bytes, path: "json") }
  if let value { checkRoundTrip(value) { $0.isKept(in: $1) && $1.isKept(in: $0) } }
  guard let other = readOrRefuse({ try JSONParser.value(of: bytes, path: "json") }) else { return }
  checkRoundTrip(other) { $0.isKept(in: $1) && $1.isKept(in: $0) }
  // The decoder takes no byte order mark.
  guard bytes.first != 0xEF else { return }
  guard let value else {
    return require(false, "the decoder refuses what the parser reads: \(other)")
  }
  require(
    value.isKept(in: other) && other.isKept(in: value),
    "the decoder reads \(value), the parser \(other)")
}
