import Foundation
import SignalPipeline
import Testing

/// Held against NumPy's own files; see Tests/Reference/dataset_goldens.py.
@Suite struct NPYFileTests {
  let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  func check<Element: NPYElement & Equatable>(
    _ name: String, _ shape: [Int], _ values: [Element]
  ) throws {
    let golden = try ScratchFolder.golden("Dataset/\(name)")
    let (foundShape, foundValues) = try NPYFile.read(golden, as: Element.self)
    #expect(foundShape == shape)
    #expect(foundValues == values)
    try NPYFile.write(values, shape: shape, to: folder("a.npy"))
    #expect(try folder.bytes("a.npy") == [UInt8](Data(contentsOf: URL(filePath: golden))))
  }

  @Test("arrays of every type are read from NumPy's files and written as NumPy's bytes")
  func types() throws {
    try check("f4-2x3.npy", [2, 3], [-0.5, -0.25, 0, 0.25, 0.5, 0.75] as [Float])
    try check("f8-scalar.npy", [], [Double.pi])
    try check("i8-4.npy", [4], [3, -1, 1 << 62, Int64.min])
    try check("i4-2x1x2.npy", [2, 1, 2], [1, -2, Int32.max, Int32.min])
    try check("u1-3.npy", [3], [0, 127, 255] as [UInt8])
    try check("c8-2.npy", [2], [IQSample(1, -2), IQSample(0, 0.5)])
    try check("f4-empty.npy", [0, 5], [Float]())
  }

  @Test("a named pipe is refused at once, without waiting for its writer")
  func pipe() throws {
    try #require(mkfifo(folder("p.npy"), 0o600) == 0)
    let error = #expect(throws: FileError.self) {
      try NPYFile.read(folder("p.npy"), as: Float.self)
    }
    #expect(error?.kind == .unsupported && error?.reason.contains("not a pipe") == true)
  }

  @Test("versions 2 and 3 are read", arguments: [2, 3])
  func versions(_ version: Int) throws {
    let path = try ScratchFolder.golden("Dataset/f4-2x3-version\(version).npy")
    let (shape, values) = try NPYFile.read(path, as: Float.self)
    #expect(shape == [2, 3])
    #expect(values == [-0.5, -0.25, 0, 0.25, 0.5, 0.75])
  }

  @Test("rows appended one by one give the bytes of the whole array")
  func rows() throws {
    var writer = try NPYWriter<Float>(folder("a.npy"), rowShape: [3])
    try writer.append([-0.5, -0.25, 0])
    try writer.append([0.25, 0.5, 0.75])
    try writer.commit()
    let golden = try ScratchFolder.golden("Dataset/f4-2x3.npy")
    #expect(try folder.bytes("a.npy") == [UInt8](Data(contentsOf: URL(filePath: golden))))
    var reader = try NPYReader<Float>(folder("a.npy"))
    #expect(try reader.read(rows: 1) == [-0.5, -0.25, 0])
    #expect(try reader.read(rows: 5) == [0.25, 0.5, 0.75])
    #expect(try reader.read(rows: 5).isEmpty)
    let rows = try NPYRows(reader)
    var row = [Float](repeating: 0, count: 3)
    for (index, expected) in [(1, [0.25, 0.5, 0.75]), (0, [-0.5, -0.25, 0])] as [(Int, [Float])] {
      try rows.read(index, into: &row)
      #expect(row == expected)
    }
  }

  @Test(
    "what is valid but not read says so",
    arguments: [
      ("f4-2x3-fortran", "fortran_order: the array is in Fortran order"),
      ("f4-big-endian", "descr: elements are '>f4', '<f4' is needed"),
      ("structured", "byte 20: a structured element type"),
      ("i8-4", "descr: elements are '<i8'"),
    ])
  func unsupported(_ name: String, _ expected: String) throws {
    let path = try ScratchFolder.golden("Dataset/\(name).npy")
    #expect { try NPYFile.read(path, as: Float.self) } throws: {
      ($0 as? FileError)?.kind == .unsupported && "\($0)".hasPrefix("\(path): \(expected)")
    }
  }

  @Test(
    "hostile headers throw, whatever they claim",
    arguments: [
      "", "{", "{}", "{'descr': '<f4'}", "[]",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (",
      "{'descr': '<f4', 'fortran_order': 0, 'shape': (1,)}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (1e9,)}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,)}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (9223372036854775807, 2)}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387904,)}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (1000000000000,)}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (3,)}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (0, 1099511627776, 1099511627776)}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'shape': (2,)}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (2,)} + exit()",
      "{'descr': __import__('os'), 'fortran_order': False, 'shape': (2,)}",
      "{'descr': '<f4\\x00', 'fortran_order': False, 'shape': (2,)}",
    ])
  func hostile(_ text: String) throws {
    let header = [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(text.utf8.count), 0]
    let path = try folder.file("a.npy", header + Array(text.utf8) + [UInt8](repeating: 0, count: 8))
    #expect(throws: FileError.self) { try NPYFile.read(path, as: Float.self) }
  }

  @Test("a file cut at any byte, or with a byte too many, throws")
  func cut() throws {
    let golden = try ScratchFolder.golden("Dataset/f4-2x3.npy")
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: golden)))
    for count in bytes.indices {
      let path = try folder.file("a.npy", bytes.prefix(count))
      #expect(throws: FileError.self) { try NPYFile.read(path, as: Float.self) }
    }
    let path = try folder.file("a.npy", bytes + [0])
    #expect(throws: FileError.self) { try NPYFile.read(path, as: Float.self) }
  }

  @Test("a long header claim in version 2 throws before it is read")
  func longHeader() throws {
    let path = try folder.file(
      "a.npy", [0x93] + Array("NUMPY".utf8) + [2, 0, 0xFF, 0xFF, 0xFF, 0x7F])
    #expect { try NPYFile.read(path, as: Float.self) } throws: {
      "\($0)" == "\(path): byte 8: a header of 2147483647 bytes; the limit is 65536"
    }
  }
}
