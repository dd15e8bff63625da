import Foundation
import SignalPipeline
import Testing

@Suite struct CheckpointTests {
  private func checkpoint(_ recipe: TrainingProblem.Recipe? = nil) throws -> Checkpoint {
    let dataset = TrainingProblem.dataset()
    var trainer = try TrainingProblem.trainer(epochs: 2, recipe: recipe)
    try trainer.train(on: dataset, split: Split(of: dataset, seed: 1), workers: 1)
    return trainer.checkpoint
  }

  @Test(
    "a checkpoint comes back from its bytes and from its file",
    arguments: TrainingProblem.recipes)
  func roundTrip(recipe: TrainingProblem.Recipe) throws {
    let checkpoint = try checkpoint(recipe)
    let bytes = try checkpoint.encoded(path: "memory")
    #expect(try Checkpoint(bytes, path: "memory") == checkpoint)
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("checkpoint-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try checkpoint.write(to: path)
    #expect(try Checkpoint(reading: path) == checkpoint)
  }

  @Test("a changed byte or a missing end is found wherever it is")
  func damage() throws {
    let bytes = try checkpoint().encoded(path: "memory")
    for offset in stride(from: 0, to: bytes.count, by: 13) {
      var changed = bytes
      changed[offset] ^= 0x10
      #expect(throws: FileError.self) { try Checkpoint(changed, path: "memory") }
      #expect(throws: FileError.self) { try Checkpoint(Array(bytes[..<offset]), path: "memory") }
    }
    #expect(throws: FileError.self) { try Checkpoint(bytes + [0], path: "memory") }
  }

  @Test("a header that contradicts the values is refused though the checksum is right")
  func forged() throws {
    let bytes = try checkpoint().encoded(path: "memory")
    func forged(_ from: String, _ to: String) -> FileError? {
      let (from, to) = (Array(from.utf8), Array(to.utf8))
      guard let place = bytes.indices.first(where: { bytes[$0...].starts(with: from) }) else {
        Issue.record("the header lacks the text")
        return nil
      }
      var changed = bytes
      changed.replaceSubrange(place..<place + from.count, with: to)
      let sum = CRC32.checksum(changed[..<(changed.count - 4)])
      for byte in 0..<4 {
        changed[changed.count - 4 + byte] = UInt8(truncatingIfNeeded: sum >> UInt32(8 * byte))
      }
      return #expect(throws: FileError.self) { try Checkpoint(changed, path: "memory") }
    }
    #expect(forged("\"parameterCount\":", "\"parameterCount\":1")?.place == "header")
    #expect(forged("\"parameterCount\":", "\"parameterCount\":-")?.path == "memory")
    #expect(forged("\"epoch\":2,\"f", "\"epoch\":3,\"f")?.reason.contains("epochs 1 to 3") == true)
    #expect(forged("\"features\"", "\"faetures\"")?.place?.contains("features") == true)
    for version in ["\u{1}", "\u{4}"] {
      #expect(forged("PSDTRAIN\u{3}", "PSDTRAIN" + version)?.kind == .unsupported)
    }
    // Momentum is one array a parameter, Adam's moments are two.
    #expect(
      forged("\"method\":\"adam\"", "\"method\":\"sgd\",\"momentum\":0,\"nesterov\":false")
        != nil)
    #expect(forged("PSDTRAIN", "PSDTRIAN")?.reason.contains("not a checkpoint") == true)
  }

  @Test("a checkpoint of version 2, which knew AdamW alone, is read as it was")
  func version2() throws {
    let checkpoint = try checkpoint()
    let bytes = try checkpoint.encoded(path: "memory")
    let length = Int(bytes[12]) | Int(bytes[13]) << 8
    var header = String(decoding: bytes[16..<16 + length], as: UTF8.self)
    // What version 2 had no keys for.
    for added in [
      ",\"decouplesDecay\":true", "\"method\":\"adam\",", "\"decouplesDecay\":true,",
      "\"labelSmoothing\":0,", ",\"warmUp\":0",
    ] {
      header = header.replacingOccurrences(of: added, with: "")
    }
    for key in ["decouplesDecay", "method", "labelSmoothing", "warmUp\""] {
      #expect(!header.contains(key))
    }
    var old = Array("PSDTRAIN".utf8) + [2, 0, 0, 0]
    let count = header.utf8.count
    old += [UInt8(count & 255), UInt8(count >> 8), 0, 0] + Array(header.utf8)
    old += bytes[(16 + length)..<(bytes.count - 4)]
    let sum = CRC32.checksum(old[...])
    old += (0..<4).map { UInt8(truncatingIfNeeded: sum >> UInt32(8 * $0)) }
    #expect(try Checkpoint(old, path: "memory") == checkpoint)
  }

  @Test("the checksum is the one that everybody means by CRC-32")
  func checksum() {
    #expect(CRC32.checksum(Array("123456789".utf8)[...]) == 0xCBF4_3926)
    #expect(CRC32.checksum([]) == 0)
  }
}
