import Foundation
import SignalPipeline
import Testing

@Suite struct JSONParserTests {
  private static func parse(_ text: some Sequence<UInt8>) throws -> JSONValue {
    try JSONParser.value(of: Array(text), path: "x")
  }

  @Test(
    "values are what RFC 8259 makes of them",
    arguments: [
      ("null", JSONValue.null), (" true ", .bool(true)), ("false\r\n\t", .bool(false)),
      ("0", .integer(0)), ("-0", .integer(0)), ("9223372036854775807", .integer(.max)),
      ("-9223372036854775808", .integer(.min)), ("18446744073709551615", .unsigned(.max)),
      ("18446744073709551616", .number(18_446_744_073_709_551_616)), ("0.5", .number(0.5)),
      ("-1e-3", .number(-0.001)), ("1E+2", .number(100)), ("[]", .array([])),
      ("{ }", .object([:])),
      (
        "[1,[2,{\"a\":3}]]",
        .array([.integer(1), .array([.integer(2), .object(["a": .integer(3)])])])
      ),
      (#""""#, .string("")),
      (
        #""a\"\\\/\b\f\n\r\t\u00e4\ud83d\uDE00é""#,
        .string("a\"\\/\u{8}\u{C}\n\r\tä😀é")
      ),
      ("\u{FEFF}1", .integer(1)),
    ])
  func values(_ text: String, _ expected: JSONValue) throws {
    #expect(try Self.parse(text.utf8) == expected)
  }

  @Test("an array keeps no room for elements that its text cannot hold")
  func room() throws {
    let zeros = [JSONValue](repeating: .integer(0), count: 1030)
    let text = "[" + zeros.map { _ in "0" }.joined(separator: ",") + "]"
    guard case .array(let read) = try Self.parse(text.utf8) else {
      Issue.record("no array")
      return
    }
    #expect(read == zeros)
    #expect(read.capacity < 1100)
  }

  @Test(
    "what is no JSON is told by line and column",
    arguments: [
      ("", "x: line 1, column 1: the text ends where a value is expected"),
      ("{\n  \"a\": 1,\n  oops\n}", "x: line 3, column 3: a key in quotes is expected here"),
      ("[1 2]", "x: line 1, column 4: ',' or ']' is expected here"),
      (#"{"a" 1}"#, "x: line 1, column 6: ':' is expected here"),
      (#"{"a":1"#, "x: line 1, column 7: ',' or '}' is expected here"),
      (#"{"a":1,"a":2}"#, "x: line 1, column 8: the key 'a' stands here for the second time"),
      ("[1,]", "x: line 1, column 4: a value is expected here"),
      ("nul", "x: line 1, column 1: a value is expected here"),
      ("1 1", "x: line 1, column 3: the end is expected here"),
      ("01", "x: line 1, column 1: no number"), ("1.", "x: line 1, column 1: no number"),
      (".5", "x: line 1, column 1: a value is expected"), ("-", "x: line 1, column 1: no number"),
      ("1e", "x: line 1, column 1: no number"), ("1e999", "x: line 1, column 1: no number"),
      ("NaN", "x: line 1, column 1: a value"), ("+1", "x: line 1, column 1: a value"),
      (#""a"#, "x: line 1, column 3: the text ends within a string"),
      ("\"a\nb\"", "x: line 1, column 3: a control character in a text"),
      (#""\x""#, "x: line 1, column 4: no escape that JSON knows"),
      (#""\u12""#, "x: line 1, column 4: four hexadecimal digits are expected here"),
      (#""\ud800""#, "x: line 1, column 8: half a character"),
      (#""\ud800\ud800""#, "x: line 1, column 14: half a character"),
      (#""\"#, "x: line 1, column 3: the text ends within a string"),
    ])
  func errors(_ text: String, _ expected: String) {
    #expect {
      try Self.parse(text.utf8)
    } throws: {
      "\($0)".hasPrefix(expected)
    }
  }

  @Test("nesting is read to the limit and refused beyond it")
  func depth() throws {
    for (open, close) in [("[", "]"), (#"{"a":"#, "}")] {
      func nested(_ depth: Int) -> String {
        String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
      }
      _ = try Self.parse(nested(JSONParser.depthLimit).utf8)
      for depth in [JSONParser.depthLimit + 1, 200_000] {
        #expect(throws: FileError.self) { try Self.parse(nested(depth).utf8) }
        #expect(throws: FileError.self) {
          try Self.parse(String(repeating: open, count: depth).utf8)
        }
      }
    }
  }

  @Test("bytes that are no UTF-8 are told")
  func encoding() {
    for bytes: [UInt8] in [
      [0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
    ] {
      #expect(throws: FileError.self) { try Self.parse(bytes) }
    }
  }

  @Test("what the encoder writes is read as the library's decoder reads it")
  func encoder() throws {
    let path = try ScratchFolder.golden("SigMF/tuned.sigmf-meta")
    let metadata = try SigMFMetadata(json: InputFile.read(path, limit: 1 << 20), path: path)
    let text = try JSON.encode(metadata, layout: .indented, path: path)
    #expect(try Self.parse(text) == (try JSON.decode(JSONValue.self, from: text, path: "x")))
  }
}
