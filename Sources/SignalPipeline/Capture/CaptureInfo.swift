/// What is known of a capture before its samples are read.
public struct CaptureInfo: Hashable, Codable, Sendable {
  /// The file's path as it was given, or `-` for standard input.
  public var path: String

  /// How the samples are stored.
  public var format: SampleFormat

  /// The sample rate, if known [Hz].
  public var sampleRate: Double?

  /// The frequency that stands at 0 Hz of the baseband, if known [Hz].
  public var centerFrequency: Double?

  /// The number of whole samples after the header; `nil` for a pipe [samples].
  public var sampleCount: Int?

  /// The length of the header before the first sample [bytes].
  public var skipBytes: Int

  /// Creates a description from its parts.
  public init(
    path: String, format: SampleFormat, sampleRate: Double? = nil,
    centerFrequency: Double? = nil, sampleCount: Int? = nil, skipBytes: Int = 0
  ) {
    self.path = path
    self.format = format
    self.sampleRate = sampleRate
    self.centerFrequency = centerFrequency
    self.sampleCount = sampleCount
    self.skipBytes = skipBytes
  }
}
