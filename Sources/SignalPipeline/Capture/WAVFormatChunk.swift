/// What a WAV file's `fmt ` chunk tells of its samples.
///
///     0 tag  2 channels  4 rate  8 bytes/s  12 bytes/frame  14 bits  [16 extension  18 valid bits
///     20 speakers  24 GUID, whose first two bytes are the tag of WAVE_FORMAT_EXTENSIBLE]
///
/// Source: Microsoft, Multiple Channel Audio Data and WAVE Files (2007).
struct WAVFormatChunk {
  /// How the samples are stored: two channels are I and Q, one is real.
  let format: SampleFormat

  /// The sample rate [Hz]; `nil` for a chunk that says 0.
  let sampleRate: Double?

  /// The bytes of one sample of all channels.
  let bytesPerFrame: Int

  /// The bytes that are looked at.
  static let length = 40

  private static let extensible = 0xFFFE

  /// What follows the tag in the GUID of every format that has a tag.
  private static let tagged: [UInt8] = [
    0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71,
  ]

  /// Formats that are named when they are refused.
  private static let encodings: [Int: String] = [
    0x02: "Microsoft ADPCM", 0x06: "A-law", 0x07: "µ-law", 0x11: "IMA ADPCM", 0x31: "GSM 6.10",
    0x50: "MPEG", 0x55: "MP3", 0x161: "Windows Media Audio", 0xF1AC: "FLAC",
  ]

  /// Reads the chunk's first ``length`` bytes, or all where it is shorter.
  ///
  /// - Parameters:
  ///   - bytes: The chunk's content.
  ///   - path: The file that errors name.
  ///   - offset: Where the content stands in the file.
  /// - Throws: ``FileError`` for a chunk that contradicts itself, an encoding that is not linear
  ///   or a number of channels other than one or two.
  init(_ bytes: [UInt8], path: String, offset: Int) throws(FileError) {
    func fault(_ kind: FileError.Kind, _ at: Int, _ reason: String) -> FileError {
      FileError(kind, path: path, place: "chunk 'fmt ' at byte \(offset + at)", reason: reason)
    }
    guard bytes.count >= 16 else {
      throw fault(.malformed, 0, "it has \(bytes.count) bytes, at least 16 are needed")
    }
    let channels = bytes.integer(at: 2, size: 2)
    let rate = bytes.integer(at: 4, size: 4)
    let frame = bytes.integer(at: 12, size: 2)
    let bits = bytes.integer(at: 14, size: 2)
    var tag = bytes.integer(at: 0, size: 2)
    if tag == Self.extensible {
      guard bytes.count >= Self.length else {
        throw fault(.malformed, 0, "it has \(bytes.count) bytes, WAVE_FORMAT_EXTENSIBLE has 40")
      }
      guard bytes[26..<40].elementsEqual(Self.tagged) else {
        throw fault(.unsupported, 24, "the encoding is none of PCM and IEEE float")
      }
      tag = bytes.integer(at: 24, size: 2)
    }
    guard tag == 1 || tag == 3 else {
      let name = Self.encodings[tag] ?? "unknown"
      throw fault(
        .unsupported, 0, "the encoding is \(tag) (\(name)); 1 (PCM) and 3 (IEEE float) are read")
    }
    guard channels == 1 || channels == 2 else {
      throw fault(
        .unsupported, 2,
        "\(channels) channels; one is read as real samples, two are read as I and Q")
    }
    // Fewer bits than fill their bytes stand at the upper end.
    let width = frame / channels
    guard frame % channels == 0, width * 8 - 8 < bits, bits <= width * 8,
      let number = Self.number(isFloat: tag == 3, width: width)
    else {
      throw fault(
        .unsupported, 12,
        "\(channels) × \(bits) bits of \(tag == 1 ? "PCM" : "IEEE float") in \(frame) bytes; "
          + "PCM of 8, 16, 24 and 32 bits and float of 32 and 64 bits are read")
    }
    let name = (channels == 2 ? "c" : "r") + number
    guard let format = SampleFormat(rawValue: name) else {
      throw fault(.unsupported, 12, "its samples are \(name), which is not read")
    }
    self.format = format
    sampleRate = rate == 0 ? nil : Double(rate)
    bytesPerFrame = frame
  }

  /// The SigMF name of a number, without what tells whether it is complex.
  private static func number(isFloat: Bool, width: Int) -> String? {
    switch (isFloat, width) {
    case (false, 1): "u8"
    case (false, 2): "i16_le"
    case (false, 3): "i24_le"
    case (false, 4): "i32_le"
    case (true, 4): "f32_le"
    case (true, 8): "f64_le"
    default: nil
    }
  }
}

extension Array<UInt8> {
  /// The unsigned little-endian number of up to 4 bytes.
  func integer(at offset: Int, size: Int) -> Int {
    self[offset..<offset + size].reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}
