/// How a capture stores one sample: I then Q, or one real value, each a number of one type.
///
/// The raw value is the SigMF datatype, such as `ci16_le`; ``init(named:)`` also takes the names
/// that other tools use. All 28 datatypes of SigMF are formats, and so are `ri24_le` and
/// `ci24_le`, which SigMF lacks and WAV files hold. Full scale is 1 for every format of `n` bits:
///
///     unsigned  (x − h)/h, h = 2ⁿ⁻¹ − ½      signed  x/2ⁿ⁻¹      floating point  x
///
/// Source: SigMF 1.2, `core:datatype`.
public struct SampleFormat: Hashable, Sendable {
  /// Whether a sample is I and Q; a real one is a single number.
  public let isComplex: Bool

  /// The type of each number.
  public let number: Number

  /// The order of each number's bytes; little-endian for numbers of one byte.
  public let byteOrder: ByteOrder

  /// Creates a format; `nil` for big-endian 24-bit numbers, which no supported file holds.
  public init?(isComplex: Bool, number: Number, byteOrder: ByteOrder = .littleEndian) {
    guard number != .i24 || byteOrder == .littleEndian else { return nil }
    self.init(isComplex, number, byteOrder)
  }

  private init(_ isComplex: Bool, _ number: Number, _ byteOrder: ByteOrder = .littleEndian) {
    self.isComplex = isComplex
    self.number = number
    self.byteOrder = number.byteCount == 1 ? .littleEndian : byteOrder
  }

  /// Complex unsigned 8-bit, as RTL-SDR tools write.
  public static let cu8 = SampleFormat(true, .u8)

  /// Complex signed 8-bit, as HackRF tools write.
  public static let ci8 = SampleFormat(true, .i8)

  /// Complex signed 16-bit, little-endian.
  public static let ci16 = SampleFormat(true, .i16)

  /// Complex IEEE 754 single precision, little-endian, as GNU Radio writes; not limited to full
  /// scale.
  public static let cf32 = SampleFormat(true, .f32)

  /// The bytes that one sample takes.
  public var bytesPerSample: Int { number.byteCount * numbersPerSample }

  /// How many numbers make one sample: 2 or 1.
  package var numbersPerSample: Int { isComplex ? 2 : 1 }
}

extension SampleFormat {
  /// The type of a stored number: its kind and its bits.
  public enum Number: String, Hashable, Codable, Sendable, CaseIterable {
    case u8, i8, i16, f32, u16, i24, u32, i32, f64

    /// Whether it is one of the integers, which are always finite.
    package var isInteger: Bool { self != .f32 && self != .f64 }

    /// The bytes that one number takes.
    public var byteCount: Int {
      switch self {
      case .u8, .i8: 1
      case .u16, .i16: 2
      case .i24: 3
      case .u32, .i32, .f32: 4
      case .f64: 8
      }
    }
  }

  /// Which byte of a number comes first.
  public enum ByteOrder: String, Hashable, Codable, Sendable, CaseIterable {
    /// The least significant byte.
    case littleEndian = "le"
    /// The most significant byte.
    case bigEndian = "be"
  }
}

extension SampleFormat: RawRepresentable, Codable, CaseIterable {
  /// Every format: the complex ones first, the usual ones first among those.
  public static let allCases: [SampleFormat] = [true, false].flatMap { isComplex in
    ByteOrder.allCases.flatMap { order in
      Number.allCases.filter { order == .littleEndian || ($0.byteCount > 1 && $0 != .i24) }
        .map { SampleFormat(isComplex, $0, order) }
    }
  }

  /// The SigMF datatype.
  public var rawValue: String {
    (isComplex ? "c" : "r") + number.rawValue
      + (number.byteCount == 1 ? "" : "_" + byteOrder.rawValue)
  }

  /// Creates the format of a SigMF datatype, or `nil` where there is none of that name.
  public init?(rawValue: String) {
    guard let format = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = format
  }
}

extension SampleFormat: CustomStringConvertible {
  /// The SigMF datatype.
  public var description: String { rawValue }
}
