import Foundation
import SignalPipeline
import SystemPackage
import Testing

@Suite struct SigMFMetadataTests {
  private static func parse(_ text: String) throws -> SigMFMetadata {
    try SigMFMetadata(json: Array(text.utf8), path: "x")
  }

  private static func text(
    global: String = "", captures: String = "", annotations: String = ""
  ) -> String {
    let required = #""core:datatype":"cf32_le","core:version":"1.2.6""#
    return """
      {"global":{\(required)\(global.isEmpty ? "" : ",")\(global)},"captures":[\(captures)],
      "annotations":[\(annotations)]}
      """
  }

  @Test("metadata made by sigmf-python is read whole, and comes back the same")
  func golden() throws {
    let path = try SigMFGoldens.path("tuned.sigmf-meta")
    let text = try InputFile.read(path.string, limit: 1 << 20)
    let metadata = try SigMFMetadata(json: text, path: path.string)
    #expect(metadata.global.datatype == "cf32_le")
    #expect(metadata.global.sampleRate == 250_000)
    #expect(metadata.global.author == "psdpipe's tests")
    #expect(
      metadata.global.extensions == [
        SigMFExtension(name: "own", version: "0.1.0", isOptional: true)
      ])
    #expect(metadata.captures.map(\.sampleStart) == [0, 100, 250])
    #expect(metadata.captures.map(\.globalIndex) == [nil, 900, nil])
    let first = metadata.annotations[0]
    #expect((first.sampleStart, first.sampleCount) == (10, 50))
    #expect(first.frequencies == .init(lower: 433.9e6, upper: 433.94e6))
    #expect(first.label == "fsk" && first.text == "fsk")
    #expect(first.comment == "Läuft")
    #expect(first.generator == "a person")
    #expect(first.uuid == "4f0b1b9e-6d5b-4f1a-9b1b-0a6a3d3d2c11")
    #expect(
      first.extra["own:power"]
        == .array([.integer(1), .number(2.5), .object(["unit": .string("dBm")])]))
    #expect(metadata.annotations[1].sampleCount == nil)
    #expect(metadata.annotations[1].text == "only a comment")

    // What a field is without being told is not written.
    let defaults = [#""core:offset": 0,"#, #""core:num_channels": 1,"#]
    let told = defaults.reduce(String(decoding: text, as: UTF8.self)) { $0.replacing($1, with: "") }
    let original = try JSON.decode(JSONValue.self, from: Array(told.utf8), path: "x")
    let written = try SigMFWriter.text(of: metadata, path: "x")
    #expect(try JSON.decode(JSONValue.self, from: written, path: "x") == original)
    #expect(try SigMFMetadata(json: written, path: "x") == metadata)
    let coded = try JSON.encode(metadata, path: "x")
    #expect(try JSON.decode(SigMFMetadata.self, from: coded, path: "x") == metadata)
  }

  @Test("a field of a declared extension that is not known comes back with the metadata")
  func extensionField() throws {
    let declared = #"[{"name":"own","version":"1","optional":true,"url":"u"}]"#
    let metadata = try Self.parse(Self.text(global: #""core:extensions":"# + declared))
    #expect(metadata.global.extensions.map(\.extra) == [["url": .string("u")]])
    let written = try SigMFWriter.text(of: metadata, path: "x")
    #expect(try SigMFMetadata(json: written, path: "x") == metadata)
  }

  @Test("the label of old annotations is what they called their description")
  func oldLabel() throws {
    let metadata = try Self.parse(
      Self.text(annotations: #"{"core:sample_start":0,"core:description":"LTE"}"#))
    #expect(metadata.annotations[0].text == "LTE")
  }

  @Test(
    "what breaks the specification is told by its JSON path",
    arguments: [
      ("[]", "x: an array where an object is needed"),
      ("{}", "x: global: this field is missing"),
      (#"{"global":3}"#, "x: global: an integer where an object is needed"),
      (#"{"global":{}}"#, "x: global.core:version: this field is missing"),
      (
        #"{"global":{"core:version":"1.2"}}"#,
        "x: global.core:version: is '1.2'; it must look like 1.2.0"
      ),
      (
        #"{"global":{"core:version":"2.0.0"}}"#,
        "x: global.core:version: is 2.0.0; versions before 2 are understood"
      ),
      (#"{"global":{"core:version":"1.0.0"}}"#, "x: global.core:datatype: this field is missing"),
      (
        #"{"global":{"core:version":"1.0.0","core:datatype":"cf32"}}"#,
        "x: global.core:datatype: is 'cf32', which lacks the byte order: it must be cf32_le or "
      ),
      (
        #"{"global":{"core:version":"1.0.0","core:datatype":"cu8_le"}}"#,
        "x: global.core:datatype: is 'cu8_le'; it must be r or c, then one of f32_le, "
      ),
      (
        #"{"global":{"core:version":"1.0.0","core:datatype":null}}"#,
        "x: global.core:datatype: this field is missing"
      ),
      (
        text(global: #""core:sample_rate":"250k""#),
        "x: global.core:sample_rate: a string where a number of Hz is needed"
      ),
      (
        text(global: #""core:sample_rate":0"#),
        "x: global.core:sample_rate: is 0.0 Hz; it must be above 0"
      ),
      (
        text(global: #""core:sample_rate":1e300"#),
        "x: global.core:sample_rate: is 1e+300 Hz; it must lie within"
      ),
      (text(global: #""core:offset":-1"#), "x: global.core:offset: is -1; it must be at least 0"),
      (
        text(global: #""core:offset":9223372036854775808"#),
        "x: global.core:offset: is 9223372036854775808; it must be at most 9223372036854775807"
      ),
      (
        text(global: #""core:offset":1.5"#),
        "x: global.core:offset: a fraction where an integer is needed"
      ),
      (
        text(global: #""core:num_channels":0"#),
        "x: global.core:num_channels: is 0; it must be at least 1"
      ),
      (
        text(global: #""core:sha512":"abc""#),
        "x: global.core:sha512: is 'abc'; it must be 128 hexadecimal digits"
      ),
      (
        text(global: #""core:dataset":"../x.raw""#),
        "x: global.core:dataset: is '../x.raw'; it must be a file's name, no folder's"
      ),
      (
        text(global: #""core:metadata_only":"yes""#),
        "x: global.core:metadata_only: a string where true or false is needed"
      ),
      (
        text(global: #""core:hw":["a"]"#), "x: global.core:hw: an array where a string is needed"
      ),
      (
        text(global: #""core:extensions":{"a":1}"#),
        "x: global.core:extensions.a: an integer where a string is needed"
      ),
      (
        text(
          global: #""core:extensions":[{"name":"a","version":"1","optional":true},{"name":"b"}]"#),
        "x: global.core:extensions[1].version: this field is missing"
      ),
      (
        text(global: #""core:extensions":[{"name":"b","version":"1.0.0","optional":false}]"#),
        "x: global.core:extensions[0].optional: is false: the extension 'b' 1.0.0 must be "
      ),
      (text(captures: "7"), "x: captures[0]: an integer where an object is needed"),
      (text(captures: "{}"), "x: captures[0].core:sample_start: this field is missing"),
      (
        text(captures: #"{"core:sample_start":9},{"core:sample_start":8}"#),
        "x: captures[1].core:sample_start: is 8, after 9 in the element before; they must ascend"
      ),
      (
        text(captures: #"{"core:sample_start":0,"core:frequency":"1G"}"#),
        "x: captures[0].core:frequency: a string where a number of Hz is needed"
      ),
      (
        text(captures: #"{"core:sample_start":0,"core:datetime":"2024-13-01T00:00:00Z"}"#),
        "x: captures[0].core:datetime: is '2024-13-01T00:00:00Z'; it must look like "
      ),
      (
        text(annotations: #"{"core:sample_start":5,"core:freq_lower_edge":4}"#),
        "x: annotations[0].core:freq_upper_edge: core:freq_lower_edge is there; both edges"
      ),
      (
        text(annotations: #"{"core:sample_start":5,"core:sample_count":-4}"#),
        "x: annotations[0].core:sample_count: is -4; it must be at least 0"
      ),
    ])
  func errors(_ text: String, _ expected: String) {
    #expect {
      try Self.parse(text)
    } throws: {
      let message = "\($0)"
      return message.hasPrefix(expected)
    }
  }

  @Test(
    "moments are those of RFC 3339; without a Z or with an offset they are brought to UTC",
    arguments: [
      ("2024-02-29T00:00:00Z", nil), ("2000-02-29T00:00:00Z", nil),
      ("1955-11-05T14:00:00.000Z", nil), ("2024-12-31T23:59:60Z", nil),
      ("2024-12-31T23:59:59.123456789012Z", nil), ("2024-12-31t23:59:59z", nil),
      ("2024-12-31T23:59:59", "2024-12-31T23:59:59Z"),
      ("2024-12-31 23:59:59Z", "2024-12-31T23:59:59Z"),
      ("2024-12-31T23:59:59.50+00:00", "2024-12-31T23:59:59.50Z"),
      ("2024-12-31T23:59:59.25-00:01", "2025-01-01T00:00:59.25Z"),
      ("2024-03-01T05:29:59.123456789012+05:30", "2024-02-29T23:59:59.123456789Z"),
      ("1969-12-31T23:59:59.9-23:59", "1970-01-01T23:58:59.9Z"),
      ("0001-01-01T00:00:00+01:00", "0000-12-31T23:00:00Z"),
      ("2000-12-31T23:59:60", "2001-01-01T00:00:00Z"),
    ])
  func moments(_ moment: String, _ normal: String?) throws {
    let text = Self.text(captures: #"{"core:sample_start":0,"core:datetime":"\#(moment)"}"#)
    var deviations: [String] = []
    let metadata = try SigMFMetadata(json: Array(text.utf8), path: "x", deviations: &deviations)
    #expect(metadata.captures[0].datetime == normal ?? moment)
    #expect(
      deviations
        == (normal.map { ["captures[0].core:datetime: is '\(moment)'; taken as \($0)"] } ?? []))
  }

  @Test(
    "what is no moment of the calendar is refused",
    arguments: [
      "2023-02-29T00:00:00Z", "2100-02-29T00:00:00Z", "2024-12-31T24:00:00Z",
      "2024-12-31T23:60:00Z", "2024-12-31T23:59:59.Z", "2024-00-10T00:00:00Z",
      "2024-04-31T00:00:00Z", "2024-1-1T00:00:00Z", "", "2024-12-31T23:59:59ZZ",
      "２024-12-31T23:59:59Z", "2024-12-31", "2024-12-31T23:59:59+1:00", "2024-12-31T23:59:59+24:00",
      "2024-12-31T23:59:59+00:60", "0000-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01",
      "9999-12-31T23:59:60", "yesterday",
    ])
  func noMoments(_ moment: String) {
    let text = Self.text(captures: #"{"core:sample_start":0,"core:datetime":"\#(moment)"}"#)
    #expect(throws: FileError.self) { try Self.parse(text) }
  }

  @Test("what breaks the specification without harm is read, told, and written as it wants it")
  func deviations() throws {
    let text = """
      {"global":{"core:datatype":"cf32_le","core:version":"0.0.2","core:hw":null,"own:x":null,
      "core:extensions":{"own":"v0.1"}},
      "annotations":[{"core:sample_start":5,"core:label":"b"},{"core:sample_start":4,
      "core:comment":null},{"core:sample_start":5,"core:label":"a"}]}
      """
    var deviations: [String] = []
    let metadata = try SigMFMetadata(json: Array(text.utf8), path: "x", deviations: &deviations)
    #expect(
      deviations == [
        "global.core:hw: is null; taken as not told",
        "global.core:extensions: is an object, as before version 1; taken as optional",
        "annotations[1].core:comment: is null; taken as not told",
        "captures: is missing; taken as empty",
        "annotations: are not in the order of core:sample_start; sorted",
      ])
    #expect(metadata.global.hardware == nil)
    #expect(metadata.global.extra == ["own:x": .null])
    #expect(
      metadata.global.extensions == [SigMFExtension(name: "own", version: "v0.1", isOptional: true)]
    )
    #expect(metadata.captures.isEmpty)
    #expect(metadata.annotations.map(\.label) == [nil, "b", "a"])
    var written: [String] = []
    let again = try SigMFMetadata(
      json: SigMFWriter.text(of: metadata, path: "x"), path: "x", deviations: &written)
    #expect(again == metadata)
    #expect(written.isEmpty)
  }

  @Test("all 28 data types of the specification are valid, and nothing else")
  func datatypes() {
    var valid = 0
    for kind in ["r", "c", "", "x"] {
      for number in ["f32", "f64", "i32", "i16", "u32", "u16", "i8", "u8", "f16"] {
        for order in ["", "_le", "_be"] {
          let text = Self.text().replacing("cf32_le", with: kind + number + order)
          if (try? Self.parse(text)) != nil { valid += 1 }
        }
      }
    }
    #expect(valid == 28)
  }

  @Test("repeated keys, deep nesting and what is no JSON throw or are read, but never trap")
  func hostile() throws {
    let twice = Self.text(global: #""core:sample_rate":1,"core:sample_rate":1"#)
    #expect {
      try Self.parse(twice)
    } throws: {
      "\($0)" == "x: line 1, column 82: the key 'core:sample_rate' stands here for the second time"
    }
    #expect(try Self.parse(Self.text(captures: #"{"core:sample_start":5.0}"#)).captures.count == 1)
    for depth in [100, 600, 200_000] {
      for (open, close) in [("[", "]"), (#"{"a":"#, "}")] {
        let nested =
          String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
        _ = try? Self.parse(Self.text(global: #""own:deep":"# + nested))
        _ = try? Self.parse(String(repeating: open, count: depth))
      }
    }
    let good = Array(Self.text(captures: #"{"core:sample_start":0}"#).utf8)
    for cut in good.indices {
      #expect(throws: FileError.self) {
        try SigMFMetadata(json: Array(good[..<cut]), path: "x")
      }
    }
    #expect(throws: FileError.self) {
      try SigMFMetadata(json: [0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x31, 0x7D], path: "x")
    }
  }
}
