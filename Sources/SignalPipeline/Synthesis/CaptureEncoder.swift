/// Turns samples into the bytes of a raw capture.
///
///     unsigned  round(h·x + h), h = 2ⁿ⁻¹ − ½      signed  round(2ⁿ⁻¹·x)      floating point  x
///
/// Rounding is to the nearest, ties to even; what leaves the format's range is clipped.
public struct CaptureEncoder: Hashable, Codable, Sendable {
  /// How each sample is stored.
  public let format: SampleFormat

  /// The rms level `√(mean |x|²)` to which samples are scaled [dB full scale]; `nil` leaves them
  /// as they are.
  public let level: Double?

  /// Creates an encoder.
  ///
  /// - Throws: ``ConfigurationError`` if the level is outside −200…60 dB, or the format real.
  public init(format: SampleFormat, level: Double? = nil) throws(ConfigurationError) {
    if let level, !(-200.0...60.0).contains(level) {
      throw ConfigurationError("level", "is \(level) dB full scale; it must lie within -200...60")
    }
    guard format.isComplex else {
      throw ConfigurationError("format", "is \(format.rawValue), which has no room for Q")
    }
    self.format = format
    self.level = level
  }

  /// Encodes an example.
  ///
  /// Where signals are on in bursts, the level is that of the samples while the strongest is on,
  /// lest short bursts be scaled beyond full scale for the sake of the silence between them.
  ///
  /// - Parameter example: The example.
  /// - Returns: As ``encode(_:)``.
  public func encode(_ example: SyntheticExample) -> [UInt8] {
    let times = example.conditions.signals.compactMap(\.bursts)
    let powers = times.map { Self.meanPower(example.samples, during: $0) }
    return encode(
      example.samples, power: powers.reduce(SampleKernels.meanPower(example.samples), max))
  }

  /// Encodes samples.
  ///
  /// All of them are scaled by one factor. Silence, and samples without a finite power, are not
  /// scaled; an integer format stores NaN as it stores zero.
  ///
  /// - Parameter samples: The samples, full scale being 1.
  /// - Returns: ``SampleFormat/bytesPerSample`` bytes for each, I before Q.
  public func encode(_ samples: [IQSample]) -> [UInt8] {
    encode(samples, power: SampleKernels.meanPower(samples))
  }

  /// The mean of `|x|²` over the samples of bursts [full scale²].
  private static func meanPower(_ samples: [IQSample], during bursts: [Burst]) -> Double {
    SampleKernels.meanPower(bursts.flatMap { samples[$0.start..<$0.start + $0.count] })
  }

  private func encode(_ samples: [IQSample], power: Double) -> [UInt8] {
    let gain = gain(for: power)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(samples.count * format.bytesPerSample)
    for sample in samples {
      append(Double(sample.i) * gain, to: &bytes)
      append(Double(sample.q) * gain, to: &bytes)
    }
    return bytes
  }

  private func gain(for power: Double) -> Double {
    guard let level else { return 1 }
    let rms = power.squareRoot()
    return rms.isNormal ? PortableMath.amplitude(decibels: level) / rms : 1
  }

  private func append(_ value: Double, to bytes: inout [UInt8]) {
    switch format.number {
    case .u8: append(unsigned: value, UInt8.self, to: &bytes)
    case .u16: append(unsigned: value, UInt16.self, to: &bytes)
    case .u32: append(unsigned: value, UInt32.self, to: &bytes)
    case .i8: append(signed: value, bits: 8, to: &bytes)
    case .i16: append(signed: value, bits: 16, to: &bytes)
    case .i24: append(signed: value, bits: 24, to: &bytes)
    case .i32: append(signed: value, bits: 32, to: &bytes)
    case .f32: append(UInt64(Float(value).bitPattern), to: &bytes)
    case .f64: append(value.bitPattern, to: &bytes)
    }
  }

  /// Appends `h·x + h`, `h` half of the largest code.
  private func append<Word: FixedWidthInteger & UnsignedInteger>(
    unsigned value: Double, _ type: Word.Type, to bytes: inout [UInt8]
  ) {
    let half = Double(Word.max) / 2
    let code = Self.integer(
      half * value + half, within: 0...Double(Word.max), zero: Int(Word.max / 2) + 1)
    append(UInt64(code), to: &bytes)
  }

  private func append(signed value: Double, bits: Int, to bytes: inout [UInt8]) {
    let full = Double(1 << (bits - 1))
    let code = Self.integer(full * value, within: -full...full - 1)
    append(UInt64(bitPattern: Int64(code)), to: &bytes)
  }

  /// Appends the lowest bytes of a word, as many as a number takes, in the format's order.
  private func append(_ word: UInt64, to bytes: inout [UInt8]) {
    let count = format.number.byteCount
    for place in 0..<count {
      let byte = format.byteOrder == .littleEndian ? place : count - 1 - place
      bytes.append(UInt8(truncatingIfNeeded: word >> (8 * UInt64(byte))))
    }
  }

  private static func integer(
    _ value: Double, within limits: ClosedRange<Double>, zero: Int = 0
  ) -> Int {
    guard !value.isNaN else { return zero }
    let rounded = value.rounded(.toNearestOrEven)
    return Int(min(max(rounded, limits.lowerBound), limits.upperBound))
  }
}
