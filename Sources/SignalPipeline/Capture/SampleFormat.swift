/// How a capture stores one complex sample: I then Q, each a number of the same type.
///
/// The raw value is the SigMF datatype; ``init(named:)`` also takes the names that other tools
/// use. Full scale is 1 for every format:
///
///     cu8  (x − 127.5)/127.5      ci8  x/128      ci16_le  x/32768      cf32_le  x
///
/// Source: SigMF 1.2, `core:datatype`.
public enum SampleFormat: String, Hashable, Codable, Sendable, CaseIterable {
  /// Unsigned 8-bit, as RTL-SDR tools write.
  case cu8
  /// Signed 8-bit, as HackRF tools write.
  case ci8
  /// Signed 16-bit, little-endian.
  case ci16 = "ci16_le"
  /// IEEE 754 single precision, little-endian, as GNU Radio writes; not limited to full scale.
  case cf32 = "cf32_le"

  /// The type of each of a sample's numbers.
  package enum Number: Hashable, Sendable { case u8, i8, i16, f32 }

  /// The type of I and of Q.
  package var number: Number {
    switch self {
    case .cu8: .u8
    case .ci8: .i8
    case .ci16: .i16
    case .cf32: .f32
    }
  }

  /// The bytes that one sample takes.
  public var bytesPerSample: Int {
    switch number {
    case .u8, .i8: 2
    case .i16: 4
    case .f32: 8
    }
  }
}
