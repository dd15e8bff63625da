extension SignalDetector {
  /// What white noise exceeds, or falls below, as rarely as the configuration asks.
  ///
  /// It costs more than a spectrum's tests, and mostly depends on the number of segments alone.
  struct Thresholds: Sendable {
    /// The number of segments averaged.
    let segments: Int

    /// What the narrow test's ratio of a bin to the floor around it exceeds once in `2/α`
    /// spectra.
    let narrow: Double

    /// What a band's mean over the floor exceeds, for each width.
    let wide: [Double]

    /// What a band's mean over the floor falls below within the band's inner part.
    let innerDip: Double

    /// The same in the outer parts.
    let outerDip: Double

    /// What a median of powers is multiplied by to tell their mean.
    let medianBias: Double

    /// The floor's percentile of the narrowest bands' means, over their mean.
    let floorBias: Double

    /// The number of independent segments that those averaged are worth, at least 1.
    let averages: Double

    /// `uneven` is how the noise varies where the number of segments does not tell it.
    init(
      _ configuration: Configuration, bins count: Int, widths: [Int], segments: Int,
      averages told: Double, binCorrelation: Double,
      uneven: (spread: NoiseSpread, share: Double)? = nil
    ) {
      let spread = uneven?.spread
      let averages = spread?.bin ?? told
      let bins = Double(count)

      /// The distribution of a band's mean: that of as many powers as are independent in it.
      func band(_ width: Int) -> GammaDistribution {
        GammaDistribution(
          shape: spread?.shape(width: width)
            ?? max(1, averages * Double(width) / binCorrelation))
      }

      /// The probability of a false alarm that one place of a band may have.
      ///
      /// A band that slides over the circle exceeds a threshold of z standard deviations as
      /// often as about z² ≈ 20 times the number of disjoint bands would.
      func alarms(_ width: Int) -> Double {
        let places = min(bins, 20 * bins / Double(width))
        return configuration.falseAlarms / 2 / Double(widths.count + 1) / places
      }

      // A median of n Gaussian values has 1.25, of n exponential ones 1.44 of 1/√n.
      let neighbourhood = SignalDetector.neighbourhood(of: count)
      let independent =
        spread?.shape(width: neighbourhood)
        ?? averages * Double(neighbourhood) / binCorrelation
      let power = GammaDistribution(shape: averages)
      // A mean of few loud segments and many faint ones has a heavier tail than its spread tells:
      // the square of what is left of the averages covers steps of up to 20 dB, as measured.
      let tail = GammaDistribution(
        shape: uneven.map { max(1, told * $0.share * $0.share) } ?? averages)
      narrow = tail.value(
        upperTail: configuration.falseAlarms / 2 / bins,
        relativeError: 1.35 / independent.squareRoot())
      medianBias = 1 / power.value(lowerTail: 0.5)

      let ripple = Decibels.power(configuration.ripple)
      wide = widths.map { band($0).value(upperTail: alarms($0)) * ripple }
      let width = widths[widths.count / 2]
      innerDip =
        band(width).value(lowerTail: alarms(width)) * Decibels.power(-configuration.dip)
      outerDip = innerDip * Decibels.power(-configuration.rollOff)
      floorBias = band(widths[0]).value(lowerTail: configuration.floorPercentile / 100)
      self.segments = segments
      self.averages = told
    }
  }
}
