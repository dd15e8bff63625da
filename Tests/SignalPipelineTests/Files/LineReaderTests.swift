import SignalPipeline
import Testing

@Suite struct LineReaderTests {
  let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  private func lines(_ text: String, limit: Int = 1 << 20) throws -> [String] {
    var reader = try LineReader(folder.file("text", text), limit: limit)
    var lines: [String] = []
    while let line = try reader.next() {
      lines.append(String(decoding: line, as: UTF8.self))
    }
    return lines
  }

  @Test("lines come whole, however long, with or without a newline at the end")
  func whole() throws {
    // Two reads of 65,536 bytes, so that a line begins in one and ends in another.
    let long = String(repeating: "x", count: 100_000)
    for end in ["", "\n"] {
      #expect(try lines("a\n\(long)\n\nb\n\(long)y" + end) == ["a", long, "b", long + "y"])
    }
    let edge = String(repeating: "z", count: 65_535)
    #expect(try lines("\(edge)\n\(edge)\n") == [edge, edge])
    #expect(try lines("").isEmpty && lines("\n\n").isEmpty)
  }

  @Test("a line above the limit is told by its number")
  func limit() throws {
    let long = String(repeating: "x", count: 200_000)
    #expect(throws: Never.self) { try lines(long, limit: 200_000) }
    let error = #expect(throws: FileError.self) { try lines("a\n\n" + long, limit: 1000) }
    #expect(error?.kind == .unsupported && error?.place == "line 3")
  }

  @Test("lines are numbered as an editor does, empty ones counted")
  func numbers() throws {
    var reader = try LineReader(folder.file("text", "\na\n\n\nb"), limit: 10)
    var numbers: [Int] = []
    while try reader.next() != nil { numbers.append(reader.count) }
    #expect(numbers == [2, 5])
  }
}
