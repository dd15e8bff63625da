/// Turns samples into the bytes of a raw capture.
///
///     cu8  round(127.5·x + 127.5)    ci8  round(128·x)    ci16_le  round(32768·x)    cf32_le  x
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
  /// - Throws: ``ConfigurationError`` if the level is outside −200…60 dB.
  public init(format: SampleFormat, level: Double? = nil) throws(ConfigurationError) {
    if let level, !(-200.0...60.0).contains(level) {
      throw ConfigurationError("level", "is \(level) dB full scale; it must lie within -200...60")
    }
    self.format = format
    self.level = level
  }

  /// Encodes samples.
  ///
  /// All of them are scaled by one factor. Silence, and samples without a finite power, are not
  /// scaled; an integer format stores NaN as it stores zero.
  ///
  /// - Parameter samples: The samples, full scale being 1.
  /// - Returns: ``SampleFormat/bytesPerSample`` bytes for each, I before Q.
  public func encode(_ samples: [IQSample]) -> [UInt8] {
    let gain = gain(for: samples)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(samples.count * format.bytesPerSample)
    for sample in samples {
      append(Double(sample.i) * gain, to: &bytes)
      append(Double(sample.q) * gain, to: &bytes)
    }
    return bytes
  }

  private func gain(for samples: [IQSample]) -> Double {
    guard let level else { return 1 }
    let rms = SampleKernels.meanPower(samples).squareRoot()
    return rms.isNormal ? PortableMath.amplitude(decibels: level) / rms : 1
  }

  private func append(_ value: Double, to bytes: inout [UInt8]) {
    switch format {
    case .cu8:
      bytes.append(UInt8(Self.integer(127.5 * value + 127.5, within: 0...255, zero: 128)))
    case .ci8:
      bytes.append(UInt8(bitPattern: Int8(Self.integer(128 * value, within: -128...127))))
    case .ci16:
      let word = Int16(Self.integer(32_768 * value, within: -32_768...32_767))
      bytes.append(UInt8(truncatingIfNeeded: word))
      bytes.append(UInt8(truncatingIfNeeded: word >> 8))
    case .cf32:
      let word = Float(value).bitPattern
      for shift in [0, 8, 16, 24] as [UInt32] {
        bytes.append(UInt8(truncatingIfNeeded: word >> shift))
      }
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
