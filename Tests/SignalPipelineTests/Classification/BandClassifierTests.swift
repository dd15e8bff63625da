import SignalPipeline
import Testing

/// Signals of a window, each told by itself, with the model that comes with the program.
@Suite struct BandClassifierTests {
  /// Generated signals of given classes and places in white noise of power 1.
  private func scene(
    _ signals: [(name: SignalClass, offset: Double, width: Double)], snr: Double, samples: Int,
    active: Range<Int>? = nil, seed: UInt64 = 1
  ) throws -> [IQSample] {
    var noise = SeededGenerator(seed: seed, stream: 77)
    var sum = gaussian(samples, &noise)
    for signal in signals {
      var configuration = SynthesisConfiguration.default
      configuration.classes = [signal.name]
      configuration.samples = samples
      configuration.seed = seed
      configuration.snr = snr...snr
      configuration.bandwidth = signal.width...signal.width
      configuration.offset = .fixed(frequency: signal.offset)
      configuration.impairments = .clean
      var generator = try SignalGenerator(configuration)
      let clean = generator.components(0).signal
      let gain = Float((Decibels.power(snr) * signal.width).squareRoot())
      for n in active ?? 0..<samples {
        sum[n].i += gain * clean[n].i
        sum[n].q += gain * clean[n].q
      }
    }
    return sum
  }

  private func results(_ samples: [IQSample]) throws -> [BandResult] {
    var classifier = try BandClassifier(BuiltInModel.load())
    return try classifier.classify(samples.span)
  }

  private func labels(_ results: [BandResult]) throws -> [String] {
    let classes = try BuiltInModel.load().classes
    return results.map { $0.prediction.label(classes: classes) }
  }

  @Test("signals side by side are told each by its class, in order of their frequencies")
  func several() throws {
    let found = try results(
      scene(
        [(.ofdm, 0.3, 0.12), (.fsk, -0.3, 0.1), (.rrc, 0.02, 0.15)], snr: 18, samples: 65_536))
    #expect(try labels(found) == ["fsk", "rrc", "ofdm"], "\(found)")
    for (result, centre) in zip(found, [-0.3, 0.02, 0.3]) {
      #expect(abs(result.band.centre - centre) < 0.02)
      #expect(result.activeShare == 1 && result.reason == nil)
    }
  }

  @Test("a band that is narrower than the model knows is told by its class all the same")
  func narrow() throws {
    for (index, name) in [SignalClass.fsk, .rrc, .ofdm].enumerated() {
      let found = try results(
        scene([(name, 0.2, 0.016)], snr: 18, samples: 262_144, seed: UInt64(index)))
      #expect(try labels(found) == [name.rawValue])
    }
  }

  @Test("what the model cannot be asked about is unknown, with the reason")
  func reasons() throws {
    func reason(
      _ width: Double, _ samples: Int, active: Range<Int>? = nil
    ) throws -> BandResult.Reason? {
      let found = try results(
        scene([(.rrc, 0.1, width)], snr: 18, samples: samples, active: active))
      #expect(found.allSatisfy { $0.prediction == .unknown })
      try #require(found.count == 1)
      return found[0].reason
    }
    guard case .tooNarrow(let window)? = try reason(0.004, 65_536) else {
      Issue.record("0.004 of the rate is not told as too narrow")
      return
    }
    // A quarter of the model's window at 0.06 of the rate, 15 times the width.
    #expect(window > 200_000 && window < 400_000)
    guard case .tooWide(let most)? = try reason(0.4, 65_536) else {
      Issue.record("0.4 of the rate is not told as too wide")
      return
    }
    #expect(abs(most - 0.2) < 1e-3)
    let burst = try reason(0.12, 65_536, active: 20_000..<24_000)
    guard case .tooShort(let usable, let needed)? = burst else {
      Issue.record("4000 samples are not told as too short, but \(String(describing: burst))")
      return
    }
    // Shorter than an FFT: none of it is of use.
    #expect(usable == 0 && needed == 16_384)
  }

  @Test("a burst that is long enough is told by its frames alone")
  func burst() throws {
    let found = try results(
      scene([(.rrc, -0.2, 0.15)], snr: 12, samples: 131_072, active: 30_000..<64_000))
    #expect(try labels(found) == ["rrc"])
    #expect(abs((found.first?.activeShare ?? 0) - 34.0 / 131) < 0.04)
  }

  @Test("noise has no bands")
  func noise() throws {
    #expect(try results(scene([], snr: 0, samples: 65_536)).isEmpty)
  }

  @Test("a model that states no bandwidths is refused, and so is too short a spectrum")
  func refused() throws {
    var model = try ClassificationScene.model()
    #expect(throws: ConfigurationError.self) { _ = try BandClassifier(model) }
    var wide = try ClassificationScene.model(channels: [.mean, .kurtosis])
    wide.bandwidths = 0.06...0.2
    let error = #expect(throws: ConfigurationError.self) { _ = try BandClassifier(wide) }
    #expect(error?.field == "features.channels")
    model.bandwidths = 0.1...0.2
    _ = try BandClassifier(model)
    model.bandwidths = 0...0.2
    #expect(throws: ConfigurationError.self) { _ = try BandClassifier(model) }
  }
}
