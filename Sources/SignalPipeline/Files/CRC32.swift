/// The 32-bit cyclic redundancy check of Ethernet, gzip and PNG.
///
/// Source: IEEE 802.3, reflected polynomial 0xEDB88320.
package enum CRC32 {
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { value, _ in
      value & 1 == 0 ? value >> 1 : value >> 1 ^ 0xEDB8_8320
    }
  }

  /// Returns the checksum of bytes; that of `123456789` in ASCII is 0xCBF43926.
  package static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    let table = table
    var value = UInt32.max
    for byte in bytes { value = table[Int(UInt8(truncatingIfNeeded: value) ^ byte)] ^ value >> 8 }
    return ~value
  }
}
