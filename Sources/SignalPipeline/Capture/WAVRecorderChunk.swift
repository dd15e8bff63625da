/// What receivers note in a WAV file's `auxi` chunk.
///
/// SpectraVue, Winrad, HDSDR, SDRuno and SDR# write a structure: two `SYSTEMTIME` of eight 16-bit
/// numbers, the start and the end, then the centre in Hz as 32 bits. SDR Console writes XML
/// instead, mostly as UTF-16, whose attributes are named as they mean.
///
/// Times are taken as UTC, as HDSDR and SDR# write them.
///
/// Source: RFSPACE, SpectraVue User Guide, "WAV file format".
struct WAVRecorderChunk {
  /// The frequency that stands at 0 Hz [Hz]; `nil` where the chunk tells none or 0.
  var centerFrequency: Double?

  /// When the recording began.
  var startTime: CaptureTime?

  /// The bytes that are looked at.
  static let limit = 1 << 16

  /// Reads the chunk's content; what makes no sense is not told.
  init(_ bytes: [UInt8]) {
    // UTF-16 of XML's ASCII is every other byte, after a mark of the byte order or without it.
    let text = bytes.prefix(2) == [0xFF, 0xFE] ? Array(bytes.dropFirst(2)) : bytes
    if text.first == UInt8(ascii: "<") {
      readXML(text.filter { $0 != 0 })
    } else if bytes.count >= 36 {
      let parts = (0..<8).map { bytes.integer(at: $0 * 2, size: 2) }
      startTime = CaptureTime(
        year: parts[0], month: parts[1], day: parts[3], hour: parts[4], minute: parts[5],
        second: parts[6], millisecond: parts[7])
      let center = bytes.integer(at: 32, size: 4)
      // Without a date this is some other program's chunk.
      if startTime != nil, center > 0 { centerFrequency = Double(center) }
    }
  }

  private mutating func readXML(_ text: [UInt8]) {
    if let value = Self.attribute("RadioCenterFreq", in: text), value > 0 {
      centerFrequency = Double(value)
    }
    startTime = Self.attribute("UTCSeconds", in: text).flatMap {
      CaptureTime(secondsSince1970: $0)
    }
  }

  /// The whole number that an attribute's value is.
  private static func attribute(_ name: String, in text: [UInt8]) -> Int? {
    let key = Array(" \(name)=\"".utf8)
    guard
      let start = text.indices.first(where: { text[$0...].starts(with: key) })
    else { return nil }
    let value = text[(start + key.count)...].prefix { $0 != UInt8(ascii: "\"") }
    return value.count < 18 ? Int(String(decoding: value, as: UTF8.self)) : nil
  }
}
