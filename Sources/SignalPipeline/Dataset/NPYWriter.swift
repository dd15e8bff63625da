/// A `.npy` file that grows row by row, in constant memory.
///
/// The header has room to spare and gets the number of rows at ``commit()``. Until then
/// nothing is seen at the path; see ``OutputFile``.
package struct NPYWriter<Element: NPYElement>: ~Copyable {
  /// The file's path.
  package var path: String { file.path }

  /// The shape of one row; the file's array has one more axis in front.
  package let rowShape: [Int]

  /// The number of rows appended so far.
  package private(set) var count = 0

  private var file: OutputFile
  private let rowCount: Int

  /// Starts a file.
  ///
  /// - Parameters:
  ///   - path: The file's path.
  ///   - rowShape: The shape of one row, `[]` for single values.
  /// - Throws: ``FileError`` if the file can't be created.
  package init(_ path: String, rowShape: [Int]) throws(FileError) {
    precondition(rowShape.allSatisfy { $0 >= 0 }, "row shape \(rowShape)")
    let header = NPYHeader(descriptor: Element.npyDescriptor, shape: [0] + rowShape)
    var file = try OutputFile(path)
    try file.append(header.encoded())
    self.rowShape = rowShape
    rowCount = rowShape.reduce(1, *)
    self.file = file
  }

  /// Starts a file that grows in place, or goes on with one; see ``OutputFile/init(growing:from:)``.
  ///
  /// - Parameters:
  ///   - path: The file's path.
  ///   - rowShape: The shape of one row, `[]` for single values.
  ///   - rows: How many rows of the file are kept.
  /// - Throws: ``FileError`` if there are fewer, or the file can't be written.
  package init(growing path: String, rowShape: [Int], from rows: Int) throws(FileError) {
    precondition(rowShape.allSatisfy { $0 >= 0 }, "row shape \(rowShape)")
    let header = NPYHeader(descriptor: Element.npyDescriptor, shape: [0] + rowShape).encoded()
    let size = Self.byteCount(rows: rows, rowShape: rowShape)
    var file = try OutputFile(growing: path, from: rows == 0 ? 0 : size)
    if rows == 0 { try file.append(header) }
    rowCount = rowShape.reduce(1, *)
    self.rowShape = rowShape
    count = rows
    self.file = file
  }

  /// The bytes of a file of some rows.
  package static func byteCount(rows: Int, rowShape: [Int]) -> Int {
    let header = NPYHeader(descriptor: Element.npyDescriptor, shape: [0] + rowShape).encoded()
    return header.count + rows * rowShape.reduce(MemoryLayout<Element>.stride, *)
  }

  /// Appends one or more whole rows.
  ///
  /// - Throws: ``FileError`` if they can't be written.
  package mutating func append(_ values: [Element]) throws(FileError) {
    guard rowCount > 0, values.count % rowCount == 0 else {
      preconditionFailure("\(values.count) values are no rows of shape \(rowShape)")
    }
    try file.append(values: values)
    count += values.count / rowCount
  }

  /// The number of whole rows that are still there after a failure.
  var keptCount: Int {
    let header = Self.byteCount(rows: 0, rowShape: rowShape)
    return max(0, file.keptCount - header) / (rowCount * MemoryLayout<Element>.stride)
  }

  /// Takes rows off the end, and what a failure left there.
  ///
  /// - Parameter rows: How many rows stay, at most ``keptCount`` and at least one.
  /// - Throws: ``FileError`` if the file can't be shortened.
  mutating func cut(to rows: Int) throws(FileError) {
    try file.cut(to: Self.byteCount(rows: rows, rowShape: rowShape))
    count = rows
  }

  /// Brings the rows appended so far to the disk.
  ///
  /// - Throws: ``FileError`` if they can't be written.
  package mutating func sync() throws(FileError) { try file.sync() }

  /// Brings the rows and their number to the disk; nothing is appended after that.
  ///
  /// - Throws: ``FileError`` if they can't be written.
  package mutating func finish() throws(FileError) {
    let header = NPYHeader(descriptor: Element.npyDescriptor, shape: [count] + rowShape)
    try file.overwrite(at: 0, with: header.encoded())
    try file.sync()
  }

  /// Makes the file complete and visible.
  ///
  /// - Throws: ``FileError``; an old file at the path is then still there.
  package consuming func commit() throws(FileError) {
    let header = NPYHeader(descriptor: Element.npyDescriptor, shape: [count] + rowShape)
    try file.overwrite(at: 0, with: header.encoded())
    try file.commit()
  }
}
