import Foundation
import SignalPipeline
import SystemPackage
import Testing

@Suite struct SigMFArchiveTests {
  private static func message(_ read: () throws -> Void) -> String {
    do {
      try read()
      return "read"
    } catch {
      return "\(error)"
    }
  }

  private static func bytes(_ name: String) throws -> [UInt8] {
    try InputFile.read(try SigMFGoldens.path(name).string, limit: 1 << 20)
  }

  /// What a pipe gives.
  private static func piped(_ bytes: [UInt8], piece: Int = 100) throws -> SigMFRecording {
    var source = try ByteSource(
      reading: CaptureFixture.pipe(bytes, piece: piece), named: "-", closes: true)
    let recording = try SigMFRecording.read(archive: &source)
    let start = try #require(recording.segments.first?.dataOffset)
    #expect(try source.skip(start - source.offset) == start - source.offset)
    let size = recording.facts.dataBytes ?? 0
    #expect(try source.bytes(size) == Array(bytes[start..<(start + size)]))
    return recording
  }

  @Test(
    "ustar, GNU and pax names in any order lead to the bytes that tarfile finds",
    arguments: [
      ("own", "tuned"), ("ustar", "tuned"), ("gnu", "part"), ("pax", "part"),
    ])
  func single(_ name: String, _ content: String) throws {
    let members = try SigMFGoldens.expected("\(name).sigmf", as: [String: [Int]].self)
    let data = try #require(members.first { $0.key.hasSuffix(".sigmf-data") }?.value)
    let path = try SigMFGoldens.path("\(name).sigmf")
    let recording = try #require(try SigMFRecording.locate(path))
    #expect(recording.dataPath == path)
    #expect([recording.facts.dataOffset, try #require(recording.facts.dataBytes)] == data)
    try recording.verify()
    let plain = try #require(
      try SigMFRecording.locate(SigMFGoldens.path("\(content).sigmf-meta")))
    #expect(recording.segments.map(\.start) == plain.segments.map(\.start))
    #expect(
      try SigMFGoldens.samples(of: recording) == (try SigMFGoldens.samples(of: plain)))
    #expect(try SigMFRecording.paths(of: path) == [path])
  }

  @Test("of several recordings each is named, and a name that is none tells those that are")
  func several() throws {
    let members = try SigMFGoldens.expected("several.sigmf", as: [String: [Int]].self)
    let path = try SigMFGoldens.path("several.sigmf")
    let paths = try SigMFRecording.paths(of: path)
    #expect(paths == ["b", "foreign", "a"].map { path.appending($0) })
    for (name, member) in [("b", "b/b.sigmf-data"), ("a", "a/a.sigmf-data")] {
      let recording = try #require(try SigMFRecording.locate(path.appending(name)))
      #expect(recording.facts.dataOffset == members[member]?[0])
      #expect(recording.facts.dataBytes == members[member]?[1])
      try recording.verify()
    }
    let foreign = try #require(try SigMFRecording.locate(path.appending("foreign")))
    let start = try #require(members["a/foreign.dat"]?[0])
    #expect(foreign.segments.map(\.dataOffset) == [start + 4, start + 1010])
    try foreign.verify()
    #expect(
      Self.message { _ = try SigMFRecording.locate(path) }
        == "\(path): holds 3 recordings; name one: \(path)/b, \(path)/foreign, \(path)/a")
    #expect(
      Self.message { _ = try SigMFRecording.locate(path.appending("c")) }
        .hasPrefix("\(path): holds no recording 'c', but \(path)/b, "))
  }

  @Test("a pipe gives the first recording whose metadata comes before its samples")
  func pipe() throws {
    for piece in [1, 511, 100_000] {
      let recording = try Self.piped(Self.bytes("ustar.sigmf"), piece: piece)
      #expect(recording.metadata.annotations.first?.label == "fsk")
      #expect(recording.facts.sampleRate == 250_000)
      #expect(recording.segments.map(\.count) == [100, 150, 50])
    }
    #expect(try Self.piped(Self.bytes("pax.sigmf")).metadata.global.offset == 1000)
    let late = Self.message { _ = try Self.piped(Self.bytes("own.sigmf")) }
    #expect(late.contains("the samples come before their metadata, and a pipe does not go back"))
  }

  @Test("an error in an archive's metadata names the entry and the JSON path")
  func place() throws {
    let folder = try ScratchFolder()
    var bytes = try Self.bytes("ustar.sigmf")
    let number = try #require(bytes.firstRange(of: Array("250000,".utf8)))
    bytes.replaceSubrange(number, with: Array(#""5000","#.utf8))
    let path = try folder.file("a.sigmf", bytes)
    #expect(
      Self.message { _ = try SigMFRecording.locate(FilePath(path)) }
        == "\(path)/n/n.sigmf-meta: global.core:sample_rate: "
        + "a string where a number of Hz is needed")
  }

  @Test("an archive cut off anywhere throws or keeps whole samples, and tells the byte")
  func cut() throws {
    let folder = try ScratchFolder()
    let whole = try Self.bytes("ustar.sigmf")
    let data = try #require(
      try SigMFGoldens.expected("ustar.sigmf", as: [String: [Int]].self)["./n/n.sigmf-data"])
    for length in stride(from: 0, to: whole.count, by: 97) {
      let path = FilePath(try folder.file("a.sigmf", whole[..<length]))
      let found = Self.message { _ = try SigMFRecording.locate(path) }
      if length >= data[0] + data[1] {
        #expect(found == "read")
      } else {
        #expect(found.hasPrefix("\(path)"), "\(found)")
      }
    }
    let path = FilePath(try folder.file("a.sigmf", whole[..<(data[0] + 100)]))
    #expect(
      Self.message { _ = try SigMFRecording.locate(path) }
        == "\(path): byte \(data[0] - 388): the entry has 2400 bytes, the archive ends after 100")
  }

  @Test("what is no archive is told by its first byte that is wrong")
  func foreign() throws {
    let folder = try ScratchFolder()
    func message(_ bytes: [UInt8]) throws -> String {
      let path = try folder.file("a.sigmf", bytes)
      return Self.message { _ = try SigMFRecording.locate(FilePath(path)) }
        .replacing(path, with: "PATH")
    }
    #expect(
      try message([]) == "PATH: an archive without a recording: no entry's name ends in .sigmf-meta"
    )
    #expect(try message([1, 2, 3]) == "PATH: byte 0: 3 bytes left, a tar header has 512")
    #expect(
      try message([UInt8](repeating: 0x41, count: 1024))
        == "PATH: byte 148: no tar header: its checksum is no number")
    var changed = try Self.bytes("ustar.sigmf")
    changed[3] ^= 1
    #expect(try message(changed).hasPrefix("PATH: byte 148: no tar header: its checksum is "))
  }

  /// A header block with a right checksum.
  private static func header(
    _ name: String, size: String, kind: Character = "0", magic: String = "ustar\0" + "00"
  ) -> [UInt8] {
    var block = [UInt8](repeating: 0, count: 512)
    func put(_ text: String, at start: Int) {
      for (index, byte) in text.utf8.enumerated() { block[start + index] = byte }
    }
    put(name, at: 0)
    put(size, at: 124)
    put("        ", at: 148)
    put(String(kind), at: 156)
    put(magic, at: 257)
    let sum = block.reduce(0) { $0 + Int($1) }
    put(String(sum, radix: 8), at: 148)
    return block
  }

  @Test("sizes and extended headers that lie are told, and nothing of their size is allocated")
  func hostile() throws {
    let folder = try ScratchFolder()
    func message(_ bytes: [UInt8]) throws -> String {
      let path = try folder.file("a.sigmf", bytes)
      // Through a pipe too, whose end is not known.
      _ = Self.message { _ = try Self.piped(bytes) }
      return Self.message { _ = try SigMFRecording.locate(FilePath(path)) }
        .replacing(path, with: "PATH")
    }
    func pad(_ text: String) -> [UInt8] {
      Array(text.utf8) + [UInt8](repeating: 0, count: (512 - text.utf8.count % 512) % 512)
    }
    #expect(
      try message(Self.header("a.sigmf-meta", size: "77777777777"))
        == "PATH: byte 124: the entry has 8589934591 bytes, the archive ends after 0")
    #expect(
      try message(Self.header("a.sigmf-meta", size: "12x"))
        == "PATH: byte 124: the size is no number of bytes")
    for kind: Character in ["L", "x"] {
      #expect(
        try message(Self.header("a", size: "77777777777", kind: kind)).hasPrefix("PATH: byte 124: ")
      )
    }
    for record in [
      "99999999999999999999 path=a\n", "5 path=a\n", "0 path=a\n", "-3 path=a\n", "12 path=a\n",
      "8 patha\n", "10 size=x\n", "11 size=-1\n", "path",
    ] {
      let size = String(record.utf8.count, radix: 8)
      let found = try message(Self.header("h", size: size, kind: "x") + pad(record))
      #expect(found.hasPrefix("PATH: byte 512: "), "\(found)")
    }
    let huge = "28 size=9223372036854775807\n"
    #expect(
      try message(
        Self.header("h", size: "34", kind: "x") + pad(huge) + Self.header("a.sigmf-data", size: "0")
      )
        == "PATH: byte 1148: the entry has 9223372036854775807 bytes, the archive ends after 0")
    let sparse = "22 GNU.sparse.major=1\n"
    #expect(
      try message(Self.header("h", size: "26", kind: "x") + pad(sparse)).contains("a sparse file"))
    #expect(try message(Self.header("a", size: "0", kind: "S")).contains("a sparse file"))
  }

  @Test("a changed byte anywhere in an archive's headers throws or is read, but never traps")
  func mutations() throws {
    let folder = try ScratchFolder()
    let whole = try Self.bytes("gnu.sigmf")
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<500 {
      var bytes = whole
      for _ in 0..<(1 + generator.next() % 4) {
        // Headers are where it hurts: the start of any of the first blocks.
        let block = Int(generator.next() % 14) * 512
        bytes[block + Int(generator.next() % 512)] = UInt8(truncatingIfNeeded: generator.next())
      }
      let path = FilePath(try folder.file("a.sigmf", bytes))
      _ = Self.message { _ = try SigMFRecording.locate(path) }
    }
  }
}
