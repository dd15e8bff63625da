/// One 512-byte block that introduces an entry of a tar archive.
///
/// Source: POSIX.1-2001, pax, "ustar Interchange Format"; GNU tar, "Basic Tar Format".
struct TarHeader {
  /// The size of every block [bytes].
  static let blockSize = 512

  /// The path, of up to 256 bytes.
  let name: String

  /// The content's size [bytes].
  let size: Int

  /// The entry's type: `0` for a file.
  let kind: UInt8

  /// Whether an entry's type says that content follows its header.
  var hasContent: Bool {
    // 1 to 6 are links, devices, folders and pipes, whose size is none of a content.
    !(UInt8(ascii: "1")...UInt8(ascii: "6")).contains(kind)
  }

  /// Whether the entry is a file whose content lies in the archive as it is.
  var isFile: Bool { [0, UInt8(ascii: "0"), UInt8(ascii: "7")].contains(kind) }

  /// Reads a block.
  ///
  /// - Returns: `nil` for a block of zeros, which ends an archive.
  /// - Throws: ``FileError`` for a wrong checksum or a number that is none.
  init?(_ block: [UInt8], path: String, offset: Int) throws(FileError) {
    func fault(_ field: Int, _ reason: String) -> FileError {
      FileError(.malformed, path: path, place: "byte \(offset + field)", reason: reason)
    }
    if block.allSatisfy({ $0 == 0 }) { return nil }
    guard let stated = Self.number(block[148..<156]) else {
      throw fault(148, "no tar header: its checksum is no number")
    }
    // The checksum's own field counts as blanks; old programs summed signed bytes.
    var unsigned = 8 * 0x20
    var signed = unsigned
    for (index, byte) in block.enumerated() where !(148..<156).contains(index) {
      unsigned += Int(byte)
      signed += Int(Int8(bitPattern: byte))
    }
    guard stated == unsigned || stated == signed else {
      throw fault(148, "no tar header: its checksum is \(stated), its bytes sum to \(unsigned)")
    }
    guard let size = Self.number(block[124..<136]) else {
      throw fault(124, "the size is no number of bytes")
    }
    self.size = size
    kind = block[156]
    var name = Self.text(block[0..<100])
    // GNU's own format keeps other things where ustar keeps the front of the path.
    if block[257..<263].elementsEqual("ustar\0".utf8), block[345] != 0 {
      name = Self.text(block[345..<500]) + "/" + name
    }
    self.name = name
  }

  /// Text up to the first zero byte.
  static func text(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
  }

  /// A number in octal digits, or in GNU's base 256 with the first bit set.
  private static func number(_ field: ArraySlice<UInt8>) -> Int? {
    var value = 0
    if let first = field.first, first & 0x80 != 0 {
      for (index, byte) in field.enumerated() {
        // Digits before the last eight must be zero; then 63 bits are what Int holds.
        let digit = index == 0 ? Int(byte & 0x7F) : Int(byte)
        guard value < 1 << 55 else { return nil }
        value = value << 8 | digit
      }
      return value
    }
    let digits = field.drop { $0 == 0x20 }.prefix { $0 != 0x20 && $0 != 0 }
    guard !digits.isEmpty || field.allSatisfy({ $0 == 0 || $0 == 0x20 }) else { return nil }
    for digit in digits {
      guard (0x30...0x37).contains(digit) else { return nil }
      value = value << 3 | Int(digit - 0x30)  // 12 octal digits are 36 bits
    }
    return value
  }
}
