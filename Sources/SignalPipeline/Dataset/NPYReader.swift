/// A `.npy` file that is read from its first row to its last, or row by row in any order, in
/// constant memory.
///
/// The header is checked against the file's size before anything is allocated for the values.
package struct NPYReader<Element: NPYElement>: ~Copyable, Sendable {
  /// What the file says about its array.
  package let header: NPYHeader

  /// The file's path.
  package var path: String { file.path }

  private var file: InputFile
  private let rowCount: Int
  private let start: Int
  private var remaining: Int

  /// Opens a file whose elements are of this type.
  ///
  /// - Throws: ``FileError`` if the file is not a `.npy` file in C order of this element type, or
  ///   not exactly as long as its header says.
  package init(_ path: String) throws(FileError) {
    var file = try InputFile(path)
    let header = try NPYHeader(from: &file)
    guard header.descriptor == Element.npyDescriptor else {
      throw FileError(
        .unsupported, path: path, place: "descr",
        reason: "elements are '\(header.descriptor)', '\(Element.npyDescriptor)' is needed; "
          + "save numpy.asarray(…, '\(Element.npyDescriptor)') of it")
    }
    // An array with at most one axis longer than 1 lies the same way in both orders.
    guard !header.isFortranOrder || header.shape.count(where: { $0 != 1 }) <= 1 else {
      throw FileError(
        .unsupported, path: path, place: "fortran_order",
        reason: "the array is in Fortran order; save numpy.ascontiguousarray of it")
    }
    let stride = MemoryLayout<Element>.stride
    guard let count = header.count, count <= Int.max / stride else {
      throw FileError(
        .malformed, path: path, place: "shape",
        reason: "\(header.shape) has more elements than any file")
    }
    guard let size = file.size else {
      throw FileError(.unsupported, path: path, reason: "a regular file is needed, not a pipe")
    }
    guard size - file.offset == count * stride else {
      throw FileError(
        .malformed, path: path, place: "byte \(file.offset)",
        reason: "\(size - file.offset) bytes follow, shape \(header.shape) of "
          + "'\(header.descriptor)' takes \(count * stride)")
    }
    self.header = header
    rowCount = count / max(1, header.shape.first ?? 1)
    remaining = count
    start = file.offset
    self.file = file
  }

  /// Reads the next rows, a row being one index of the first axis.
  ///
  /// - Parameter rows: The largest number of rows.
  /// - Returns: Whole rows, one after the other; empty at the end.
  /// - Throws: ``FileError`` if the file can't be read.
  package mutating func read(rows: Int) throws(FileError) -> [Element] {
    precondition(rows >= 0, "\(rows) rows")
    guard remaining > 0 else { return [] }
    let count = min(remaining / rowCount, rows) * rowCount
    remaining -= count
    return try file.read(count)
  }

  /// Reads one row, on any thread; the next ``read(rows:)`` starts where it would have.
  ///
  /// - Parameters:
  ///   - row: A row of the array.
  ///   - values: Where its elements go, as many as a row has.
  /// - Throws: ``FileError`` if the file can't be read, or was shortened since it was opened.
  package func read(row: Int, into values: inout [Element]) throws(FileError) {
    precondition((0..<(header.shape.first ?? 1)).contains(row), "row \(row)")
    precondition(values.count == rowCount, "room for \(values.count) of \(rowCount) elements")
    try file.fill(&values, at: start + row * rowCount * MemoryLayout<Element>.stride)
  }
}
