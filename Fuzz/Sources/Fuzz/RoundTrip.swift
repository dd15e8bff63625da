import SignalPipeline

/// Writes a value as JSON and reads it again, until the text stays the same.
///
/// It must do so from the second text on: the first may tell a number beyond 2⁶³ as a power of
/// ten that is read as an integer, which is equal as a `Double`.
///
/// Not for long inputs, whose cost shall be the parser's alone.
func checkRoundTrip<Value: Codable>(_ value: Value) {
  if isLong { return }
  let done: Void? = readOrRefuse {
    let first = try JSON.encode(value, path: "json")
    let second = try again(first, as: Value.self)
    let third = try again(second, as: Value.self)
    require(second == third, "\(value) does not settle")
  }
  require(done != nil, "what was read cannot be written and read again: \(value)")
}

private func again<Value: Codable>(
  _ text: [UInt8], as type: Value.Type
) throws(FileError) -> [UInt8] {
  try JSON.encode(JSON.decode(type, from: text, path: "json"), path: "json")
}
