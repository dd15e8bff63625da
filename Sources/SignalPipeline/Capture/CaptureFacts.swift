/// What one source (a header, a file's name) tells of a capture; `nil` is what it does not tell.
public struct CaptureFacts: Hashable, Codable, Sendable {
  /// How the samples are stored.
  public var format: SampleFormat?

  /// The sample rate [Hz].
  public var sampleRate: Double?

  /// The frequency that stands at 0 Hz of the baseband [Hz].
  public var centerFrequency: Double?

  /// When the first sample was taken, ISO 8601 in UTC with a `Z`.
  public var startTime: String?

  /// Where the samples begin in the file [bytes].
  public var dataOffset: Int

  /// How many bytes of samples there are; `nil` reaches to the file's end.
  public var dataBytes: Int?

  /// Creates facts; what is left out is not told.
  public init(
    format: SampleFormat? = nil, sampleRate: Double? = nil, centerFrequency: Double? = nil,
    startTime: String? = nil, dataOffset: Int = 0, dataBytes: Int? = nil
  ) {
    self.format = format
    self.sampleRate = sampleRate
    self.centerFrequency = centerFrequency
    self.startTime = startTime
    self.dataOffset = dataOffset
    self.dataBytes = dataBytes
  }
}

/// Where a fact about a capture comes from; the first in this order that tells it counts.
public enum CaptureOrigin: String, Hashable, Codable, Sendable, CaseIterable {
  /// The caller told it.
  case option
  /// The file's header, or the metadata beside the file.
  case header
  /// The file's name or extension.
  case name
  /// Nobody told it: it is what such captures usually are.
  case `default`
}
