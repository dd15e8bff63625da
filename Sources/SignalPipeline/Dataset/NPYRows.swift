/// The rows of a `.npy` file in any order, on any thread; what is not read takes no memory.
///
/// The file may change in the meantime: see ``MappedFile``.
package struct NPYRows<Element: NPYElement>: Sendable {
  /// The number of rows, a row being one index of the first axis.
  package let count: Int

  /// The file's path.
  package var path: String { file.path }

  private let file: MappedFile
  private let rowCount: Int
  private let start: Int

  /// Takes over the file of a reader, whatever was read of it.
  ///
  /// - Throws: ``FileError`` if the file can't be mapped.
  package init(_ reader: consuming NPYReader<Element>) throws(FileError) {
    count = reader.header.shape.first ?? 1
    rowCount = reader.rowCount
    start = reader.start
    file = try MappedFile(reader.file)
  }

  /// Reads one row.
  ///
  /// - Parameters:
  ///   - row: A row of the array.
  ///   - values: Where its elements go, as many as a row has.
  /// - Throws: ``FileError`` if the file was shortened since it was opened.
  package func read(_ row: Int, into values: inout [Element]) throws(FileError) {
    precondition((0..<count).contains(row), "row \(row) of \(count)")
    precondition(values.count == rowCount, "room for \(values.count) of \(rowCount) elements")
    try file.fill(&values, at: start + row * rowCount * MemoryLayout<Element>.stride)
  }
}
