/// Classifies each signal of a window by itself: finds its band, brings it to a width that the
/// model was trained for, takes the other bands out, and asks the model.
public struct BandClassifier: ~Copyable {
  /// By how much the width that is measured may differ from what is told of a signal: edges lie
  /// where its density has fallen far, not where its definition puts them.
  static let tolerance = 1.25

  private let configuration: BandConfiguration
  private let bandwidths: ClosedRange<Double>
  private var classifier: Classifier
  private let detector: SignalDetector
  private var estimator: WelchEstimator

  /// Prepares a model for use.
  ///
  /// - Throws: ``ConfigurationError`` for a model that does not state its ``Model/bandwidths`` or
  ///   takes more channels than the mean, a spectrum of fewer than 256 bins, an invalid
  ///   configuration, or parts that don't fit.
  public init(_ model: Model, configuration: BandConfiguration = .default) throws {
    guard let bandwidths = model.bandwidths else {
      throw ConfigurationError(
        "bandwidths",
        "are not stated by the model; only a model that was trained with known "
          + "bandwidths can be asked about bands")
    }
    guard model.features.channels == [.mean] else {
      throw ConfigurationError(
        "features.channels",
        "are \(model.features.channels.map(\.rawValue).joined(separator: ", ")); only the mean "
          + "of a band can be told apart from other bands")
    }
    try configuration.validate()
    guard model.spectrum.bins >= 256 else {
      throw ConfigurationError(
        "spectrum.bins", "is \(model.spectrum.bins); bands need at least 256")
    }
    let classifier = try Classifier(model)
    let detector = try SignalDetector(for: model.spectrum)
    let estimator = try WelchEstimator(model.spectrum)
    self.bandwidths = bandwidths
    self.configuration = configuration
    self.classifier = classifier
    self.detector = detector
    self.estimator = estimator
  }

  /// Classifies the signals of one window.
  ///
  /// - Parameters:
  ///   - samples: The window, at least one FFT length long.
  ///   - start: Where it begins in the input [samples].
  ///   - path: What an error calls the input.
  /// - Returns: One result a band, in order of their lower edges.
  /// - Throws: ``FileError`` for samples so large that their power overflows.
  public mutating func classify(
    _ samples: Span<IQSample>, start: Int = 0, of path: String = "samples"
  ) throws -> [BandResult] {
    estimator.add(samples)
    guard let spectrum = estimator.finish() else {
      preconditionFailure("a window of \(samples.count) samples holds no segment")
    }
    try spectrum.checkFinite(of: path, samples: start..<start + samples.count)
    let (bands, floor) = try detector.survey(spectrum, configuration)
    guard !bands.isEmpty else { return [] }
    let survey = try FrameSurvey(samples, floor: floor, bands: bands)
    var results: [BandResult] = []
    for (index, band) in bands.enumerated() {
      let frames = survey.frames(of: band)
      var others = bands
      others.remove(at: index)
      results.append(
        try classify(band, beside: others, frames: frames, samples: samples, spectrum: spectrum))
    }
    return results
  }

  private mutating func classify(
    _ band: OccupiedBand, beside others: [OccupiedBand], frames: ActiveFrames,
    samples: Span<IQSample>, spectrum: PowerSpectrum
  ) throws -> BandResult {
    func result(_ prediction: Prediction, _ reason: BandResult.Reason?) -> BandResult {
      BandResult(
        band: band, activeShare: frames.share, prediction: prediction, reason: reason)
    }
    guard band.width <= bandwidths.upperBound * Self.tolerance else {
      return result(.unknown, .tooWide(most: bandwidths.upperBound))
    }
    guard let ratio = try ratio(for: band, samples: samples.count) else {
      let needed = Double(least) * bandwidths.lowerBound / band.width
      return result(.unknown, .tooNarrow(window: Int(needed.rounded(.up))))
    }
    let isWhole = frames.share == 1
    var own = spectrum
    if ratio.value == 1, isWhole {
      own.density = Self.centred(spectrum.density, on: band.centre)
    } else {
      let channel = try Channelizer.channel(
        of: samples, .init(frequency: band.centre, ratio: ratio))
      let stretches =
        isWhole
        ? [0..<channel.count]
        : frames.stretches.map { Self.scaled($0, by: ratio.value, within: channel.count) }
      let usable = stretches.filter { $0.count >= estimator.configuration.segmentLength }
      let length = usable.reduce(0) { $0 + $1.count }
      guard length >= least else {
        func counted(_ samples: Int) -> Int { Int((Double(samples) / ratio.value).rounded(.up)) }
        return result(.unknown, .tooShort(usable: counted(length), needed: counted(least)))
      }
      own = self.spectrum(of: usable, in: channel)
    }
    let isolation = BandIsolation(band, ratio: ratio.value, bins: own.density.count)
    isolation.remove(others, from: &own.density)
    let prediction = classifier.predict(own)
    return result(prediction, prediction.answer == .unknown ? .unlikely : nil)
  }

  /// How many samples a model needs at least: enough segments for their average to be one, in
  /// most cases a quarter of its window.
  private var least: Int {
    max(classifier.model.spectrum.segmentLength, classifier.model.window / 4)
  }

  /// The change of the rate that a band needs, or `nil` if the window is too short for it.
  private func ratio(for band: OccupiedBand, samples: Int) throws -> RateRatio? {
    guard band.width < bandwidths.lowerBound / Self.tolerance else {
      return try RateRatio(up: 1, down: 1)
    }
    // The middle of what the model knows, or as near to it as the samples allow.
    let middle = (bandwidths.lowerBound * bandwidths.upperBound).squareRoot()
    let longest = Double(samples) / Double(least)
    let widest = min(middle, 0.98 * band.width * longest)
    guard widest >= bandwidths.lowerBound / Self.tolerance else { return nil }
    return try RateRatio(near: band.width / widest, tolerance: 0.02)
  }

  /// The mean spectrum of some stretches, one of which at least holds a segment.
  private mutating func spectrum(
    of stretches: [Range<Int>], in channel: [IQSample]
  ) -> PowerSpectrum {
    var sum = [Double](repeating: 0, count: estimator.configuration.bins)
    var segments = 0
    for stretch in stretches {
      estimator.add(channel.span.extracting(stretch))
      guard let spectrum = estimator.finish() else { continue }
      for (bin, power) in spectrum.density.enumerated() {
        sum[bin] += Double(power) * Double(spectrum.segments)
      }
      segments += spectrum.segments
    }
    return PowerSpectrum(
      density: sum.map { Float($0 / Double(segments)) }, segments: segments)
  }

  private static func scaled(_ range: Range<Int>, by ratio: Double, within count: Int) -> Range<Int>
  {
    let lower = min(count, Int(Double(range.lowerBound) * ratio))
    return lower..<max(lower, min(count, Int(Double(range.upperBound) * ratio)))
  }

  /// A spectrum turned by whole bins so that a frequency stands at DC.
  private static func centred(_ density: [Float], on frequency: Double) -> [Float] {
    let shift = Circle.place(
      Int((frequency * Double(density.count)).rounded()), of: density.count)
    return Array(density[shift...] + density[..<shift])
  }
}
