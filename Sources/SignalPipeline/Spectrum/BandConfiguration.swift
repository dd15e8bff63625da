/// What ``SignalDetector/bands(in:_:)`` takes for one band, for a line and for a spur.
public struct BandConfiguration: Hashable, Codable, Sendable {
  /// The steepest slope that noise may have [dB per cycle/sample]: what rises nowhere more
  /// steeply is the receiver's, however high it rises.
  public var floorSlope: Double

  /// How far below the density inside a band its edges lie [dB].
  public var edgeDepth: Double

  /// The widest gap within one band [cycles/sample].
  public var mergeGap: Double

  /// The widest gap between two bands that count as one, over the narrower one's width.
  public var mergeShare: Double

  /// What is no wider is a line, and so is what the window's main lobe covers [cycles/sample].
  public var lineWidth: Double

  /// By how much a line must exceed the floor in its highest bin to be a carrier [dB].
  public var carrierLevel: Double

  /// By how much a line must be weaker than the strongest band to be a spur of it [dB].
  public var spurDepth: Double

  /// Whether spurs are told, as ``OccupiedBand/Kind/spur``, and not left out.
  public var keepsSpurs: Bool

  /// 30 dB per cycle/sample; edges 17 dB down; gaps of 1 % of the rate or of ¼ of a band; lines of 1/1024;
  /// carriers from 20 dB on, not 6 dB below a band; no spurs.
  public static let `default` = BandConfiguration()

  /// Creates a configuration; ``validate()`` tells whether it makes sense.
  public init(
    floorSlope: Double = 30, edgeDepth: Double = 17, mergeGap: Double = 0.01,
    mergeShare: Double = 0.25, lineWidth: Double = 1.0 / 1024, carrierLevel: Double = 20,
    spurDepth: Double = 6, keepsSpurs: Bool = false
  ) {
    self.floorSlope = floorSlope
    self.edgeDepth = edgeDepth
    self.mergeGap = mergeGap
    self.mergeShare = mergeShare
    self.lineWidth = lineWidth
    self.carrierLevel = carrierLevel
    self.spurDepth = spurDepth
    self.keepsSpurs = keepsSpurs
  }

  /// Checks that the configuration can be used.
  ///
  /// - Throws: ``ConfigurationError`` naming the first field out of its range.
  public func validate() throws(ConfigurationError) {
    for (name, value, most) in [
      ("floorSlope", floorSlope, .infinity), ("edgeDepth", edgeDepth, .infinity),
      ("mergeGap", mergeGap, 0.5), ("mergeShare", mergeShare, .infinity),
      ("lineWidth", lineWidth, 0.5), ("carrierLevel", carrierLevel, .infinity),
      ("spurDepth", spurDepth, .infinity),
    ] {
      guard value >= 0, value <= most else {
        throw ConfigurationError(
          name, "is \(value); it must be 0 or more" + (most.isFinite ? ", \(most) at most" : ""))
      }
    }
  }
}
