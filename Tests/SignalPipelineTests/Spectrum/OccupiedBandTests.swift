import Foundation
import SignalPipeline
import Testing

@Suite struct OccupiedBandTests {
  /// The bands in each of `count` spectra of a scene.
  private func bands(
    _ scene: DetectorScene, _ count: Int, seed: UInt64,
    _ configuration: BandConfiguration = .default
  ) throws -> [[OccupiedBand]] {
    let detector = try SignalDetector(for: scene.configuration)
    var generator = SeededGenerator(seed: seed)
    var plan = FFTPlan(count: scene.samples, direction: .inverse)
    var estimator = try WelchEstimator(scene.configuration)
    return try (0..<count).map { _ in
      let spectrum = try #require(scene.spectrum(&generator, &plan, &estimator))
      return try detector.bands(in: spectrum, configuration)
    }
  }

  /// How far apart two frequencies are on the circle [bins].
  private func distance(_ a: Double, _ b: Double) -> Double {
    abs(a - b - (a - b).rounded()) * 8192
  }

  @Test(
    "a band's edges are found to a few bins, wherever it lies and however wide it is",
    arguments: [
      (0.1, 1.0 / 256, 5.0), (-0.3, 1.0 / 64, 5), (0.001, 1.0 / 16, 0), (0.25, 0.2, 0),
      (-0.15, 0.5, 5), (0.1, 0.5, 20), (0.4, 1.0 / 32, 20),
    ] as [(Double, Double, Double)])
  func edges(centre: Double, width: Double, level: Double) throws {
    let scene = DetectorScene(rollOff: 12, band: (centre, width, level))
    for found in try bands(scene, 4, seed: 1) {
      try #require(found.count == 1)
      let band = found[0]
      #expect(band.kind == .modulated)
      // At 0 dB a mean over 64 bins tells the edge, whose noise moves it by up to a fourth of
      // that; from 5 dB on one over 4 or 16.
      let tolerance = level == 0 ? 16.0 : 5
      #expect(distance(band.lower, centre - width / 2) < tolerance)
      #expect(distance(band.upper, centre + width / 2) < tolerance)
      #expect(distance(band.centre, centre) < tolerance)
      // Standard error of the narrowest band: 0.3 dB, and as much for the floor beneath it.
      #expect(abs(band.snr - level) < 1.2)
      let density = Decibels.level(band.power / width)
      #expect(abs(density - level - band.floor) < 1.2)
    }
  }

  @Test("a band that wraps at half the sample rate is one")
  func wraps() throws {
    for found in try bands(DetectorScene(band: (0.49, 0.1, 10)), 4, seed: 2) {
      try #require(found.count == 1)
      #expect(distance(found[0].lower, 0.44) < 4 && distance(found[0].upper, -0.46) < 4)
      #expect(found[0].lower > 0 && found[0].upper < 0 && found[0].centre > 0.48)
    }
  }

  @Test("noise has no bands, whatever shape a receiver gives it")
  func floors() throws {
    let scenes = [
      DetectorScene(), DetectorScene(rollOff: 12, quantises: true, spike: -8),
      DetectorScene(rollOff: 12, tilt: 6), DetectorScene(tilt: -10),
      DetectorScene(hump: (0.1, 0.3, 2)), DetectorScene(rollOff: 6, hump: (-0.2, 0.2, -3)),
      DetectorScene(step: (0.6, 20)), DetectorScene(rollOff: 12, tilt: 4, step: (0.4, -10)),
    ]
    for (index, scene) in scenes.enumerated() {
      let found = try bands(scene, 12, seed: 3)
      // One alarm in 1000 is configured; the shapes are measured in docs/detection.md.
      #expect(found.count { !$0.isEmpty } <= 1, "scene \(index): \(found.filter { !$0.isEmpty })")
    }
  }

  @Test("the floor is followed beneath a band and a tilt")
  func floorLevel() throws {
    let scene = DetectorScene(band: (0.2, 0.2, 10), tilt: 8)
    for found in try bands(scene, 4, seed: 4) {
      try #require(found.count == 1)
      // 8 dB per cycle/sample at 0.2: 1.6 dB.
      #expect(abs(found[0].floor - 1.6) < 0.5)
    }
  }

  @Test("two bands are two, and a narrow gap does not part one")
  func gaps() throws {
    for (gap, count) in [(0.002, 1), (0.03, 2)] {
      let scene = DetectorScene(band: (0.1, 0.05, 10), other: (0.15 + gap, 0.05, 10))
      #expect(try bands(scene, 3, seed: 5).allSatisfy { $0.count == count })
    }
  }

  @Test("a continuous carrier is a band of its own, a faint line and the spur of a band are not")
  func lines() throws {
    for found in try bands(DetectorScene(rollOff: 12, carrier: (0.2, 30)), 4, seed: 6) {
      try #require(found.count == 1)
      #expect(found[0].kind == .carrier && distance(found[0].centre, 0.2) < 2)
    }
    #expect(
      try bands(DetectorScene(carrier: (0.2, 15)), 4, seed: 7).allSatisfy { $0.isEmpty })
    let beside = DetectorScene(band: (-0.1, 0.1, 20), carrier: (0.2, 30))
    #expect(try bands(beside, 4, seed: 8).allSatisfy { $0.map(\.kind) == [.modulated] })
    var configuration = BandConfiguration.default
    configuration.keepsSpurs = true
    let kept = try bands(beside, 4, seed: 8, configuration)
    #expect(kept.allSatisfy { $0.map(\.kind) == [.modulated, .spur] })
  }

  @Test("a comb of lines is a receiver's")
  func comb() throws {
    var density = [Float](repeating: 1, count: 8192)
    for line in [1000, 1700, 2400, 3100] {
      for (offset, power) in [(-1, 250), (0, 1000), (1, 250)] as [(Int, Float)] {
        density[line + offset] += power
      }
    }
    let detector = try SignalDetector(for: .default)
    let comb = PowerSpectrum(density: density, segments: 15)
    #expect(try detector.bands(in: comb).isEmpty)
    for bin in 1690...1710 { density[bin] = 1 }
    // Three lines at distances of 1400 and 700 are none.
    let lines = try detector.bands(in: PowerSpectrum(density: density, segments: 15))
    #expect(lines.map(\.kind) == [.carrier, .carrier, .carrier])
  }

  @Test("spectra without noise, without power or without a number have a defined result")
  func degenerate() throws {
    let detector = try SignalDetector(for: .default)
    func bands(_ density: [Float], segments: Int) throws -> [OccupiedBand] {
      try detector.bands(in: PowerSpectrum(density: density, segments: segments))
    }
    let zeros = [Float](repeating: 0, count: 8192)
    #expect(try bands(zeros, segments: 15).isEmpty)
    var block = zeros
    for bin in 3000..<4000 { block[bin] = 1e-30 }
    let found = try bands(block, segments: 15)
    #expect(found.count == 1 && distance(found[0].centre, -596.5 / 8192) < 3)
    #expect(try bands([Float](repeating: 3, count: 8192), segments: 1).isEmpty)
    var odd = zeros
    odd[5] = .infinity
    odd[6] = -1
    odd[7] = .nan
    #expect(try bands(odd, segments: 0).allSatisfy { $0.width > 0 && $0.snr >= 0 })
    #expect(try bands((0..<8192).map { Float($0 % 7) * 1e30 }, segments: 3).count < 8192)
  }

  @Test("settings that cannot serve are refused by name")
  func refused() throws {
    let broken: [BandConfiguration] = [
      .init(floorSlope: -1), .init(edgeDepth: .nan), .init(mergeGap: 0.6), .init(mergeShare: -1),
      .init(lineWidth: 0.7), .init(carrierLevel: -1), .init(spurDepth: .nan),
    ]
    for configuration in broken {
      #expect(throws: ConfigurationError.self) { try configuration.validate() }
    }
    let short = try SignalDetector(
      for: SpectrumConfiguration(bins: 128, overlap: 64, window: .hann))
    #expect(throws: ConfigurationError.self) {
      try short.bands(
        in: PowerSpectrum(density: [Float](repeating: 1, count: 128), segments: 1))
    }
  }
}
