import Foundation
import SignalPipeline
import Testing

@Suite struct OutputFileTests {
  let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  @Test("a committed file holds what was appended, and no other file is left")
  func commit() throws {
    var file = try OutputFile(folder("a"))
    try file.append("count 0\n")
    for byte in 0..<200_000 { try file.append([UInt8(truncatingIfNeeded: byte)]) }
    try file.append([UInt8](repeating: 7, count: 100_000))
    try file.overwrite(at: 6, with: Array("9".utf8))
    try file.append("end")
    #expect(file.byteCount == 300_011)
    #expect(try folder.names.contains("a") == false)
    try file.commit()
    #expect(try folder.names == ["a"])
    let expected =
      Array("count 9\n".utf8) + (0..<200_000).map { UInt8(truncatingIfNeeded: $0) }
      + [UInt8](repeating: 7, count: 100_000) + Array("end".utf8)
    #expect(try folder.bytes("a") == expected)
  }

  @Test("without a commit the old file stays and the temporary one goes")
  func abandon() throws {
    let path = try folder.file("a", "old")
    do {
      var file = try OutputFile(path)
      try file.append("new")
    }
    #expect(try folder.names == ["a"])
    #expect(try folder.bytes("a") == Array("old".utf8))
  }

  @Test("a replaced file keeps its permissions, and a symbolic link stays one")
  func link() throws {
    let path = try folder.file("a", "old")
    let manager = FileManager.default
    try manager.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    try manager.createSymbolicLink(atPath: folder("link"), withDestinationPath: "a")
    try OutputFile.write("new", to: folder("link"))
    #expect(try folder.bytes("a") == Array("new".utf8))
    #expect(try manager.destinationOfSymbolicLink(atPath: folder("link")) == "a")
    #expect(try manager.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
  }

  @Test("a growing file is cut, in what is written and in what waits")
  func cut() throws {
    for (first, count) in [(3, 2), (3, 5), (100_000, 70_000), (100_000, 100_001), (2, 0)] {
      var file = try OutputFile(growing: folder("a"), from: 0)
      try file.append([UInt8](repeating: 1, count: first))
      try file.flush()
      try file.append([2, 3, 4])
      #expect(file.keptCount == first + 3)
      try file.cut(to: count)
      #expect(file.byteCount == count && file.keptCount == count)
      try file.append([9])
      try file.sync()
      let whole = [UInt8](repeating: 1, count: first) + [2, 3, 4]
      #expect(try folder.bytes("a") == whole.prefix(count) + [9])
    }
  }

  @Test("a full disk is an error with the system's words")
  func full() throws {
    #expect {
      try OutputFile.write([UInt8](repeating: 0, count: 1 << 20), to: "/dev/full")
    } throws: {
      ($0 as? FileError)?.description
        == "/dev/full: cannot write: No space left on device"
    }
  }

  @Test("a device is written in place, not replaced")
  func device() throws {
    try OutputFile.write("x", to: "/dev/null")
    let type = try FileManager.default.attributesOfItem(atPath: "/dev/null")[.type]
    #expect(type as? FileAttributeType == .typeCharacterSpecial)
  }

  @Test("a missing folder and a folder in place of a file are told")
  func missing() throws {
    // An output's folder that is not there is no missing input.
    #expect { try OutputFile.write("x", to: folder("none/a")) } throws: {
      ($0 as? FileError)?.kind == .inputOutput
    }
    #expect { try OutputFile.write("x", to: folder.path) } throws: {
      ($0 as? FileError)?.kind == .inputOutput
    }
  }
}

@Suite struct InputFileTests {
  @Test("a file within the limit is read, a longer one refused, pipes and devices too")
  func limit() throws {
    let folder = try ScratchFolder()
    let path = try folder.file("a", "12345")
    #expect(try InputFile.read(path, limit: 5) == Array("12345".utf8))
    #expect { try InputFile.read(path, limit: 4) } throws: {
      ($0 as? FileError)?.kind == .unsupported
    }
    #expect { try InputFile.read("/dev/zero", limit: 100_000) } throws: {
      ($0 as? FileError)?.kind == .unsupported
    }
  }

  @Test("a missing file and a folder are errors that name the path")
  func missing() throws {
    let folder = try ScratchFolder()
    #expect { try InputFile.read(folder("a"), limit: 5) } throws: {
      ($0 as? FileError)
        == FileError(
          .missing, path: folder("a"), reason: "cannot open: No such file or directory")
    }
    #expect { try InputFile.read(folder.path, limit: 5) } throws: {
      ($0 as? FileError)?.reason == "cannot read: Is a directory"
    }
  }
}
