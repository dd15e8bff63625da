/// What is known of a capture before its samples are read.
public struct CaptureInfo: Hashable, Codable, Sendable {
  /// Where each fact comes from; `nil` where nobody told it.
  public struct Origins: Hashable, Codable, Sendable {
    /// Of how the samples are stored.
    public var format: CaptureOrigin?

    /// Of the sample rate.
    public var sampleRate: CaptureOrigin?

    /// Of the centre frequency.
    public var centerFrequency: CaptureOrigin?

    /// Of the time of the first sample.
    public var startTime: CaptureOrigin?

    /// Creates origins; what is left out was told by nobody.
    public init(
      format: CaptureOrigin? = nil, sampleRate: CaptureOrigin? = nil,
      centerFrequency: CaptureOrigin? = nil, startTime: CaptureOrigin? = nil
    ) {
      self.format = format
      self.sampleRate = sampleRate
      self.centerFrequency = centerFrequency
      self.startTime = startTime
    }
  }

  /// The file's path as it was given, or `-` for standard input.
  public var path: String

  /// How the samples are stored.
  public var format: SampleFormat

  /// The rate of the complex samples, if known: of a real capture half the stored one [Hz].
  public var sampleRate: Double?

  /// The frequency that stands at 0 Hz of all complex samples, if known; ``centerFrequency(at:)``
  /// tells it of segments that differ [Hz].
  public var centerFrequency: Double?

  /// The number of complex samples after the header; `nil` for a pipe [samples].
  public var sampleCount: Int?

  /// The length of the header before the first sample [bytes].
  public var skipBytes: Int

  /// What the samples lie in.
  public var container: CaptureContainer

  /// When the first sample was taken, if known: ISO 8601 in UTC with a `Z`.
  public var startTime: String?

  /// Where format, rate, centre and time come from.
  public var origins: Origins

  /// What the header told, whether it counts or not; `nil` where there is none.
  public var header: CaptureFacts?

  /// How far the conversion of real samples moved the centre up, a quarter of their rate; `nil`
  /// where none were converted or their rate is not known [Hz].
  public var centerShift: Double?

  /// ``centerShift`` as a share of the rate of the complex samples, known without that rate; `nil`
  /// where none were converted [cycles/sample].
  public var relativeCenterShift: Double? { format.isComplex ? nil : 0.5 }

  /// What frequencies of the complex samples are counted from: their centre or, where nobody told
  /// it, 0 Hz of the samples as they are stored [Hz].
  public var frequencyOrigin: Double { centerFrequency ?? centerShift ?? 0 }

  /// What is done to the samples on the user's word.
  public var adjustment = SampleAdjustment.none

  /// The stretches of samples with a centre and a time of their own; empty where nothing divides
  /// the samples.
  public var segments: [CaptureSegment]

  /// What was read although it breaks the rules of its format, each with its place.
  public var deviations: [String] = []

  /// Creates a description from its parts, of samples that are neither converted nor adjusted.
  public init(
    path: String, format: SampleFormat, sampleRate: Double? = nil,
    centerFrequency: Double? = nil, sampleCount: Int? = nil, skipBytes: Int = 0,
    container: CaptureContainer = .raw, startTime: String? = nil, origins: Origins = Origins(),
    header: CaptureFacts? = nil, segments: [CaptureSegment] = []
  ) {
    self.path = path
    self.format = format
    self.sampleRate = sampleRate
    self.centerFrequency = centerFrequency
    self.sampleCount = sampleCount
    self.skipBytes = skipBytes
    self.container = container
    self.startTime = startTime
    self.origins = origins
    self.header = header
    self.segments = segments
  }
}
