/// What stands before the samples of a NumPy array: one axis of complex numbers.
package struct NPYCaptureHeader: Sendable {
  /// The format and where the samples lie; an array knows neither rate nor centre.
  package let facts: CaptureFacts

  /// The element types that are samples.
  private static let formats = [
    "<c8": "cf32_le", ">c8": "cf32_be", "<c16": "cf64_le", ">c16": "cf64_be",
  ]

  /// Whether a file that begins so is a NumPy array.
  package static func matches(_ start: [UInt8]) -> Bool { start.starts(with: NPYHeader.magic) }

  /// Reads the header at the start of a source and leaves the source at its first sample.
  ///
  /// - Throws: ``FileError`` for what is no array of complex samples, or is shorter than its
  ///   header says.
  package init(from source: inout ByteSource) throws(FileError) {
    let header = try NPYHeader.read(path: source.path) { count throws(FileError) in
      try source.read(exactly: count)
    }
    guard let format = Self.formats[header.descriptor].flatMap(SampleFormat.init(rawValue:)) else {
      throw FileError(
        .unsupported, path: source.path, place: "descr",
        reason: "elements are '\(header.descriptor)', a capture has '<c8' (complex64); "
          + "save array.astype('complex64')")
    }
    guard header.shape.count(where: { $0 != 1 }) <= 1, !header.shape.isEmpty else {
      throw FileError(
        .unsupported, path: source.path, place: "shape",
        reason: "the array has shape \(header.shape), a capture has one axis; save array.ravel()")
    }
    guard let count = header.count, count <= Int.max / format.bytesPerSample else {
      throw FileError(
        .malformed, path: source.path, place: "shape",
        reason: "\(header.shape) has more elements than any file")
    }
    let bytes = count * format.bytesPerSample
    if let size = source.size, size - source.offset < bytes {
      throw FileError(
        .malformed, path: source.path, place: "byte \(source.offset)",
        reason: "\(size - source.offset) bytes follow, shape \(header.shape) of "
          + "'\(header.descriptor)' takes \(bytes)")
    }
    facts = CaptureFacts(format: format, dataOffset: source.offset, dataBytes: bytes)
  }
}
