import Foundation
import SignalPipeline
import Testing

/// What an augmenter does to the numbers of a spectrum, against what physics does.
@Suite struct SpectrumAugmenterTests {
  static let bins = 256
  static let spectrum = SpectrumConfiguration(bins: bins, overlap: 128, window: .hann)
  static let window = 4096

  private func augmenter(
    _ augmentation: Augmentation = Augmentation(noise: 1, mask: 0.5),
    spectrum: SpectrumConfiguration = Self.spectrum, channels: [SpectrumChannel] = [.mean],
    used: [SpectrumChannel]? = nil
  ) -> SpectrumAugmenter {
    SpectrumAugmenter(
      augmentation, spectrum: spectrum, window: Self.window, channels: channels, used: used)
  }

  private func draw(
    _ seed: UInt64 = 0, gain: Double = 0, drop: Double = 0, mask: (start: Int, length: Int) = (0, 0)
  ) -> SpectrumAugmenter.Draw {
    var draw = SpectrumAugmenter.Draw()
    draw.gain = gain
    draw.drop = drop
    (draw.maskStart, draw.maskLength) = mask
    draw.noise = SeededGenerator(seed: seed)
    return draw
  }

  private func noise(_ generator: inout SeededGenerator, count: Int = Self.window) -> [IQSample] {
    var source = GaussianSource(using: &generator)
    var samples = [IQSample](repeating: .zero, count: count)
    source.fill(&samples)
    return samples
  }

  private func density(
    _ samples: [IQSample], _ estimator: inout WelchEstimator
  ) throws -> [Float] {
    estimator.add(samples.span)
    let finished = estimator.finish()
    return try #require(finished).density
  }

  /// Mean, relative variance, and correlation with a neighbour, of many rows' bins.
  private struct Moments {
    var mean = 0.0
    var variance = 0.0
    var correlations: [Double] = []

    init(_ rows: [[Float]], bins: Range<Int>) {
      let all = rows.flatMap { row in bins.map { Double(row[$0]) } }
      let centre = all.reduce(0, +) / Double(all.count)
      func covariance(_ distance: Int) -> Double {
        let products = rows.flatMap { row in
          bins.dropLast(distance).map {
            (Double(row[$0]) - centre) * (Double(row[$0 + distance]) - centre)
          }
        }
        return products.reduce(0, +) / Double(products.count)
      }
      mean = centre
      variance = covariance(0) / (centre * centre)
      correlations = (1...3).map { covariance($0) / covariance(0) }
    }
  }

  @Test(
    "noise that is added to noise makes what Welch's method shows of the stronger noise",
    arguments: [
      spectrum, SpectrumConfiguration(bins: bins, overlap: 0, window: .rectangular),
      SpectrumConfiguration(bins: bins, overlap: 192, window: .blackmanHarris),
      SpectrumConfiguration(bins: bins, segmentLength: 128, overlap: 64, window: .hann),
    ])
  func noiseOnNoise(spectrum: SpectrumConfiguration) throws {
    var estimator = try WelchEstimator(spectrum)
    var augmenter = augmenter(spectrum: spectrum)
    var generator = SeededGenerator(seed: 5)
    var before: [[Float]] = []
    var after: [[Float]] = []
    for seed in 0..<400 {
      before.append(try density(noise(&generator), &estimator))
      after.append(augmenter.apply(draw(UInt64(seed), drop: 7), to: before[seed]))
    }
    let old = Moments(before, bins: 0..<Self.bins)
    let new = Moments(after, bins: 0..<Self.bins)
    // The floor that one spectrum tells is good to some 2 %, and some low: .15 dB of 7.
    #expect(abs(10 * log10(new.mean / old.mean) - 7) < 0.15)
    // 102,400 bins, of which two to eight have much in common.
    #expect(abs(new.variance / old.variance - 1) < 0.06)
    #expect(
      abs(
        new.variance * spectrum.effectiveSegments(spectrum.segments(in: Self.window)) - 1) < 0.07)
    for (a, b) in zip(old.correlations, new.correlations) { #expect(abs(a - b) < 0.03) }
  }

  @Test("beneath and above a signal, mean and variance are those of samples with noise added")
  func noiseOnSignal() throws {
    var estimator = try WelchEstimator(Self.spectrum)
    var augmenter = augmenter()
    var generator = SeededGenerator(seed: 6)
    var added: [[Float]] = []
    var augmented: [[Float]] = []
    let trials = 1500
    let drop = 6.0
    let amplitude = Float((pow(10, drop / 10) - 1).squareRoot())
    for seed in 0..<trials {
      var samples = noise(&generator)
      // A narrow process 14 dB above the noise at 0 Hz.
      var state = IQSample.zero
      for (n, drive) in noise(&generator).enumerated() {
        state = IQSample(0.98 * state.i + 0.1 * drive.i, 0.98 * state.q + 0.1 * drive.q)
        samples[n].i += state.i
        samples[n].q += state.q
      }
      augmented.append(
        augmenter.apply(
          draw(UInt64(seed), drop: drop), to: try density(samples, &estimator)))
      for (n, more) in noise(&generator).enumerated() {
        samples[n].i += amplitude * more.i
        samples[n].q += amplitude * more.q
      }
      added.append(try density(samples, &estimator))
    }
    for bin in [30, 100, 124, 128, 132, 200] {
      let expected = Moments(added, bins: bin..<bin + 1)
      let found = Moments(augmented, bins: bin..<bin + 1)
      // Means vary by 20 % in one of 1500; the floor's error of 2 % adds to that.
      #expect(abs(found.mean / expected.mean - 1) < 0.04, "bin \(bin)")
      // Four standard errors of a ratio of two variances: 4·√(2·2/1500).
      #expect(abs(found.variance / expected.variance - 1) < 0.21, "bin \(bin)")
    }
  }

  @Test("added noise has the formula's mean and variance, and none of it is below 0")
  func formula() throws {
    var estimator = try WelchEstimator(Self.spectrum)
    var generator = SeededGenerator(seed: 7)
    var augmenter = augmenter()
    var floor = try density(noise(&generator), &estimator)
    for bin in 100..<140 { floor[bin] = 60 }
    let rows = (0..<3000).map { augmenter.apply(draw(UInt64($0), drop: 10), to: floor) }
    #expect(rows.allSatisfy { $0.allSatisfy { $0 > 0 } })
    let found = Moments(rows, bins: 101..<139)
    let d = found.mean - 60
    // The noise has a density of 2 and the floor is found to 3 % and better.
    #expect(abs(d / 18 - 1) < 0.06)
    let averages = Self.spectrum.effectiveSegments(Self.spectrum.segments(in: Self.window))
    let variance = (d * d + 2 * 60 * d) / averages
    #expect(abs(found.variance * found.mean * found.mean / variance - 1) < 0.03)
  }

  @Test("the floor is found beneath signals that fill six tenths of the band")
  func crowded() throws {
    var estimator = try WelchEstimator(Self.spectrum)
    var generator = SeededGenerator(seed: 8)
    var augmenter = augmenter()
    var rows: [[Float]] = []
    for seed in 0..<200 {
      var row = try density(noise(&generator), &estimator)
      for bin in 20..<174 { row[bin] *= 100 }
      rows.append(augmenter.apply(draw(UInt64(seed), drop: 10), to: row))
    }
    let level = 10 * log10(Moments(rows, bins: 174..<256).mean / 2)
    // Of the two fifths that are free, the median instead of the 20th percentile is taken.
    #expect(abs(level - 10) < 0.4)
  }

  @Test("a mask leaves noise at the floor in its bins, round the circle, and nothing else changes")
  func mask() throws {
    var estimator = try WelchEstimator(Self.spectrum)
    var generator = SeededGenerator(seed: 9)
    var augmenter = augmenter()
    var masked: [[Float]] = []
    for seed in 0..<300 {
      var row = try density(noise(&generator), &estimator)
      for bin in 240..<256 { row[bin] = 500 }
      for (start, length) in [(230, 50), (40, 24), (255, 1)] {
        let new = augmenter.apply(
          draw(UInt64(seed), mask: (start, length)), to: row)
        let inside = Set((start..<start + length).map { $0 % Self.bins })
        for bin in 0..<Self.bins { #expect((new[bin] != row[bin]) == inside.contains(bin)) }
        if length == 50 { masked.append(Array(new[230...] + new[..<24])) }
      }
    }
    let found = Moments(masked, bins: 0..<50)
    #expect(abs(found.mean / 2 - 1) < 0.04)
    let averages = Self.spectrum.effectiveSegments(Self.spectrum.segments(in: Self.window))
    #expect(abs(found.variance * averages - 1) < 0.08)
  }

  @Test("in a mask, maximum and kurtosis are as of noise, and unused channels stay")
  func channels() throws {
    let channels = SpectrumChannel.allCases
    var estimator = try WelchEstimator(Self.spectrum, channels: channels)
    var generator = SeededGenerator(seed: 10)
    var all = augmenter(channels: channels)
    var some = augmenter(channels: channels, used: [.kurtosis])
    var before: [[Float]] = []
    var after: [[Float]] = []
    for seed in 0..<300 {
      estimator.add(noise(&generator).span)
      let finished = estimator.finish()
      let row = try #require(finished?.values(of: channels))
      before.append(row)
      after.append(all.apply(draw(UInt64(seed), mask: (0, Self.bins)), to: row))
      let own = some.apply(draw(UInt64(seed), mask: (0, Self.bins)), to: row)
      #expect(own[Self.bins..<2 * Self.bins] == row[Self.bins..<2 * Self.bins])
      #expect(own[..<Self.bins] != row[..<Self.bins] && own[600] != row[600])
    }
    for place in 0..<3 {
      let part = place * Self.bins..<(place + 1) * Self.bins
      let (old, new) = (Moments(before, bins: part), Moments(after, bins: part))
      #expect(abs(new.mean / old.mean - 1) < 0.04, "\(channels[place])")
      // The formulas are those of independent segments, and maxima have a longer tail.
      #expect(abs(new.variance / old.variance - 1) < 0.15, "\(channels[place])")
    }
  }

  @Test("with noise, kurtosis goes towards that of noise, and noise stays noise")
  func kurtosis() throws {
    let channels: [SpectrumChannel] = [.mean, .kurtosis]
    var estimator = try WelchEstimator(Self.spectrum, channels: channels)
    var generator = SeededGenerator(seed: 12)
    var augmenter = augmenter(channels: channels)
    var before: [[Float]] = []
    var after: [[Float]] = []
    for seed in 0..<300 {
      estimator.add(noise(&generator).span)
      let finished = estimator.finish()
      var row = try #require(finished?.values(of: channels))
      // A constant tone of 18 times the noise.
      (row[50], row[Self.bins + 50]) = (36, 0)
      before.append(row)
      after.append(augmenter.apply(draw(UInt64(seed), drop: 10), to: row))
    }
    let part = Self.bins + 60..<2 * Self.bins
    let (old, new) = (Moments(before, bins: part), Moments(after, bins: part))
    #expect(abs(new.mean - 1) < 0.03)
    #expect(abs(new.variance / old.variance - 1) < 0.15)
    // 36 of 36 + 18 are the tone's: 1 − (2/3)²; what falls below 0 counts as 0.
    let tone = Moments(after, bins: Self.bins + 50..<Self.bins + 51).mean
    #expect(abs(tone - (1 - 4.0 / 9)) < 0.06)
  }

  @Test("a gain multiplies powers, and kurtosis has none")
  func gain() {
    var augmenter = augmenter(Augmentation(gain: 20), channels: SpectrumChannel.allCases)
    let row = (0..<3 * Self.bins).map { Float($0 % 17) + 1 }
    let new = augmenter.apply(draw(gain: 10), to: row)
    for place in row.indices {
      #expect(abs(new[place] - row[place] * (place < 2 * Self.bins ? 10 : 1)) < 1e-5 * new[place])
    }
  }

  @Test("draws stay in their bounds, fill them evenly, and share no luck")
  func draws() {
    let augmentation = Augmentation(gain: 3, noise: 12, noiseShare: 0.25, mask: 0.2)
    let draws = (0..<4000).map { augmenter(augmentation).draw(key: UInt64($0) << 20) }
    let gains = draws.map(\.gain)
    #expect(gains.allSatisfy { abs($0) <= 3 } && gains.min()! < -2.9 && gains.max()! > 2.9)
    let noisy = draws.filter { $0.drop > 0 }
    // Four standard errors of a share of 4000.
    #expect(abs(Double(noisy.count) / 4000 - 0.25) < 0.028)
    #expect(noisy.allSatisfy { $0.drop <= 12 } && noisy.map(\.drop).max()! > 11.8)
    let lengths = draws.map(\.maskLength)
    #expect(lengths.min() == 0 && lengths.max() == 51)
    #expect(Set(draws.map(\.maskStart)) == Set(0..<Self.bins))
    // What one part draws does not hang on the others.
    for (key, draw) in draws.enumerated().prefix(50) {
      let own = augmenter(Augmentation(mask: 0.2)).draw(key: UInt64(key) << 20)
      #expect(own.maskStart == draw.maskStart && own.maskLength == draw.maskLength)
      #expect(own.noise == draw.noise)
      #expect(own.gain == 0 && own.drop == 0)
    }
  }

  @Test("one key gives one spectrum, another key another")
  func keys() throws {
    let augmentation = Augmentation(noise: 10, mask: 0.2)
    var estimator = try WelchEstimator(Self.spectrum)
    var generator = SeededGenerator(seed: 13)
    let row = try density(noise(&generator), &estimator)
    var first = augmenter(augmentation)
    let a = first.vary(row, key: 1)
    let b = first.vary(row, key: 2)
    var second = augmenter(augmentation)
    #expect(a != b && second.vary(row, key: 2) == b && second.vary(row, key: 1) == a)
  }

  @Test("spectra without noise, without power or with infinite power harm nothing")
  func extremes() {
    for value in [0, Float.leastNonzeroMagnitude, 1e-30, 1, 3e38, .infinity] {
      var augmenter = augmenter()
      let row = [Float](repeating: value, count: Self.bins)
      let new = augmenter.apply(draw(gain: 20, drop: 20, mask: (3, 9)), to: row)
      #expect(new.count == Self.bins && new.allSatisfy { !$0.isNaN }, "\(value)")
    }
    var one = [Float](repeating: 0, count: Self.bins)
    one[7] = 3
    var augmenter = augmenter()
    #expect(augmenter.apply(draw(drop: 20), to: one) == one)
  }
}

extension SpectrumAugmenter {
  fileprivate mutating func apply(_ draw: Draw, to row: [Float]) -> [Float] {
    apply(draw, to: row.span)
  }

  fileprivate mutating func vary(_ row: [Float], key: UInt64) -> [Float] {
    vary(row.span, key: key)
  }
}
