/// How training examples are varied, on the linear powers that a dataset holds.
///
/// The roll of the frequency axis belongs to ``FeatureConfiguration/roll``. Everything else is drawn
/// here for each example anew in each epoch, from the seed alone.
public struct Augmentation: Hashable, Sendable {
  /// The gain of a whole spectrum is drawn uniformly from `−gain…gain` [dB].
  ///
  /// Only ``PSDNormalization/fixedDecibels`` lets a network see it.
  public var gain: Double

  /// White noise is added that makes the SNR fall by what is drawn uniformly from `0…noise` [dB].
  ///
  /// The noise power that is there is raised `10^(drop/10)`fold; signals stay as they are.
  public var noise: Double

  /// The share of the examples that get more noise, in an epoch; the others stay as they are.
  public var noiseShare: Double

  /// A stretch of what is drawn uniformly from `0…mask`, as a share of the bins, is made to hold
  /// nothing but noise, anywhere on the circle of frequencies.
  ///
  /// Source: D. S. Park et al., "SpecAugment", Interspeech 2019 (frequency masking).
  public var mask: Double

  /// Creates an augmentation; what is not given varies nothing.
  public init(
    gain: Double = 0, noise: Double = 0, noiseShare: Double = 0.5, mask: Double = 0
  ) {
    self.gain = gain
    self.noise = noise
    self.noiseShare = noiseShare
    self.mask = mask
  }

  /// Whether noise is drawn, so that it must be known how a spectrum's noise varies.
  package var drawsNoise: Bool { noise > 0 || mask > 0 }

  /// Checks the ranges.
  ///
  /// - Throws: ``ConfigurationError`` about the first field that is out of range, its name after
  ///   `augmentation.`.
  public func validate() throws(ConfigurationError) {
    guard (0...100).contains(gain) else {
      throw ConfigurationError("augmentation.gain", "is \(gain) dB; it must be from 0 to 100")
    }
    guard (0...60).contains(noise) else {
      throw ConfigurationError("augmentation.noise", "is \(noise) dB; it must be from 0 to 60")
    }
    guard noiseShare > 0, noiseShare <= 1 else {
      throw ConfigurationError(
        "augmentation.noiseShare", "is \(noiseShare); it must be above 0, at most 1")
    }
    guard (0..<1).contains(mask) else {
      throw ConfigurationError(
        "augmentation.mask", "is \(mask); it must be at least 0 and below 1")
    }
  }

  /// Checks that a network sees what is varied, and that it can be varied.
  ///
  /// - Parameter features: What the network sees.
  /// - Throws: ``ConfigurationError`` for a gain that the features take out again, and for noise
  ///   with the channel `max`: how high noise rises the loudest segment, its mean does not tell.
  public func check(_ features: FeatureConfiguration) throws(ConfigurationError) {
    if gain > 0, features.normalization != .fixedDecibels || features.channels == [.kurtosis] {
      throw ConfigurationError(
        "augmentation.gain",
        "is \(gain) dB, but the features do not depend on the gain; only the normalization "
          + "fixedDecibels of mean or max keeps it")
    }
    if noise > 0, features.channels.contains(.maximum) {
      throw ConfigurationError(
        "augmentation.noise",
        "is \(noise) dB, but more noise cannot be told of the channel max; without it, channels "
          + "mean and kurtosis can be augmented")
    }
  }
}

extension Augmentation: Codable {
  private enum CodingKeys: String, CodingKey { case gain, noise, noiseShare, mask }

  /// Decodes an augmentation; what is missing varies nothing.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      gain: try values.decodeIfPresent(Double.self, forKey: .gain) ?? 0,
      noise: try values.decodeIfPresent(Double.self, forKey: .noise) ?? 0,
      noiseShare: try values.decodeIfPresent(Double.self, forKey: .noiseShare) ?? 0.5,
      mask: try values.decodeIfPresent(Double.self, forKey: .mask) ?? 0)
  }
}
