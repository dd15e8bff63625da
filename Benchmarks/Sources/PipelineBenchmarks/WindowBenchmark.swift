import FFTWPeer
import SignalPipeline

/// The stages between the samples of one window and its class, each alone on one thread.
final class WindowBenchmark {
  private let samples: [IQSample]
  private let transform: FeatureTransform
  private let wideTransform: FeatureTransform
  private var estimator: WelchEstimator
  private var wideEstimator: WelchEstimator
  private var detector: SignalDetector
  private var features: [Float]
  private var wideFeatures: [Float]

  /// Prepares the built-in model's stages and one noisy signal.
  init() throws {
    let model = try BuiltInModel.load()
    var generator = try SignalGenerator(.default)
    samples = generator.example(2).samples
    transform = try FeatureTransform(model.features)
    var wide = model.features
    wide.channels = SpectrumChannel.allCases
    wideTransform = try FeatureTransform(wide)
    estimator = try WelchEstimator(model.spectrum)
    wideEstimator = try WelchEstimator(model.spectrum, channels: wide.channels)
    detector = try SignalDetector(for: model.spectrum)
    features = [Float](repeating: 0, count: transform.count)
    wideFeatures = [Float](repeating: 0, count: wideTransform.count)
  }

  /// Returns one line a stage: µs a window.
  func lines() throws -> [String] {
    let spectrum = self.spectrum()
    let bins = spectrum.density.count
    let channels = wideTransform.configuration.channels
    let wide = self.wideSpectrum().values(of: channels) ?? []
    let fftw = try FFTWAlone(count: bins, flags: FFTW_ESTIMATE)
    let repeats = 20
    let contenders = [
      Stopwatch.Contender(name: "FFTW alone, \(spectrum.segments) segments of \(bins)") {
        fftw.run(times: repeats * spectrum.segments)
      },
      Stopwatch.Contender(name: "Welch's estimate") {
        for _ in 0..<repeats { _ = self.spectrum() }
      },
      Stopwatch.Contender(name: "signal detector") {
        for _ in 0..<repeats { _ = self.detector.detect(spectrum) }
      },
      Stopwatch.Contender(name: "occupied bands") {
        for _ in 0..<repeats { _ = try self.detector.bands(in: spectrum) }
      },
      Stopwatch.Contender(name: "feature transform") {
        for _ in 0..<repeats {
          var span = self.features.mutableSpan
          self.transform.apply(spectrum.density.span, rotation: nil, to: &span)
        }
      },
      Stopwatch.Contender(name: "Welch's estimate of three channels") {
        for _ in 0..<repeats { _ = self.wideSpectrum() }
      },
      Stopwatch.Contender(name: "feature transform of three channels") {
        for _ in 0..<repeats {
          var span = self.wideFeatures.mutableSpan
          self.wideTransform.apply(wide.span, of: channels, rotation: nil, to: &span)
        }
      },
    ]
    let times = try Stopwatch().times(of: contenders)
    return zip(contenders, times).map { contender, time in
      Table.duration(contender.name, of: Double(repeats), in: time)
    }
  }

  private func spectrum() -> PowerSpectrum {
    let samples = samples
    estimator.add(samples.span)
    guard let spectrum = estimator.finish() else { preconditionFailure("a window of segments") }
    return spectrum
  }

  private func wideSpectrum() -> PowerSpectrum {
    let samples = samples
    wideEstimator.add(samples.span)
    guard let spectrum = wideEstimator.finish() else { preconditionFailure("a window of segments") }
    return spectrum
  }
}
