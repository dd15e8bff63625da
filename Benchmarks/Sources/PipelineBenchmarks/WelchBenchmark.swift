import FFTWPeer
import SignalPipeline

/// Welch's estimate on one thread, beside the FFTs that it cannot do without, by the same plan.
struct WelchBenchmark {
  /// The DFT length.
  var bins: Int

  /// The number of samples of one estimate.
  var samples = 1 << 21

  /// Returns one line for each contender: Msamples/s, and the share of the limit's speed.
  func lines() throws -> [String] {
    let configuration = SpectrumConfiguration(bins: bins, overlap: bins / 2, window: .hann)
    var generator = SeededGenerator(seed: 1)
    let iq = (0..<samples).map { _ in
      IQSample(Float(generator.uniform(-1...1)), Float(generator.uniform(-1...1)))
    }
    let segments = configuration.segments(in: samples)
    // An estimator cannot be captured and changed by a closure, so a class holds it.
    let welch = try Holder(WelchEstimator(configuration))
    let alone = try FFTWAlone(count: bins, flags: FFTW_ESTIMATE)
    let contenders = [
      Stopwatch.Contender(name: "Welch") { welch.estimate(iq) },
      Stopwatch.Contender(name: "FFTW alone") { alone.run(times: segments) },
    ]
    let times = try Stopwatch().times(of: contenders)
    return zip(contenders, times).map { contender, time in
      Table.rate(
        "\(contender.name), \(bins) bins", Double(samples) / 1e6, "Msamples/s", in: time,
        note: NumberText.percent(times[1].median / time.median, decimals: 0))
    }
  }

  private final class Holder {
    private var estimator: WelchEstimator

    init(_ estimator: consuming WelchEstimator) { self.estimator = estimator }

    func estimate(_ samples: [IQSample]) {
      estimator.reset()
      estimator.add(samples.span)
      precondition(estimator.finish() != nil, "a spectrum of many segments")
    }
  }
}
