/// A stretch of a capture's samples with one centre frequency and one time, as SigMF's capture
/// segments and the headers between them divide a file.
public struct CaptureSegment: Hashable, Codable, Sendable {
  /// The first sample's index among all samples of the file, from 0 [samples].
  public var start: Int

  /// How many samples there are; `nil` reaches to the end of an input of unknown size [samples].
  public var count: Int?

  /// Where the first sample lies in the file [bytes].
  public var dataOffset: Int

  /// The frequency that stands at 0 Hz of the baseband, if told [Hz].
  public var centerFrequency: Double?

  /// When the first sample was taken, if told, ISO 8601 in UTC with a `Z`.
  public var startTime: String?

  /// Whether the first sample was taken right after the last one of the segment before, as far as
  /// is told; the centre may be another.
  public var continues: Bool

  /// Creates a segment from its parts.
  public init(
    start: Int, count: Int?, dataOffset: Int, centerFrequency: Double? = nil,
    startTime: String? = nil, continues: Bool = false
  ) {
    self.start = start
    self.count = count
    self.dataOffset = dataOffset
    self.centerFrequency = centerFrequency
    self.startTime = startTime
    self.continues = continues
  }
}
