/// Whole NumPy `.npy` files, as `numpy.load` and `numpy.save` read and write them.
///
/// Read: versions 1.0, 2.0 and 3.0, C order, the little-endian types that conform to
/// ``NPYElement``. Written: version 1.0.
package enum NPYFile {
  /// Reads a whole array.
  ///
  /// - Parameters:
  ///   - path: The file's path.
  ///   - type: The element type that the file must have.
  /// - Returns: The shape, outermost axis first, and the values in C order.
  /// - Throws: ``FileError`` if the file is not exactly that.
  package static func read<Element: NPYElement>(
    _ path: String, as type: Element.Type
  ) throws(FileError) -> (shape: [Int], values: [Element]) {
    var reader = try NPYReader<Element>(path)
    return (reader.header.shape, try reader.read(rows: .max))
  }

  /// Writes a whole array.
  ///
  /// - Parameters:
  ///   - values: The elements in C order.
  ///   - shape: The length of each axis, outermost first; `[]` for one value.
  ///   - path: The file's path, or `-` for standard output.
  /// - Throws: ``FileError``; an old file at the path is then still there.
  package static func write<Element: NPYElement>(
    _ values: [Element], shape: [Int], to path: String
  ) throws(FileError) {
    let header = NPYHeader(descriptor: Element.npyDescriptor, shape: shape)
    precondition(header.count == values.count, "\(values.count) values have not shape \(shape)")
    var file = try OutputFile(path)
    try file.append(header.encoded())
    try file.append(values: values)
    try file.commit()
  }
}
