internal import CKernels

/// Turns one power spectrum into network input: roll → bin mean → normalisation to [0,1].
///
/// Training, evaluation and classification all use this one transform. It owns no state between
/// calls and may serve any number of threads at once.
public struct FeatureTransform: Sendable {
  /// The steps and their parameters.
  public let configuration: FeatureConfiguration

  /// Creates the transform.
  ///
  /// - Throws: ``ConfigurationError`` as ``FeatureConfiguration/validate()`` does.
  public init(_ configuration: FeatureConfiguration) throws(ConfigurationError) {
    try configuration.validate()
    self.configuration = configuration
  }

  /// The number of features of one example, `bins / binsPerFeature`.
  public var count: Int { configuration.shape.count }

  /// Checks that spectra made so are what the transform takes.
  ///
  /// - Throws: ``ConfigurationError`` naming `bins` when the numbers of bins differ.
  public func check(_ spectrum: SpectrumConfiguration) throws(ConfigurationError) {
    guard spectrum.bins == configuration.bins else {
      throw ConfigurationError(
        "bins",
        "is \(spectrum.bins) in the spectra, but the features are made from "
          + "\(configuration.bins) bins")
    }
  }

  /// Computes the features of one spectrum.
  ///
  /// Every feature is the mean power of its group of neighbouring bins, summed from the lowest
  /// rolled bin up; so the same rolled bins give the same bits.
  ///
  /// - Parameters:
  ///   - density: One spectrum of `configuration.bins` powers [FS²/(cycle/sample)].
  ///   - rotation: The number of bins to roll by first: `density[(k + rotation) mod bins]` comes
  ///     to bin `k`. Any integer; `nil` takes the configuration's policy at inference, which is
  ///     0 for `none` and `random` and ``CanonicalRotation`` for `canonical`.
  ///   - features: Where the ``count`` features go, each in [0,1].
  public func apply(
    _ density: Span<Float>, rotation: Int?, to features: inout MutableSpan<Float>
  ) {
    let bins = configuration.bins
    precondition(density.count == bins, "\(density.count) powers for features of \(bins) bins")
    precondition(features.count == count, "room for \(features.count) of \(count) features")
    let asked = (rotation ?? inferenceRotation(of: density)) % bins
    let start = asked < 0 ? asked + bins : asked
    unsafe features.withUnsafeMutableBufferPointer { features in
      unsafe density.withUnsafeBufferPointer { density in
        unsafe spectrum_rolled_means(
          features.baseAddress!, density.baseAddress!, bins, configuration.binsPerFeature, start)
      }
    }
    configuration.normalization.apply(to: &features)
  }

  private func inferenceRotation(of density: Span<Float>) -> Int {
    switch configuration.roll {
    case .none, .random: 0
    case .canonical: CanonicalRotation.rotation(of: density)
    }
  }
}
