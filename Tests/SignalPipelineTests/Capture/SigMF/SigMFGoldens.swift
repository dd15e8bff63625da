import Foundation
import SignalPipeline
import SystemPackage
import Testing

/// What sigmf-python and tarfile read from the files of Goldens/SigMF.
enum SigMFGoldens {
  static func path(_ name: String) throws -> FilePath {
    FilePath(try ScratchFolder.golden("SigMF/\(name)"))
  }

  static func expected<Value: Decodable>(_ name: String, as type: Value.Type) throws -> Value {
    let text = try InputFile.read(try path("expected.json").string, limit: 1 << 20)
    let all = try JSON.decode([String: JSONValue].self, from: text, path: "expected.json")
    return try #require(all[name]).decode(as: type)
  }

  /// A recording as sigmf-python reads it.
  struct Recording: Decodable {
    var datatype: String
    var rate: Double
    var sha512: String
    var count: Int
    var first: [Float]
    var last: [Float]
    var boundaries: [[Int]]?
  }

  /// Copies the golden files whose names begin so into a folder of the test's own.
  static func copy(_ prefixes: String..., to folder: ScratchFolder) throws {
    let source = try path("")
    for name in try FileManager.default.contentsOfDirectory(atPath: source.string)
    where prefixes.contains(where: { name.hasPrefix($0 + ".") }) {
      try FileManager.default.copyItem(
        atPath: source.appending(name).string, toPath: folder(name))
    }
  }

  /// The samples that a recording's segments point at.
  static func samples(of recording: SigMFRecording) throws -> [IQSample] {
    let bytes = try InputFile.read(recording.dataPath.string, limit: 1 << 20)
    let format = try #require(recording.facts.format)
    var samples: [IQSample] = []
    for segment in recording.segments {
      let count = try #require(segment.count)
      let end = segment.dataOffset + count * format.bytesPerSample
      var part = [IQSample](repeating: .zero, count: count)
      let stored = Array(bytes[segment.dataOffset..<end])
      var span = part.mutableSpan
      #expect(format.decode(stored.span.bytes, into: &span))
      #expect(segment.start == samples.count)
      samples += part
    }
    return samples
  }
}
