import SignalPipeline
import Testing

@Suite struct FrameSurveyTests {
  private static let count = 65_536

  /// Noise of power 1, and in some of it a band of noise about a frequency.
  private func samples(
    _ active: Range<Int>, centre: Double = 0.2, width: Double = 0.05, snr: Double = 10,
    step: (place: Int, gain: Float)? = nil
  ) throws -> [IQSample] {
    var generator = SeededGenerator(seed: 5)
    var samples = gaussian(Self.count, &generator)
    var signal = gaussian(Self.count, &generator)
    var plan = FFTPlan(count: Self.count, direction: .inverse)
    for k in signal.indices {
      let frequency = Double(k) / Double(Self.count) - centre
      if abs(frequency - frequency.rounded()) > width / 2 { signal[k] = .zero }
    }
    plan.transform(&signal)
    let gain = Float((Decibels.power(snr) / Double(Self.count)).squareRoot())
    for n in active {
      samples[n].i += gain * signal[n].i
      samples[n].q += gain * signal[n].q
    }
    if let step {
      for n in step.place..<Self.count {
        samples[n] = IQSample(step.gain * samples[n].i, step.gain * samples[n].q)
      }
    }
    return samples
  }

  /// The frames of the one band that the detector finds.
  private func frames(_ samples: [IQSample]) throws -> ActiveFrames {
    var estimator = try WelchEstimator(.default)
    estimator.add(samples.span)
    let finished = estimator.finish()
    let spectrum = try #require(finished)
    let (bands, floor) = try SignalDetector(for: .default).survey(spectrum)
    try #require(bands.count == 1, "\(bands)")
    return try FrameSurvey(samples.span, floor: floor, bands: bands).frames(of: bands[0])
  }

  @Test("a burst is found to the frame", arguments: [0..<8192, 20_000..<40_000, 57_344..<65_536])
  func bursts(active: Range<Int>) throws {
    let frames = try frames(samples(active))
    #expect(frames.isActive.count == 64 && frames.length == 1024)
    let stretches = frames.stretches
    try #require(stretches.count == 1, "\(stretches)")
    #expect(abs(stretches[0].lowerBound - active.lowerBound) <= 1024)
    #expect(abs(stretches[0].upperBound - active.upperBound) <= 1024)
  }

  @Test("a step of the gain neither begins nor ends a signal", arguments: [0.1, 10] as [Float])
  func gainSteps(gain: Float) throws {
    let continuous = try frames(samples(0..<Self.count, step: (30_000, gain)))
    #expect(continuous.share == 1)
    let burst = try frames(samples(10_000..<20_000, snr: 20, step: (14_000, gain)))
    try #require(burst.stretches.count == 1, "\(burst.stretches)")
    #expect(abs(burst.stretches[0].lowerBound - 10_000) <= 1024)
    #expect(abs(burst.stretches[0].upperBound - 20_000) <= 1024)
  }

  @Test("what is there all the time is, however faint", arguments: [0, 5, 20] as [Double])
  func continuous(snr: Double) throws {
    let frames = try frames(samples(0..<Self.count, snr: snr))
    #expect(frames.share == 1 && frames.stretches == [0..<65_536])
  }

  @Test("pauses part the stretches")
  func pauses() throws {
    var samples = try samples(8_192..<16_384)
    let other = try self.samples(40_960..<53_248)
    samples[30_000...] = other[30_000...]
    let frames = try frames(samples)
    #expect(frames.stretches.count == 2)
    #expect(abs(frames.share - 20_480.0 / 65_536) < 0.05)
  }
}
