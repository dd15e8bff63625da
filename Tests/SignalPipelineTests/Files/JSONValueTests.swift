import SignalPipeline
import Testing

@Suite struct JSONValueTests {
  struct Example: Codable, Hashable {
    var seed = UInt64.max
    var small = -3
    var half = 0.5
    var noiseless = Double.infinity
    var name = "a/b \"c\""
    var flags = [true, false]
    var nothing: Int?
    var spectrum = SpectrumConfiguration.default
  }

  @Test("a value comes back the same from its JSON form, 64-bit integers and infinities too")
  func roundTrip() throws {
    let value = try JSONValue(encoding: Example())
    #expect(try value.decode(as: Example.self) == Example())
    let text = try JSON.encode(value, path: "x")
    #expect(try JSON.decode(JSONValue.self, from: text, path: "x") == value)
    #expect(text == (try JSON.encode(Example(), path: "x")))
  }

  @Test(
    "an error names the key",
    arguments: [
      (#"{"bins":8,"overlap":4}"#, "x: key window: this key is missing"),
      (#"{"bins":8,"overlap":4,"window":"kaiser"}"#, "x: key window: "),
      (#"{"bins":"8","overlap":4,"window":"hann"}"#, "x: key bins: "),
      (#"{"bins":8"#, "x: "),
      ("", "x: "),
    ])
  func errors(_ text: String, _ expected: String) throws {
    #expect {
      try JSON.decode(SpectrumConfiguration.self, from: Array(text.utf8), path: "x")
    } throws: {
      "\($0)".hasPrefix(expected)
    }
  }

  @Test("text nested without end throws before it exhausts the stack")
  func deep() {
    let text = [UInt8](repeating: UInt8(ascii: "["), count: 100_000)
    #expect(throws: FileError.self) { try JSON.decode(JSONValue.self, from: text, path: "x") }
  }
}
