/// What a NumPy `.npy` file says about the array behind its header.
///
///     \x93NUMPY  major minor  length (2 bytes in version 1, else 4)  {'descr': '<f4', …}  values
///
/// Source: NumPy Enhancement Proposal 1, "A simple file format for NumPy arrays".
package struct NPYHeader: Hashable, Sendable {
  /// NumPy's name of the element type, such as `<f4`.
  package var descriptor: String

  /// Whether the first axis is the contiguous one.
  package var isFortranOrder: Bool

  /// The length of each axis, outermost first.
  package var shape: [Int]

  /// Creates a header from its parts.
  package init(descriptor: String, isFortranOrder: Bool = false, shape: [Int]) {
    self.descriptor = descriptor
    self.isFortranOrder = isFortranOrder
    self.shape = shape
  }

  /// The number of elements, or `nil` if it overflows.
  package var count: Int? {
    var product = 1
    for length in shape {
      let (next, overflow) = product.multipliedReportingOverflow(by: length)
      if overflow { return nil }
      product = next
    }
    return product
  }

  /// The first bytes of every `.npy` file.
  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  /// The longest header text that is read [bytes]; NumPy's own limit is 10,000.
  static let lengthLimit = 1 << 16

  /// The digits that the first length has room for; NumPy leaves the same room.
  private static let growth = 21

  /// Returns the header as version 1.0, or 2.0 where that is too short.
  ///
  /// The size does not depend on the length of the first axis, so that a header with another one
  /// can take its place. These are the bytes that `numpy.save` writes.
  ///
  /// - Returns: A multiple of 64 bytes, padded with spaces and ended by a newline.
  func encoded() -> [UInt8] {
    // The text of a one-element tuple needs its comma.
    let lengths = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
    let order = isFortranOrder ? "True" : "False"
    let text = "{'descr': '\(descriptor)', 'fortran_order': \(order), 'shape': (\(lengths)), }"
    let growing = isFortranOrder ? shape.last : shape.first
    let room = growing.map { Self.growth - String($0).utf8.count } ?? 0
    let content = Array(text.utf8) + [UInt8](repeating: UInt8(ascii: " "), count: room)
    var prefix = Self.magic.count + 4
    let isLong = Self.roundedUp(prefix + content.count + 1) - prefix > Int(UInt16.max)
    if isLong { prefix += 2 }
    let size = Self.roundedUp(prefix + content.count + 1)
    var bytes = Self.magic + (isLong ? [2, 0] : [1, 0])
    for shift in stride(from: 0, to: isLong ? 32 : 16, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: (size - prefix) >> shift))
    }
    bytes += content
    bytes += [UInt8](repeating: UInt8(ascii: " "), count: size - bytes.count - 1)
    bytes.append(UInt8(ascii: "\n"))
    return bytes
  }

  private static func roundedUp(_ size: Int) -> Int { (size + 63) / 64 * 64 }

  /// Reads the header at the start of a file.
  ///
  /// - Throws: ``FileError`` naming the byte and what was expected there.
  init(from file: inout InputFile) throws(FileError) {
    self = try Self.read(path: file.path) { count throws(FileError) in
      try file.read(count, of: UInt8.self)
    }
  }

  /// Reads a header by the bytes that a file or a stream yields from its start on.
  ///
  /// - Parameters:
  ///   - path: What errors call the file.
  ///   - next: Yields exactly as many bytes as asked for, or throws.
  /// - Returns: The header.
  /// - Throws: ``FileError`` naming the byte and what was expected there; what `next` throws.
  static func read(
    path: String, next: (Int) throws(FileError) -> [UInt8]
  ) throws(FileError) -> NPYHeader {
    let prefix = try next(magic.count + 2)
    guard prefix.starts(with: magic) else {
      throw FileError(
        .malformed, path: path, place: "byte 0", reason: "not a NumPy file: no \\x93NUMPY")
    }
    let major = prefix[magic.count]
    guard (1...3).contains(major), prefix[magic.count + 1] == 0 else {
      throw FileError(
        .unsupported, path: path, place: "byte \(magic.count)",
        reason: "format version \(major).\(prefix[magic.count + 1]); 1.0, 2.0 and 3.0 are read")
    }
    let lengthBytes = try next(major == 1 ? 2 : 4)
    let length = lengthBytes.reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= lengthLimit else {
      throw FileError(
        .unsupported, path: path, place: "byte \(magic.count + 2)",
        reason: "a header of \(length) bytes; the limit is \(lengthLimit)")
    }
    let start = prefix.count + lengthBytes.count
    var parser = NPYHeaderParser(text: try next(length))
    do {
      return try parser.parse()
    } catch {
      throw FileError(
        error.kind, path: path, place: "byte \(start + error.offset)", reason: error.reason)
    }
  }
}
