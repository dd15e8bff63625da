import SignalPipeline
import Testing

/// Features of several channels.
@Suite struct ChannelFeaturesTests {
  private static let all = SpectrumChannel.allCases

  private func features(
    _ spectrum: [[Float]], _ width: Int, _ channels: [SpectrumChannel] = all,
    of held: [SpectrumChannel] = all, roll: FeatureConfiguration.Roll = .canonical,
    normalization: PSDNormalization = .decibelsAboveFloor(), rotation: Int? = nil
  ) throws -> [Float] {
    let transform = try FeatureTransform(
      FeatureConfiguration(
        bins: spectrum[0].count, roll: roll, binsPerFeature: width, normalization: normalization,
        channels: channels))
    var features = [Float](repeating: -1, count: transform.count)
    var span = features.mutableSpan
    transform.apply(Array(spectrum.joined()).span, of: held, rotation: rotation, to: &span)
    return features
  }

  private func rolled(_ spectrum: [[Float]], _ by: Int) -> [[Float]] {
    spectrum.map { Array($0[by...] + $0[..<by]) }
  }

  private func random(_ bins: Int, _ seed: UInt64, scale: Double = 1) -> [Float] {
    var generator = SeededGenerator(seed: seed)
    return (0..<bins).map { _ in Float(scale * generator.uniform()) }
  }

  @Test(
    "canonical features of all channels are the same bytes for all shifts, though means tie",
    arguments: FeatureTransformTests.normalizations)
  func invariance(normalization: PSDNormalization) throws {
    let bins = 96
    let means = FeatureTransformTests.spectra(bins)
    // Channels that tell apart what the means do not, and such that tie and repeat themselves.
    let others = means + [random(bins, 5, scale: 9)]
    for (index, mean) in means.enumerated() {
      for shift in others.indices {
        let spectrum = [mean, others[(index + shift) % others.count], others[shift]]
        for channels in [Self.all, [.mean, .kurtosis], [.maximum]] {
          for width in [1, 3, 4] {
            let expected = try features(spectrum, width, channels, normalization: normalization)
            for shift in stride(from: 1, to: bins, by: width == 1 ? 1 : 5) {
              let moved = try features(
                rolled(spectrum, shift), width, channels, normalization: normalization)
              #expect(moved.map(\.bitPattern) == expected.map(\.bitPattern))
            }
          }
        }
      }
    }
  }

  @Test("each channel is rolled, averaged and mapped by itself, in the order of the list")
  func channels() throws {
    let spectrum = [random(96, 1), random(96, 2, scale: 7), random(96, 3, scale: 30)]
    for width in [1, 4] {
      func alone(_ row: Int) throws -> [Float] {
        try features([spectrum[row]], width, [.mean], of: [.mean], rotation: 11)
      }
      let kurtosis = (0..<96 / width).map { group in
        let rows = (0..<width).map { spectrum[2][(11 + group * width + $0) % 96] }
        let mean = rows.dropFirst().reduce(rows[0], +) * (1 / Float(width))
        return 1 - 1 / (mean + 1)
      }
      let expected = try [alone(0), alone(1), kurtosis]
      #expect(try features(spectrum, width, rotation: 11) == expected.flatMap { $0 })
      #expect(
        try features(spectrum, width, [.mean, .kurtosis], rotation: 11)
          == expected[0] + expected[2])
      #expect(try features(spectrum, width, [.kurtosis], rotation: 11) == expected[2])
      #expect(
        try features(
          [spectrum[0], spectrum[2]], width, [.kurtosis], of: [.mean, .kurtosis], rotation: 11)
          == expected[2])
    }
  }

  @Test("the kurtosis of a tone, noise and a tone of a tenth is told as 0, a half and 0.9")
  func kurtosis() throws {
    let told = try features(
      [[1, 2, 1, 1, 1], [0, 1, 9, .infinity, .nan]], 1, [.kurtosis], of: [.mean, .kurtosis],
      roll: .none)
    #expect(told[..<2] == [0, 0.5])
    #expect(abs(told[2] - 0.9) < 1e-7)
    #expect(told[3...] == [1, 0])
  }

  @Test("a gain of a power of 2 moves no bit of any channel")
  func gain() throws {
    let configuration = SpectrumConfiguration(bins: 64, overlap: 32, window: .hann)
    var generator = SeededGenerator(seed: 4)
    let samples = gaussian(4096, &generator)
    func told(_ gain: Float) throws -> [Float] {
      let louder = samples.map { IQSample(gain * $0.i, gain * $0.q) }
      let values = try estimate(louder, configuration, channels: Self.all)
      return try features(
        (0..<3).map { Array(values[$0 * 64..<($0 + 1) * 64]) }, 1, normalization: .linearMinMax)
    }
    #expect(try told(1) == told(1 / 64))
    #expect(try told(1) == told(64))
  }

  @Test("spectra without a channel that features are made of are refused, naming both lists")
  func refused() throws {
    var configuration = FeatureConfiguration.default
    configuration.channels = Self.all
    let transform = try FeatureTransform(configuration)
    try transform.check(.default, channels: Self.all)
    let error = #expect(throws: ConfigurationError.self) {
      try transform.check(.default, channels: [.mean, .maximum])
    }
    #expect(
      error?.description
        == "channels of the spectra are mean,max; the features are made of mean,max,kurtosis")
  }
}
