import Foundation
import SignalPipeline
import SystemPackage
import Testing

@Suite struct CaptureWalkTests {
  private func names(_ fixture: CaptureFixture, in paths: [FilePath]) throws -> [String] {
    try CaptureWalk.files(in: paths).map {
      String($0.string.dropFirst(fixture.folder.string.count + 1))
    }
  }

  @Test("the captures below a folder come ordered by their bytes, without what is hidden")
  func sorted() throws {
    let fixture = try CaptureFixture()
    for name in [
      "b.cu8", "B.CF32", "a/z.ci8", "a/deep/er/with space.cs16", "a-b.iq", "ä.cu8", ".hidden.cu8",
      ".folder/c.cu8", "c.WAV", "d.npy", "e.cu8.zst", "notes.txt", "noextension", "cu8",
    ] {
      try fixture.write([1, 2], to: name)
    }
    #expect(
      try names(fixture, in: [fixture.folder]) == [
        "B.CF32", "a-b.iq", "a/deep/er/with space.cs16", "a/z.ci8", "b.cu8", "c.WAV",
        "d.npy", "ä.cu8",
      ])
  }

  @Test("metadata of a file that is a capture by its name, and annotations, are not listed too")
  func sigmf() throws {
    let fixture = try CaptureFixture()
    let golden = FilePath(try ScratchFolder.golden("SigMF"))
    func copy(_ name: String, to other: String, dataset: String? = nil) throws {
      var text = try String(contentsOfFile: golden.appending(name).string, encoding: .utf8)
      if let dataset { text = text.replacing("foreign.dat", with: dataset) }
      try fixture.write(Array(text.utf8), to: other)
    }
    let samples = [UInt8](
      try Data(contentsOf: URL(filePath: golden.appending("part.sigmf-data").string)))
    try fixture.write(samples, to: "part.sigmf-data")
    try copy("part.sigmf-meta", to: "part.sigmf-meta")
    try copy("part.sigmf-meta", to: "part.psdpipe.sigmf-meta")
    try fixture.write([UInt8](repeating: 1, count: 1413), to: "foreign.dat")
    try copy("foreign.sigmf-meta", to: "foreign.sigmf-meta")
    try fixture.write([UInt8](repeating: 1, count: 1413), to: "foreign.xyz")
    try copy("foreign.sigmf-meta", to: "other.sigmf-meta", dataset: "foreign.xyz")
    try fixture.write(Array("{".utf8), to: "bad.sigmf-meta")
    #expect(
      try names(fixture, in: [fixture.folder]) == [
        "bad.sigmf-meta", "foreign.dat", "other.sigmf-meta", "part.sigmf-meta",
      ])
  }

  @Test("named files stand where they were named, folders are replaced in place")
  func arguments() throws {
    let fixture = try CaptureFixture()
    try fixture.write([1], to: "x/2.cu8")
    try fixture.write([1], to: "x/1.cu8")
    let paths: [FilePath] = [
      "-", fixture.folder.appending("y.unknown"), fixture.folder.appending("x"),
      fixture.folder.appending(".hidden"),
    ]
    #expect(
      try CaptureWalk.files(in: paths) == [
        "-", fixture.folder.appending("y.unknown"), fixture.folder.appending("x/1.cu8"),
        fixture.folder.appending("x/2.cu8"), fixture.folder.appending(".hidden"),
      ])
    #expect(try CaptureWalk.files(in: []).isEmpty)
  }

  @Test("archives and collections stand for their recordings, and what can't be read for itself")
  func several() throws {
    let fixture = try CaptureFixture()
    let golden = FilePath(try ScratchFolder.golden("SigMF"))
    func copy(_ name: String, to other: String) throws {
      try fixture.write(
        InputFile.read(golden.appending(name).string, limit: 1 << 20), to: other)
    }
    try copy("several.sigmf", to: "x/several.sigmf")
    try copy("own.sigmf", to: "x/one.sigmf")
    try fixture.write([1, 2, 3], to: "x/broken.sigmf")
    try copy("both.sigmf-collection", to: "both.sigmf-collection")
    try copy("part.sigmf-meta", to: "part.sigmf-meta")
    let collection = fixture.folder.appending("both.sigmf-collection")
    #expect(
      try names(fixture, in: [fixture.folder.appending("x"), collection]) == [
        "x/broken.sigmf", "x/one.sigmf", "x/several.sigmf/b", "x/several.sigmf/foreign",
        "x/several.sigmf/a", "tuned.sigmf-meta", "part.sigmf-meta",
      ])
    // Missing metadata is told when it is opened, and when it is to be verified.
    let missing = #expect(throws: FileError.self) {
      try CaptureWalk.files(in: [collection], verifying: true)
    }
    #expect(missing?.kind == .missing)
    #expect(missing?.path == fixture.folder.appending("tuned.sigmf-meta").string)
    try copy("tuned.sigmf-meta", to: "tuned.sigmf-meta")
    #expect(
      try names(fixture, in: [collection]) == ["tuned.sigmf-meta", "part.sigmf-meta"])
    #expect(
      try CaptureWalk.files(in: [collection], verifying: true)
        == CaptureWalk.files(in: [collection]))
    try copy("tuned.sigmf-meta", to: "part.sigmf-meta")
    let changed = #expect(throws: FileError.self) {
      try CaptureWalk.files(in: [collection], verifying: true)
    }
    #expect(changed?.kind == .malformed)
    #expect(changed?.path == collection.string)
    #expect(changed?.place == "collection.core:streams[1].hash")
    try fixture.write(Array("{".utf8), to: "bad.sigmf-collection")
    let bad = fixture.folder.appending("bad.sigmf-collection")
    #expect(try CaptureWalk.files(in: [bad], verifying: true) == [bad])
  }

  @Test("links are followed once, and neither loops nor broken links hang or vanish")
  func links() throws {
    let fixture = try CaptureFixture()
    try fixture.write([1], to: "a/1.cu8")
    let manager = FileManager.default
    func link(_ name: String, to target: String) throws {
      try manager.createSymbolicLink(
        atPath: fixture.folder.appending(name).string, withDestinationPath: target)
    }
    try link("a/loop", to: "..")
    try link("a/self", to: ".")
    try link("b", to: "a")
    try link("broken.cu8", to: "nowhere")
    try link("c.cu8", to: "a/1.cu8")
    try link("round.cu8", to: "round.cu8")
    #expect(
      try names(fixture, in: [fixture.folder]) == [
        "a/1.cu8", "broken.cu8", "c.cu8", "round.cu8",
      ])
  }

  @Test("a pipe with a capture's name is not waited for")
  func fifo() throws {
    let fixture = try CaptureFixture()
    try fixture.write([1], to: "a.cu8")
    #expect(mkfifo(fixture.folder.appending("b.cu8").string, 0o600) == 0)
    #expect(try names(fixture, in: [fixture.folder]) == ["a.cu8"])
  }

  @Test("a folder without captures is an error that says what it looked for")
  func none() throws {
    let fixture = try CaptureFixture()
    try fixture.write([1], to: "notes.txt")
    let error = #expect(throws: FileError.self) { try CaptureWalk.files(in: [fixture.folder]) }
    #expect(error?.kind == .missing)
    #expect(error?.path == fixture.folder.string)
    #expect(error?.reason.contains(".cu8") == true)
  }
}
