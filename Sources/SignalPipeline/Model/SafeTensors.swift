/// Named tensors and text in the safetensors format, which PyTorch and others read.
///
///     header length (8 bytes, little-endian)  header (JSON)  values
///
/// Source: the format section of https://github.com/huggingface/safetensors.
package struct SafeTensors: Hashable, Sendable {
  /// The values of a tensor in C order, by element type.
  package enum Values: Hashable, Sendable {
    /// 32-bit floats, `F32`.
    case float([Float])
    /// 64-bit floats, `F64`.
    case double([Double])
    /// 64-bit integers, `I64`.
    case integer([Int64])

    /// The number of values.
    package var count: Int {
      switch self {
      case .float(let values): values.count
      case .double(let values): values.count
      case .integer(let values): values.count
      }
    }
  }

  /// One named array.
  package struct Tensor: Hashable, Sendable {
    /// The name, which no other tensor of the file has.
    package var name: String

    /// The length of each axis, outermost first; `[]` for one value.
    package var shape: [Int]

    /// The values in C order; as many as the shape says.
    package var values: Values

    /// Creates a tensor from its parts.
    package init(name: String, shape: [Int], values: Values) {
      precondition(shape.reduce(1, *) == values.count, "\(name): \(values.count) values \(shape)")
      self.name = name
      self.shape = shape
      self.values = values
    }
  }

  /// The tensors, in the order in which their values lie in the file.
  package var tensors: [Tensor]

  /// Texts by key, the format's `__metadata__`.
  package var metadata: [String: String]

  /// The longest header that the format allows [bytes].
  static let headerLimit = 100_000_000

  /// The largest file that is read [bytes].
  static let fileLimit = 1 << 31

  /// Creates content from its parts.
  package init(tensors: [Tensor], metadata: [String: String] = [:]) {
    self.tensors = tensors
    self.metadata = metadata
  }

  /// Reads a file.
  ///
  /// - Parameter path: The file's path, or `-` for standard input.
  /// - Throws: ``FileError`` naming the tensor or byte that breaks the format's rules.
  package init(readingFrom path: String) throws(FileError) {
    self = try SafeTensors(InputFile.read(path, limit: Self.fileLimit), path: path)
  }

  /// Writes a file whose values begin at a multiple of 8 bytes.
  ///
  /// - Throws: ``FileError`` if it can't be written.
  package func write(to path: String) throws(FileError) {
    try OutputFile.write(encoded(path: path), to: path)
  }

  /// Returns the bytes of the file; equal content gives equal bytes.
  ///
  /// - Parameter path: The file that errors name.
  /// - Returns: Header and values.
  /// - Throws: ``FileError`` if two tensors have one name.
  package func encoded(path: String) throws(FileError) -> [UInt8] {
    var header = SafeTensorsHeader(metadata: metadata)
    var body: [UInt8] = []
    for tensor in tensors {
      let start = body.count
      let type: String
      switch tensor.values {
      case .float(let values):
        type = "F32"
        for value in values { Self.append(value.bitPattern, to: &body) }
      case .double(let values):
        type = "F64"
        for value in values { Self.append(value.bitPattern, to: &body) }
      case .integer(let values):
        type = "I64"
        for value in values { Self.append(value, to: &body) }
      }
      let entry = SafeTensorsHeader.Entry(
        dtype: type, shape: tensor.shape, data_offsets: [start, body.count])
      guard header.entries.updateValue(entry, forKey: tensor.name) == nil else {
        throw FileError(.malformed, path: path, reason: "two tensors are named '\(tensor.name)'")
      }
    }
    var text = try JSON.encode(header, path: path)
    text += [UInt8](repeating: UInt8(ascii: " "), count: (8 - text.count % 8) % 8)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 + text.count + body.count)
    Self.append(UInt64(text.count), to: &bytes)
    return bytes + text + body
  }

  private static func append(_ value: some FixedWidthInteger, to bytes: inout [UInt8]) {
    for shift in stride(from: 0, to: value.bitWidth, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }
}
