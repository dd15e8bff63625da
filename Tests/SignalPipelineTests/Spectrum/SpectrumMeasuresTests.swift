import SignalPipeline
import Testing

@Suite struct SpectrumMeasuresTests {
  /// Welch's estimate of white noise of power 1, and what multiplies some of its bins.
  private func noise(
    seed: UInt64 = 1, segments: Int = 15, bins: Int = 1024, gain: (Double) -> Double = { _ in 1 }
  ) throws -> PowerSpectrum {
    let configuration = SpectrumConfiguration(bins: bins, overlap: bins / 2, window: .hann)
    var generator = SeededGenerator(seed: seed)
    var estimator = try WelchEstimator(configuration)
    estimator.add(gaussian(bins / 2 * (segments + 1), &generator).span)
    let finished = estimator.finish()
    var spectrum = try #require(finished)
    for bin in 0..<bins {
      spectrum.density[bin] *= Float(gain(PowerSpectrum.frequency(ofBin: bin, of: bins)))
    }
    return spectrum
  }

  @Test("the floor of white noise is its density, whatever was averaged")
  func floor() throws {
    for segments in [1, 2, 15, 100, 1000] {
      for seed in 1...5 as ClosedRange<UInt64> {
        let spectrum = try noise(seed: seed, segments: segments)
        let level = Decibels.level(try #require(spectrum.noiseFloor))
        // A lower quartile of 1024 / 1.9 independent bins: 1.7/√540 of the mean for one segment.
        let error = 4 * 4.34 * 1.73 / (540 * (spectrum.averages ?? 1)).squareRoot() + 0.01
        #expect(abs(level) < error, "\(level) dB of \(segments) segments")
      }
    }
  }

  @Test(
    "signals in up to two thirds of the band leave the floor as it is", arguments: [0.1, 0.3, 0.6])
  func signals(share: Double) throws {
    for level in [3.0, 10, 40, 100] {
      let spectrum = try noise(segments: 40) { abs($0) < share / 2 ? Decibels.power(level) : 1 }
      let floor = Decibels.level(try #require(spectrum.noiseFloor))
      #expect(abs(floor) < 0.5, "\(floor) dB under \(level) dB")
    }
  }

  @Test("a floor is not told of extremes and not of nothing, and is 0 without power")
  func noFloor() {
    #expect(PowerSpectrum(density: [1, 2, 3], segments: 4, averages: nil).noiseFloor == nil)
    #expect(PowerSpectrum(density: [], segments: 1, averages: 1).noiseFloor == nil)
    #expect(PowerSpectrum(density: [0, 0, 0], segments: 1, averages: 1).noiseFloor == 0)
  }

  @Test("the band of a flat signal ends where its share of the power does, within bins")
  func flatBand() throws {
    // Bins 100 to 299 of 1000: from −0.4005 to −0.2005 cycles/sample.
    var density = [Float](repeating: 0, count: 1000)
    for bin in 100..<300 { density[bin] = 7 }
    let spectrum = PowerSpectrum(density: density, segments: 1)
    for share in [0.5, 0.9, 0.99, 0.999] {
      let band = try #require(spectrum.occupiedBandwidth(share))
      #expect(abs(band.width - 0.2 * share) < 1e-9)
      #expect(abs(band.lower - (-0.4005 + 0.1 * (1 - share))) < 1e-9)
      #expect(abs(band.upper - (-0.2005 - 0.1 * (1 - share))) < 1e-9)
      #expect(abs(band.power - 1.4) < 1e-6)
    }
    // All of a band has its width, and half the power is left of the middle.
    let white = PowerSpectrum(density: [Float](repeating: 1, count: 8), segments: 1)
    let band = try #require(white.occupiedBandwidth(0.5))
    #expect(abs(band.lower + 0.3125) < 1e-12 && abs(band.upper - 0.1875) < 1e-12)
  }

  @Test("as much power lies below a band as above it")
  func balance() throws {
    var generator = SeededGenerator(seed: 9)
    for bins in [2, 7, 64, 1001] {
      let density = (0..<bins).map { _ in Float(generator.uniform()) }
      let band = try #require(
        PowerSpectrum(density: density, segments: 1).occupiedBandwidth(0.8))
      func power(below edge: Double) -> Double {
        density.indices.reduce(0) { sum, bin in
          let left = PowerSpectrum.frequency(ofBin: bin, of: bins) - 0.5 / Double(bins)
          let share = min(1, max(0, (edge - left) * Double(bins)))
          return sum + share * Double(density[bin])
        }
      }
      let total = power(below: 1)
      #expect(abs(power(below: band.lower) - 0.1 * total) < 1e-9 * total)
      #expect(abs(power(below: band.upper) - 0.9 * total) < 1e-9 * total)
    }
  }

  @Test("without the noise, a signal's band is its own", arguments: [6.0, 10, 20, 40])
  func withoutNoise(level: Double) throws {
    let spectrum = try noise(segments: 60, bins: 4096) { frequency in
      (0.1...0.2).contains(frequency) ? 1 + Decibels.power(level) : 1
    }
    let floor = try #require(spectrum.noiseFloor)
    let with = try #require(spectrum.occupiedBandwidth(0.99))
    let without = try #require(spectrum.occupiedBandwidth(0.99, above: floor))
    #expect(abs(without.width - 0.099) < 0.004, "\(without)")
    #expect(abs(without.lower - 0.1) < 0.003 && abs(without.upper - 0.2) < 0.003, "\(without)")
    // Counting it, noise takes its share.
    if level < 20 { #expect(with.width > 0.5) }
  }

  @Test("nothing above the noise has no band")
  func nothing() throws {
    var found = 0
    for seed in 1...50 as ClosedRange<UInt64> {
      let spectrum = try noise(seed: seed)
      let floor = try #require(spectrum.noiseFloor)
      if spectrum.occupiedBandwidth(above: floor) != nil { found += 1 }
    }
    // One in a thousand, and the floor's own error.
    #expect(found <= 2, "\(found) of 50")
    let silence = PowerSpectrum(density: [0, 0], segments: 1, averages: 1)
    #expect(silence.occupiedBandwidth() == nil && silence.occupiedBandwidth(above: 0) == nil)
    let extremes = PowerSpectrum(density: [1, 2], segments: 3)
    #expect(extremes.occupiedBandwidth(above: 1) == nil && extremes.occupiedBandwidth() != nil)
  }

  @Test("only what is wanted is measured")
  func wanted() throws {
    let spectrum = try noise { abs($0 - 0.25) < 0.01 ? 100 : 1 }
    let none = SpectrumMeasures(.init(), of: spectrum)
    #expect(none.peaks.isEmpty && none.occupied == nil && none.noiseFloor == nil)
    #expect(none.configuration.isEmpty)
    let all = SpectrumMeasures(
      .init(peaks: 3, occupiedShare: 0.9, countsNoise: false, noiseFloor: true), of: spectrum)
    #expect(all.peaks.count == 3 && all.noiseFloor == spectrum.noiseFloor)
    #expect(all.occupied == spectrum.occupiedBandwidth(0.9, above: spectrum.noiseFloor))
    let noisy = SpectrumMeasures(.init(occupiedShare: 0.9), of: spectrum)
    #expect(noisy.occupied == spectrum.occupiedBandwidth(0.9) && noisy.noiseFloor == nil)
  }
}
