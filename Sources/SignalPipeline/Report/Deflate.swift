/// Compresses runs of equal bytes, in the format of zlib.
///
/// It is one block of deflate with the fixed Huffman codes, whose only references go back by one
/// byte: a run of up to 258 equal bytes after the first takes 13 bits or fewer.
///
/// Sources: RFC 1950, 2.2 and 9; RFC 1951, 3.2.5 and 3.2.6.
enum Deflate {
  /// The shortest and the longest reference [bytes].
  private static let lengths = 3...258

  /// Returns the zlib stream that holds the bytes.
  static func zlib(_ bytes: [UInt8]) -> [UInt8] {
    // 32 KiB of window, the fastest compression.
    var writer = BitWriter([0x78, 0x01])
    // The last block, fixed codes.
    writer.append(0b011, bits: 3)
    var place = 0
    while place < bytes.count {
      var end = place + 1
      while end < bytes.count, bytes[end] == bytes[place] { end += 1 }
      append(literal: bytes[place], to: &writer)
      var left = end - place - 1
      while left >= lengths.lowerBound {
        let length = min(left, lengths.upperBound)
        append(runOf: length, to: &writer)
        left -= length
      }
      for _ in 0..<left { append(literal: bytes[place], to: &writer) }
      place = end
    }
    // The end of the block.
    writer.append(code: 0, bits: 7)
    let sum = adler32(bytes)
    let check = stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: sum >> $0) }
    return writer.finish() + check
  }

  private static func append(literal byte: UInt8, to writer: inout BitWriter) {
    let value = UInt32(byte)
    if value < 144 {
      writer.append(code: 0x30 + value, bits: 8)
    } else {
      writer.append(code: 0x190 + value - 144, bits: 9)
    }
  }

  private static func append(runOf length: Int, to writer: inout BitWriter) {
    // Lengths from 3 on have the codes from 257 on: 8 of one length each, then 4 each of 2, 4, …
    // lengths, told apart by extra bits. The longest has one of its own.
    var code = 285
    var (extra, bits) = (0, 0)
    if length < lengths.upperBound {
      let offset = length - lengths.lowerBound
      bits = offset < 8 ? 0 : (Int.bitWidth - 1 - offset.leadingZeroBitCount) - 2
      code = 257 + 4 * bits + offset >> bits
      extra = offset & (1 << bits - 1)
    }
    if code < 280 {
      writer.append(code: UInt32(code - 256), bits: 7)
    } else {
      writer.append(code: UInt32(0xC0 + code - 280), bits: 8)
    }
    writer.append(UInt32(extra), bits: bits)
    // A distance of 1.
    writer.append(code: 0, bits: 5)
  }

  private static func adler32(_ bytes: [UInt8]) -> UInt32 {
    var (a, b) = (1 as UInt32, 0 as UInt32)
    var left = 0
    for byte in bytes {
      // So many sums stay below 2³².
      if left == 0 { (a, b, left) = (a % 65_521, b % 65_521, 5552) }
      a += UInt32(byte)
      b += a
      left -= 1
    }
    return (b % 65_521) << 16 | a % 65_521
  }
}

/// Bits that fill bytes from the lowest on.
private struct BitWriter {
  private var bytes: [UInt8]
  private var pending: UInt64 = 0
  private var count = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Appends a number of at most 32 bits, its lowest bit first.
  mutating func append(_ value: UInt32, bits: Int) {
    pending |= UInt64(value) << count
    count += bits
    while count >= 8 {
      bytes.append(UInt8(truncatingIfNeeded: pending))
      pending >>= 8
      count -= 8
    }
  }

  /// Appends a Huffman code, its highest bit first.
  mutating func append(code: UInt32, bits: Int) {
    var reversed: UInt32 = 0
    for bit in 0..<bits where code >> bit & 1 == 1 { reversed |= 1 << (bits - 1 - bit) }
    append(reversed, bits: bits)
  }

  /// Returns the bytes, the last filled up with zeros.
  consuming func finish() -> [UInt8] {
    if count > 0 { bytes.append(UInt8(truncatingIfNeeded: pending)) }
    return bytes
  }
}
