internal import SystemPackage

/// A `.npy` file that is read from its first row to its last, in constant memory.
///
/// The header is checked against the file's size before anything is allocated for the values.
package struct NPYReader<Element: NPYElement>: ~Copyable {
  /// What the file says about its array.
  package let header: NPYHeader

  private(set) var file: InputFile
  /// The elements of a row.
  let rowCount: Int
  /// Where the first row begins [bytes].
  let start: Int
  private var remaining: Int

  /// Opens a file whose elements are of this type.
  ///
  /// - Throws: ``FileError`` if the file is not a `.npy` file in C order of this element type, or
  ///   not exactly as long as its header says.
  package init(_ path: String) throws(FileError) {
    // Opening a pipe would wait for its writer.
    guard (try? FilePath(path).stat())?.type != .fifo else { throw Self.notRegular(path) }
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
    guard let size = file.size else { throw Self.notRegular(path) }
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

  private static func notRegular(_ path: String) -> FileError {
    FileError(.unsupported, path: path, reason: "a regular file is needed, not a pipe")
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
}
