import SignalPipeline
import Testing

@Suite struct FeatureTransformTests {
  static let normalizations: [PSDNormalization] = [
    .decibelsAboveFloor(), .squareRootMinMax, .decibelMinMax, .decibelPercentiles, .linearMinMax,
    .fixedDecibels,
  ]

  private func transform(
    _ bins: Int, _ roll: FeatureConfiguration.Roll, _ binsPerFeature: Int,
    _ normalization: PSDNormalization = .linearMinMax
  ) throws -> FeatureTransform {
    try FeatureTransform(
      FeatureConfiguration(
        bins: bins, roll: roll, binsPerFeature: binsPerFeature, normalization: normalization))
  }

  private func features(
    _ transform: FeatureTransform, _ density: [Float], rotation: Int? = nil
  ) -> [Float] {
    var features = [Float](repeating: -1, count: transform.count)
    var span = features.mutableSpan
    transform.apply(density.span, rotation: rotation, to: &span)
    return features
  }

  private func rolled<Value>(_ values: [Value], _ by: Int) -> [Value] {
    Array(values[by...] + values[..<by])
  }

  /// Powers of a random, a tied, a periodic, a constant and a silent spectrum, and of one with two
  /// equal maxima.
  static func spectra(_ bins: Int) -> [[Float]] {
    var generator = SeededGenerator(seed: 8)
    let random = (0..<bins).map { _ in Float(generator.uniform()) }
    let tied = (0..<bins).map { _ in Float(generator.index(below: 3)) }
    let periodic = (0..<bins).map { Float([1, 3, 2, 3][$0 % 4]) }
    var almost = [Float](repeating: 1, count: bins)
    almost[bins / 3] = 0
    var twice = random
    twice[bins / 5] = 2
    twice[bins / 2] = 2
    return [
      random, tied, periodic, almost, twice, [Float](repeating: 2, count: bins),
      [Float](repeating: 0, count: bins),
    ]
  }

  @Test(
    "canonical features, and those about the centroid, are the same bytes for all circular shifts",
    arguments: normalizations, [FeatureConfiguration.Roll.canonical, .centroid])
  func canonical(normalization: PSDNormalization, roll: FeatureConfiguration.Roll) throws {
    let bins = 96
    for width in [1, 3, 4] {
      let transform = try transform(bins, roll, width, normalization)
      for density in Self.spectra(bins) {
        let expected = features(transform, density)
        for shift in 1..<bins {
          let moved = features(transform, rolled(density, shift))
          #expect(moved.map(\.bitPattern) == expected.map(\.bitPattern))
        }
      }
    }
  }

  @Test("canonical features of 8192 bins are the same bytes for shifts of every residue")
  func canonicalDefault() throws {
    var generator = SeededGenerator(seed: 2)
    let transform = try FeatureTransform(.default)
    let density = (0..<8192).map { _ in Float(generator.uniform() * generator.uniform()) }
    let expected = features(transform, density)
    for shift in stride(from: 1, to: 8192, by: 61) {
      #expect(features(transform, rolled(density, shift)) == expected)
    }
  }

  @Test("a rotation brings bin k + r to bin k before means are taken, whatever its sign")
  func rotation() throws {
    let density = (0..<48).map { Float($0 * $0 % 37) }
    for width in [1, 2, 3, 4, 8, 16] {
      let transform = try transform(48, .canonical, width, .fixedDecibels)
      for rotation in [0, 1, 5, 16, 47, 48, -1, -100, 1 << 40] {
        let by = ((rotation % 48) + 48) % 48
        let expected = features(transform, rolled(density, by), rotation: 0)
        #expect(features(transform, density, rotation: rotation) == expected)
      }
    }
  }

  @Test("a feature is the mean power of its bins", arguments: [1, 2, 3, 4, 8, 12, 16])
  func means(width: Int) throws {
    let density = (0..<48).map { Float($0 * $0 % 37 + 1) }
    let transform = try transform(48, .none, width)
    let means = (0..<48 / width).map { group in
      density[group * width..<(group + 1) * width].reduce(0, +) * (1 / Float(width))
    }
    let low = means.min() ?? 0
    let high = means.max() ?? 0
    #expect(features(transform, density) == means.map { ($0 - low) / (high - low) })
  }

  @Test("only the canonical policy rolls at inference")
  func policies() throws {
    let density: [Float] = [0, 1, 4, 2]
    #expect(try features(transform(4, .none, 1), density) == [0, 0.25, 1, 0.5])
    #expect(try features(transform(4, .random, 1), density) == [0, 0.25, 1, 0.5])
    #expect(try features(transform(4, .canonical, 1), density) == [1, 0.5, 0, 0.25])
  }

  @Test("what does not fit is refused by name")
  func refused() throws {
    let transform = try FeatureTransform(.default)
    try transform.check(.default)
    let other = SpectrumConfiguration(bins: 4096, overlap: 0, window: .hann)
    let error = #expect(throws: ConfigurationError.self) { try transform.check(other) }
    #expect(
      error?.description
        == "bins is 4096 in the spectra, but the features are made from 8192 bins")
    #expect(throws: ConfigurationError.self) { try self.transform(8, .none, 3) }
  }
}
