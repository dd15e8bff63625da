import SignalPipeline

/// Reads any JSON; what was read is written as text that stays the same from then on.
func fuzzJSON(_ bytes: [UInt8]) {
  guard let value = readOrRefuse({ try JSON.decode(JSONValue.self, from: bytes, path: "json") })
  else { return }
  let done: Void? = readOrRefuse {
    let text = try JSON.encode(value, path: "json")
    let again = try JSON.decode(JSONValue.self, from: text, path: "json")
    require(try JSON.encode(again, path: "json") == text, "\(value) became \(again)")
  }
  require(done != nil, "what was read cannot be written and read again: \(value)")
}
