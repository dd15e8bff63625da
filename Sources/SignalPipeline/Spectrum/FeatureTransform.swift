internal import CKernels

/// Turns one power spectrum into network input: roll → bin mean → map to [0,1].
///
/// Each channel goes this way for itself, after one roll for all of them. Mean and highest powers
/// are mapped by ``FeatureConfiguration/normalization``, each with its own floor or extremes: so the
/// gain falls out, and of the highest powers also how much noise rises with the number of segments.
/// The spectral kurtosis `SK` is mapped by `SK/(SK + 1)`, which no gain moves: 0 for a constant tone,
/// ½ for noise, `1 − d` for a tone that is there for a share `d` of the time.
///
/// Training, evaluation and classification all use this one transform. It owns no state between
/// calls and may serve any number of threads at once.
public struct FeatureTransform: Sendable {
  /// The steps and their parameters.
  public let configuration: FeatureConfiguration

  /// What puts the centre of the power at bin 0; `nil` for all but ``FeatureConfiguration/Roll/centroid``.
  private var alignment: (centroid: CircularCentroid, means: SplineMeans)?

  /// Creates the transform.
  ///
  /// - Throws: ``ConfigurationError`` as ``FeatureConfiguration/validate()`` does.
  public init(_ configuration: FeatureConfiguration) throws(ConfigurationError) {
    try configuration.validate()
    self.configuration = configuration
    guard configuration.roll == .centroid else { return }
    alignment = (
      CircularCentroid(bins: configuration.bins), SplineMeans(width: configuration.binsPerFeature)
    )
  }

  /// The number of features of one example, `channels · bins / binsPerFeature`.
  public var count: Int { configuration.shape.count }

  /// Checks that spectra made so are what the transform takes.
  ///
  /// - Parameters:
  ///   - spectrum: How they are estimated.
  ///   - channels: What they hold.
  /// - Throws: ``ConfigurationError`` naming `bins` when the numbers of bins differ, `channels` when
  ///   one is not there.
  public func check(
    _ spectrum: SpectrumConfiguration, channels: [SpectrumChannel] = [.mean]
  ) throws(ConfigurationError) {
    guard spectrum.bins == configuration.bins else {
      throw ConfigurationError(
        "bins",
        "is \(spectrum.bins) in the spectra, but the features are made from "
          + "\(configuration.bins) bins")
    }
    try SpectrumChannel.check(channels, hold: configuration.channels)
  }

  /// Computes the features of one spectrum.
  ///
  /// Every feature is made of the mean over its group of neighbouring bins, summed from the lowest
  /// rolled bin up; so the same rolled bins give the same bits. With `centroid` the centre of the
  /// rolled mean spectrum is found in that order, too, and every channel's ``SplineMeans`` begin
  /// there.
  ///
  /// - Parameters:
  ///   - spectrum: The values of `channels`, `(channels, configuration.bins)` row-major.
  ///   - channels: What they are; the mean is the first, and the configuration's are among them.
  ///   - rotation: The number of bins to roll by first: `spectrum[(k + rotation) mod bins]` comes
  ///     to bin `k`. Any integer; `nil` takes the configuration's policy at inference, which is
  ///     0 for `none` and `random` and ``CanonicalRotation`` of the mean for `canonical`, where the
  ///     configuration's other channels decide between rotations that give the same means; for
  ///     `centroid` it is the place of the centre, which is between bins as a rule.
  ///   - features: Where the ``count`` features go, `(C, L)` row-major, each in [0,1].
  public func apply(
    _ spectrum: Span<Float>, of channels: [SpectrumChannel] = [.mean], rotation: Int?,
    to features: inout MutableSpan<Float>
  ) {
    let bins = configuration.bins
    precondition(
      channels.first == .mean && spectrum.count == channels.count * bins,
      "\(spectrum.count) values of \(channels) for features of \(bins) bins")
    precondition(features.count == count, "room for \(features.count) of \(count) features")
    let rows = configuration.channels.map { channel in
      guard let row = channels.firstIndex(of: channel) else {
        preconditionFailure("no \(channel) among \(channels)")
      }
      return row
    }
    let asked = (rotation ?? inferenceRotation(of: spectrum, rows)) % bins
    let start = asked < 0 ? asked + bins : asked
    let origin = rotation == nil ? centre(of: spectrum, from: start) : 0
    let length = configuration.shape.length
    unsafe features.withUnsafeMutableBufferPointer { features in
      for (place, row) in rows.enumerated() {
        let own = unsafe UnsafeMutableBufferPointer(
          rebasing: features[place * length..<(place + 1) * length])
        let values = spectrum.extracting(row * bins..<(row + 1) * bins)
        var span = unsafe own.mutableSpan
        if let alignment {
          alignment.means.compute(values, start: start, origin: origin, into: &span)
        } else {
          unsafe values.withUnsafeBufferPointer { values in
            unsafe spectrum_rolled_means(
              own.baseAddress!, values.baseAddress!, bins, configuration.binsPerFeature, start)
          }
        }
        switch channels[row] {
        case .mean, .maximum: configuration.normalization.apply(to: &span)
        case .kurtosis: Self.mapKurtosis(&span)
        }
      }
    }
  }

  /// Where the centre of the mean's power is, counted from a bin on [bins]; 0 where the
  /// configuration does not ask for it.
  private func centre(of spectrum: Span<Float>, from start: Int) -> Double {
    guard let alignment else { return 0 }
    let bins = configuration.bins
    // In the order of the canonical roll, so that the same rolled bins give the same bits.
    let rolled = unsafe spectrum.withUnsafeBufferPointer { spectrum in
      unsafe Array(spectrum[start..<bins]) + Array(spectrum[..<start])
    }
    return alignment.centroid.place(of: rolled.span)
  }

  /// Maps spectral kurtosis to [0,1]: `SK/(SK + 1)`, and 0 for what is no number above 0.
  private static func mapKurtosis(_ values: inout MutableSpan<Float>) {
    for place in values.indices {
      let value = values[place]
      // In this form infinity gives 1.
      values[place] = value > 0 ? 1 - 1 / (value + 1) : 0
    }
  }

  /// Tells how far a spectrum is rolled at inference, by ``apply(_:of:rotation:to:)`` without a
  /// rotation.
  ///
  /// - Parameters:
  ///   - spectrum: The values of `channels`, `(channels, configuration.bins)` row-major.
  ///   - channels: What they are; the mean is the first, and the configuration's are among them.
  /// - Returns: The rotation [bins].
  package func rotation(of spectrum: Span<Float>, channels: [SpectrumChannel]) -> Int {
    inferenceRotation(of: spectrum, configuration.channels.compactMap(channels.firstIndex(of:)))
  }

  private func inferenceRotation(of spectrum: Span<Float>, _ rows: [Int]) -> Int {
    switch configuration.roll {
    case .none, .random: 0
    case .canonical, .centroid:
      CanonicalRotation.rotation(
        of: spectrum, bins: configuration.bins, rows: [0] + rows.filter { $0 != 0 })
    }
  }
}
