import SignalPipeline

/// Reads any JSON, as the library's own files are read and as other people's; what was read can
/// be written and read again.
func fuzzJSON(_ bytes: [UInt8]) {
  let value = readOrRefuse { try JSON.decode(JSONValue.self, from: bytes, path: "json") }
  if let value { checkRoundTrip(value) }
  guard let other = readOrRefuse({ try JSONParser.value(of: bytes, path: "json") }) else { return }
  checkRoundTrip(other)
  // The decoder takes no byte order mark.
  if bytes.first != 0xEF {
    require(value != nil, "the decoder refuses what the parser reads: \(other)")
  }
}
