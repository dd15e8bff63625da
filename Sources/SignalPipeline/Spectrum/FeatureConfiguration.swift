/// How a power spectrum becomes network input: roll → bin mean → map to [0,1].
///
/// It belongs to the model; one ``FeatureTransform`` applies it in training, evaluation and
/// classification.
public struct FeatureConfiguration: Hashable, Codable, Sendable {
  /// Where on the circular frequency axis an example is put before anything else.
  public enum Roll: String, Hashable, Codable, Sendable, CaseIterable {
    /// As measured.
    case none
    /// As measured at inference, by a random number of bins while training.
    case random
    /// The maximum at bin 0 (ties broken by the least rotation) at inference, by a random
    /// number of bins while training: every network becomes exactly invariant to integer-bin
    /// circular shifts.
    case canonical
    /// The centre of the power at bin 0, to a fraction of a bin, at inference (``canonical`` first,
    /// then the circular centroid), by a random number of bins while training.
    ///
    /// Features are ``binsPerFeature`` apart, but means under a cubic B-spline four times as wide,
    /// which can stand between bins: every network becomes exactly invariant to integer-bin circular
    /// shifts, and nearly so to any other shift of the frequency.
    case centroid
  }

  /// The number of bins of the power spectrum that the transform takes.
  public var bins: Int

  /// The policy of the roll.
  public var roll: Roll

  /// How many neighbouring bins are averaged, in linear power; divides ``bins``.
  ///
  /// With ``Roll/centroid`` neighbouring means share bins.
  public var binsPerFeature: Int

  /// The map of powers, mean and highest, to [0,1]; the kurtosis has a map of its own.
  public var normalization: PSDNormalization

  /// What the network sees of each bin: one channel of its input each, in this order.
  public var channels: [SpectrumChannel]

  /// 8192 bins, canonical roll, means of 4, `decibelsAboveFloor`, of the mean spectrum.
  public static let `default` = FeatureConfiguration(
    bins: SpectrumConfiguration.default.bins, roll: .canonical, binsPerFeature: 4,
    normalization: .decibelsAboveFloor())

  /// Creates a configuration; ``validate()`` tells whether it makes sense.
  public init(
    bins: Int, roll: Roll, binsPerFeature: Int, normalization: PSDNormalization,
    channels: [SpectrumChannel] = [.mean]
  ) {
    self.bins = bins
    self.roll = roll
    self.binsPerFeature = binsPerFeature
    self.normalization = normalization
    self.channels = channels
  }

  /// The shape of the network's input, `(channels, bins / binsPerFeature)`.
  public var shape: Shape { Shape(channels: channels.count, length: bins / binsPerFeature) }

  /// Checks that the configuration can be computed.
  ///
  /// - Throws: ``ConfigurationError`` unless `binsPerFeature` is at least 1 and divides `bins`, and
  ///   the channels are one or more, in their order.
  public func validate() throws(ConfigurationError) {
    guard bins >= 2 else { throw ConfigurationError("bins", "is \(bins); it must be at least 2") }
    guard binsPerFeature >= 1, bins % binsPerFeature == 0 else {
      throw ConfigurationError(
        "binsPerFeature", "is \(binsPerFeature); it must divide the \(bins) bins")
    }
    try normalization.validate()
    try SpectrumChannel.validate(channels)
  }
}
