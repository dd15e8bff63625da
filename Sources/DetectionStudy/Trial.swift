import SignalPipeline

/// What the detector made of many windows of one scene.
struct Trial {
  var windows = 0
  /// Windows in which anything at all was found.
  var present = 0
  /// Windows with a band that covers the signal and not twice as much.
  var found = 0
  /// Windows with any band that covers nothing of the signal.
  var strays = 0
  /// The distances of the edges of what was found from the signal's [bins].
  var edges: [Double] = []
  /// The share of the frames of what was found that were rightly told active or not.
  var frames: [Double] = []

  /// Runs the detector on windows that follow from a seed and a number.
  static func run(_ scene: Scene, windows: Int, seed: UInt64, workers: Int) throws -> Trial {
    let outcomes = try Parallel.map(
      windows, workers: workers, state: { try Worker() }
    ) { worker, index in
      try worker.judge(scene, seed: seed, index: index)
    }
    return outcomes.reduce(into: Trial()) { sum, one in
      sum.windows += one.windows
      sum.present += one.present
      sum.found += one.found
      sum.strays += one.strays
      sum.edges += one.edges
      sum.frames += one.frames
    }
  }

  /// A percentile of some distances, by the nearest rank.
  static func percentile(_ values: [Double], _ share: Double) -> Double {
    let sorted = values.sorted()
    return sorted.isEmpty ? .nan : sorted[Int(share * Double(sorted.count - 1) + 0.5)]
  }

  /// One thread's detector.
  private struct Worker: ~Copyable {
    private var studio = Scene.Studio()
    private var estimator: WelchEstimator
    private var detector: SignalDetector

    init() throws {
      let estimator = try WelchEstimator(.default)
      let detector = try SignalDetector(for: .default)
      self.estimator = estimator
      self.detector = detector
    }

    mutating func judge(_ scene: Scene, seed: UInt64, index: Int) throws -> Trial {
      var generator = SeededGenerator(seed: seed, stream: UInt64(index))
      let (samples, truth) = scene.draw(&generator, in: &studio)
      estimator.add(samples.span)
      guard let spectrum = estimator.finish() else { preconditionFailure("whole windows") }
      let (bands, floor) = try detector.survey(spectrum)
      var trial = Trial()
      trial.windows = 1
      trial.present = detector.detect(spectrum).isPresent ? 1 : 0
      let width = scene.width ?? 0
      var isFound = false
      for band in bands {
        let distance = abs(Scene.wrapped(band.centre - truth.centre))
        let common = min(width, band.width, max(0, (width + band.width) / 2 - distance))
        if common == 0 { trial.strays = 1 }
        guard !isFound, common > max(width, band.width) / 2 else { continue }
        isFound = true
        trial.edges += [
          abs(Scene.wrapped(band.lower - truth.centre + width / 2)) * 8192,
          abs(Scene.wrapped(band.lower + band.width - truth.centre - width / 2)) * 8192,
        ]
        let survey = try FrameSurvey(samples.span, floor: floor, bands: bands)
        trial.frames.append(Self.agreement(survey.frames(of: band), truth.samples))
      }
      trial.found = isFound ? 1 : 0
      return trial
    }

    /// A frame is active if the signal fills half of it.
    private static func agreement(_ frames: ActiveFrames, _ truth: Range<Int>) -> Double {
      let right = frames.isActive.indices.count { frame in
        let range = frame * frames.length..<(frame + 1) * frames.length
        return (2 * range.clamped(to: truth).count > frames.length) == frames.isActive[frame]
      }
      return Double(right) / Double(frames.isActive.count)
    }
  }
}
