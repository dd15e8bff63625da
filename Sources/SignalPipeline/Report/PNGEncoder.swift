/// Writes pictures of at most 256 colours as PNG.
///
/// Compression is what plots need and no more: rows that repeat cost a few bytes, and so do runs
/// of one colour. Everything else takes 8 or 9 bits a pixel.
///
/// Sources: PNG Specification, W3C, 3rd edition; RFC 1950 (zlib); RFC 1951 (deflate).
package enum PNGEncoder {
  /// Returns a whole file.
  ///
  /// - Parameters:
  ///   - pixels: The index of each pixel's colour, row by row from the top left.
  ///   - width: The pixels of a row, at least 1.
  ///   - palette: The colours, at most 256; every index names one.
  /// - Returns: The file's bytes.
  package static func encode(
    _ pixels: [UInt8], width: Int, palette: [ColorMap.Color]
  ) -> [UInt8] {
    precondition(
      width > 0 && !pixels.isEmpty && pixels.count % width == 0,
      "\(pixels.count) pixels in rows of \(width)")
    precondition((1...256).contains(palette.count), "\(palette.count) colours")
    var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    // 8 bits an index, a palette, the one compression and filtering there are, not interlaced.
    let header = bigEndian(width) + bigEndian(pixels.count / width) + [8, 3, 0, 0, 0]
    append("IHDR", header, to: &file)
    append("PLTE", palette.flatMap { [$0.red, $0.green, $0.blue] }, to: &file)
    append("IDAT", Deflate.zlib(filtered(pixels, width: width)), to: &file)
    append("IEND", [], to: &file)
    return file
  }

  /// Puts a filter's number before each row: 2 and the differences, which are mostly 0, where at
  /// least half a row is like the one above; 0 and the row as it is else, since the indices of
  /// other rows predict little.
  private static func filtered(_ pixels: [UInt8], width: Int) -> [UInt8] {
    var rows: [UInt8] = []
    rows.reserveCapacity(pixels.count / width * (width + 1))
    for start in stride(from: 0, to: pixels.count, by: width) {
      let row = pixels[start..<start + width]
      let differences = start == 0 ? [] : row.indices.map { pixels[$0] &- pixels[$0 - width] }
      if differences.count(where: { $0 == 0 }) * 2 >= width {
        rows.append(2)
        rows.append(contentsOf: differences)
      } else {
        rows.append(0)
        rows.append(contentsOf: row)
      }
    }
    return rows
  }

  private static func append(_ type: String, _ data: [UInt8], to file: inout [UInt8]) {
    let content = Array(type.utf8) + data
    file += bigEndian(data.count) + content + bigEndian(Int(CRC32.checksum(content[...])))
  }

  private static func bigEndian(_ value: Int) -> [UInt8] {
    stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: value >> $0) }
  }
}
