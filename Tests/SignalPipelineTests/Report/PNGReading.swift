import SignalPipeline
import Testing

/// The pixels of a PNG file with a palette, read by the letter of the standards: every chunk's
/// checksum, the zlib stream's, fixed Huffman codes bit by bit.
struct PNGReading {
  var width = 0
  var height = 0
  var palette: [[UInt8]] = []
  var pixels: [UInt8] = []

  init(_ file: [UInt8]) throws {
    try #require(file.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
    func number(_ place: Int) -> Int { file[place..<place + 4].reduce(0) { $0 << 8 | Int($1) } }
    var place = 8
    var names: [String] = []
    var stream: [UInt8] = []
    while place < file.count {
      let length = number(place)
      let content = file[place + 4..<place + 8 + length]
      let name = String(decoding: content.prefix(4), as: UTF8.self)
      let data = Array(content.dropFirst(4))
      #expect(number(place + 8 + length) == Int(CRC32.checksum(content)), "\(name)")
      switch name {
      case "IHDR":
        (width, height) = (number(place + 8), number(place + 12))
        #expect(Array(data[8...]) == [8, 3, 0, 0, 0])
      case "PLTE": palette = stride(from: 0, to: length, by: 3).map { Array(data[$0..<$0 + 3]) }
      case "IDAT": stream += data
      default: break
      }
      names.append(name)
      place += 12 + length
    }
    #expect(names == ["IHDR", "PLTE", "IDAT", "IEND"])
    let rows = try Self.inflate(stream)
    try #require(rows.count == height * (width + 1))
    for row in 0..<height {
      let start = row * (width + 1)
      for column in 0..<width {
        let above = rows[start] == 2 ? pixels[(row - 1) * width + column] : 0
        #expect(rows[start] == 0 || rows[start] == 2)
        pixels.append(rows[start + 1 + column] &+ above)
      }
    }
  }

  /// The bytes of a zlib stream of one block with fixed codes.
  static func inflate(_ stream: [UInt8]) throws -> [UInt8] {
    try #require((Int(stream[0]) << 8 | Int(stream[1])) % 31 == 0 && stream[0] & 15 == 8)
    var place = 16
    func bit() -> Int {
      defer { place += 1 }
      return Int(stream[place / 8] >> (place % 8) & 1)
    }
    func bits(_ count: Int) -> Int { (0..<count).reduce(0) { $0 | bit() << $1 } }
    try #require(bits(1) == 1 && bits(2) == 1)
    var bytes: [UInt8] = []
    while true {
      var code = (0..<7).reduce(0) { sum, _ in sum << 1 | bit() }
      var symbol = 256 + code
      if code > 0b0010111 {
        code = code << 1 | bit()
        switch code {
        case 0b0011_0000...0b1011_1111: symbol = code - 0b0011_0000
        case 0b1100_0000...0b1100_0111: symbol = 280 + code - 0b1100_0000
        default: symbol = 144 + (code << 1 | bit()) - 0b1_1001_0000
        }
      }
      if symbol < 256 {
        bytes.append(UInt8(symbol))
        continue
      }
      if symbol == 256 { break }
      // The table of RFC 1951, 3.2.5.
      let base = [
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115,
        131, 163, 195, 227, 258,
      ][symbol - 257]
      let extra = [
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
      ][symbol - 257]
      let length = base + bits(extra)
      let distance = (0..<5).reduce(0) { sum, _ in sum << 1 | bit() } + 1
      try #require(distance == 1 && !bytes.isEmpty)
      bytes.append(contentsOf: repeatElement(bytes[bytes.count - 1], count: length))
    }
    let end = (place + 7) / 8
    let sums = bytes.reduce((1, 0)) { sums, byte in
      let a = (sums.0 + Int(byte)) % 65_521
      return (a, (sums.1 + a) % 65_521)
    }
    #expect(stream[end...].reduce(0) { $0 << 8 | Int($1) } == sums.1 << 16 | sums.0)
    #expect(stream.count == end + 4)
    return bytes
  }
}
