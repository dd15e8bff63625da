import Foundation
import SignalPipeline
import Testing

/// Held against the safetensors package; see Tests/Reference/dataset_goldens.py.
@Suite struct SafeTensorsTests {
  static let expected = SafeTensors(
    tensors: [
      .init(name: "0.weight", shape: [2, 2, 3], values: .float((0..<12).map { Float($0) / 8 })),
      .init(name: "0.bias", shape: [2], values: .float([0.1, .infinity])),
      .init(name: "mean", shape: [2, 1], values: .double([1e300, -0.0])),
      .init(name: "steps", shape: [], values: .integer([-(1 << 40)])),
      .init(name: "none", shape: [0, 3], values: .float([])),
    ], metadata: ["format": "pt", "Größe": "quote \" slash / newline \n"])

  @Test("a file of the package is read, tensor for tensor")
  func read() throws {
    let found = try SafeTensors(readingFrom: ScratchFolder.golden("Model/package.safetensors"))
    #expect(found.metadata == Self.expected.metadata)
    #expect(Set(found.tensors) == Set(Self.expected.tensors))
  }

  @Test("the bytes written are those that the package was shown to read, and come back the same")
  func write() throws {
    let folder = try ScratchFolder()
    try Self.expected.write(to: folder("a"))
    let golden = try ScratchFolder.golden("Model/swift.safetensors")
    #expect(try folder.bytes("a") == [UInt8](Data(contentsOf: URL(filePath: golden))))
    let found = try SafeTensors(readingFrom: folder("a"))
    #expect(Set(found.tensors) == Set(Self.expected.tensors))
    #expect(found.metadata == Self.expected.metadata)
  }

  @Test("a file cut at any byte, or with a byte too many, throws")
  func cut() throws {
    let bytes = try Self.expected.encoded(path: "a")
    for count in bytes.indices {
      #expect(throws: FileError.self) { try SafeTensors(Array(bytes.prefix(count)), path: "a") }
    }
    #expect { try SafeTensors(bytes + [0], path: "a") } throws: {
      "\($0)".hasSuffix("1 bytes belong to no tensor")
    }
  }

  @Test(
    "a header length beyond the file or the format's limit throws", arguments: [200, 1 << 62, -1])
  func longHeader(_ length: Int) throws {
    let bytes = (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + Array("{}".utf8)
    #expect { try SafeTensors(bytes, path: "a") } throws: { ($0 as? FileError)?.place == "byte 0" }
  }

  @Test(
    "hostile headers throw, whatever they claim",
    arguments: [
      "[]", "{", " {}", "null",
      #"{"a":{}}"#,
      #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}}"#,
      #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}"#,
      #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
      #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}"#,
      #"{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}"#,
      #"{"a":{"dtype":"F16","shape":[4],"data_offsets":[0,8]}}"#,
      #"{"a":{"dtype":"F32","shape":[-1,-2],"data_offsets":[0,8]}}"#,
      #"{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,8]}}"#,
      #"{"a":{"dtype":"F32","shape":[4611686018427387904],"data_offsets":[0,9223372036854775807]}}"#,
      #"{"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,8]}}"#,
      #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"__metadata__":{"x":1}}"#,
      #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"#
        + #""data_offsets":[4,8]}}"#,
    ])
  func hostile(_ text: String) throws {
    var bytes = (0..<8).map { UInt8(truncatingIfNeeded: text.utf8.count >> (8 * $0)) }
    bytes += Array(text.utf8) + [UInt8](repeating: 0, count: 8)
    #expect(throws: FileError.self) { try SafeTensors(bytes, path: "a") }
  }
}
