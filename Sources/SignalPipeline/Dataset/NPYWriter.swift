/// A `.npy` file that grows row by row, in constant memory.
///
/// The header is written with room to spare and gets the number of rows at ``commit()``. Until then
/// nothing is seen at the path; see ``OutputFile``.
public struct NPYWriter<Element: NPYElement>: ~Copyable {
  /// The file's path.
  public var path: String { file.path }

  /// The shape of one row; the file's array has one more axis in front.
  public let rowShape: [Int]

  /// The number of rows appended so far.
  public private(set) var count = 0

  /// Room for the longest header that a row count can make, in NumPy's units of 64 bytes.
  private static var headerSize: Int { 128 }

  private var file: OutputFile
  private let rowCount: Int
  private let headerSize: Int

  /// Starts a file.
  ///
  /// - Parameters:
  ///   - path: The file's path.
  ///   - rowShape: The shape of one row, `[]` for single values.
  /// - Throws: ``FileError`` if the file can't be created.
  public init(_ path: String, rowShape: [Int]) throws(FileError) {
    precondition(rowShape.allSatisfy { $0 >= 0 }, "row shape \(rowShape)")
    // No file has more rows than this: the longest number that must fit.
    let longest = NPYHeader(descriptor: Element.npyDescriptor, shape: [Int.max] + rowShape)
    let header = longest.encoded(minimumSize: Self.headerSize)
    var file = try OutputFile(path)
    try file.append(header)
    self.rowShape = rowShape
    rowCount = rowShape.reduce(1, *)
    headerSize = header.count
    self.file = file
  }

  /// Appends one or more whole rows.
  ///
  /// - Throws: ``FileError`` if they can't be written.
  public mutating func append(_ values: [Element]) throws(FileError) {
    guard rowCount > 0, values.count % rowCount == 0 else {
      preconditionFailure("\(values.count) values are no rows of shape \(rowShape)")
    }
    try file.append(values: values)
    count += values.count / rowCount
  }

  /// Makes the file complete and visible.
  ///
  /// - Throws: ``FileError``; an old file at the path is then still there.
  public consuming func commit() throws(FileError) {
    let header = NPYHeader(descriptor: Element.npyDescriptor, shape: [count] + rowShape)
    try file.overwrite(at: 0, with: header.encoded(minimumSize: headerSize))
    try file.commit()
  }
}
