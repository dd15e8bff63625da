/// What the user tells about a capture, and how its faults are met.
public struct CaptureConfiguration: Hashable, Codable, Sendable {
  /// The sample format; `nil` takes it from the file's header or name.
  public var format: SampleFormat?

  /// The rate of the stored samples, if known [Hz].
  public var sampleRate: Double?

  /// The frequency that stands at 0 Hz of the stored samples, if known [Hz].
  public var centerFrequency: Double?

  /// The length of a header before the first sample [bytes].
  public var skipBytes: Int

  /// Whether samples that are not finite are read as 0 and counted, instead of being an error.
  public var replaceNonfinite: Bool

  /// What becomes of real samples.
  public var realInput: RealInput

  /// What is done to the samples.
  public var adjustment: SampleAdjustment

  /// Whether samples are held against the SHA-512 digest of their SigMF metadata first.
  public var verifiesDigest: Bool

  /// The only one of ``CaptureInfo/segments`` to read, from 0; `nil` reads all.
  public var segment: Int?

  /// All facts from header or name, no bytes skipped, samples that are not finite are an error, real
  /// samples become complex baseband, nothing is adjusted.
  public static let `default` = CaptureConfiguration()

  /// Creates a configuration; ``validate()`` tells whether it makes sense.
  public init(
    format: SampleFormat? = nil, sampleRate: Double? = nil, centerFrequency: Double? = nil,
    skipBytes: Int = 0, replaceNonfinite: Bool = false, realInput: RealInput = .convert,
    adjustment: SampleAdjustment = .none, verifiesDigest: Bool = false, segment: Int? = nil
  ) {
    self.format = format
    self.sampleRate = sampleRate
    self.centerFrequency = centerFrequency
    self.skipBytes = skipBytes
    self.replaceNonfinite = replaceNonfinite
    self.realInput = realInput
    self.adjustment = adjustment
    self.verifiesDigest = verifiesDigest
    self.segment = segment
  }

  /// Checks that the configuration can be honoured.
  ///
  /// - Throws: ``ConfigurationError`` unless the rate is positive and finite, the centre finite,
  ///   skip and segment at least 0 and the gain within its limits.
  public func validate() throws(ConfigurationError) {
    if let sampleRate, !(sampleRate > 0 && sampleRate.isFinite) {
      throw ConfigurationError("sampleRate", "is \(sampleRate) Hz; it must be above 0 and finite")
    }
    if let centerFrequency, !centerFrequency.isFinite {
      throw ConfigurationError("centerFrequency", "is \(centerFrequency) Hz; it must be finite")
    }
    guard skipBytes >= 0 else {
      throw ConfigurationError("skipBytes", "is \(skipBytes); it must be at least 0")
    }
    if let segment, segment < 0 {
      throw ConfigurationError("segment", "is \(segment); it must be at least 0")
    }
    try adjustment.validate()
  }
}
