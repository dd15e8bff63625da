import Foundation
import SignalPipeline
import Testing

@Suite struct SignalDetectorTests {
  static let small = SpectrumConfiguration(bins: 1024, overlap: 512, window: .hann)

  private func alarms(_ found: [SignalPresence]) -> Int { found.count { $0.isPresent } }

  @Test("white noise raises no more alarms than the configuration states")
  func whiteNoise() throws {
    var settings = SignalDetector.Configuration.default
    settings.falseAlarms = 0.02
    let scene = DetectorScene(samples: 8192, configuration: Self.small)
    // At most 20 alarms are expected in 1000; 36 or more come by chance once in 1000 times.
    #expect(alarms(try scene.detect(1000, seed: 1, settings)) < 36)
    // Half of the alarms are the narrow test's, whose rate is exact: 10 expected in 1000, and
    // none at all by chance once in 20,000 times. So the threshold is not idly high.
    #expect(alarms(try scene.detect(1000, seed: 1, settings)) > 0)
  }

  @Test("a single periodogram of white noise raises no more alarms either")
  func singlePeriodogram() throws {
    var settings = SignalDetector.Configuration.default
    settings.falseAlarms = 0.02
    let scene = DetectorScene(samples: 1024, configuration: Self.small)
    // As above: 40 expected at most in 2000, 61 or more once in 1000 times.
    #expect(alarms(try scene.detect(2000, seed: 2, settings)) < 61)
  }

  @Test("a receiver's roll-off, spike at DC and 8-bit converter are taken for noise")
  func receiver() throws {
    let scene = DetectorScene(
      rollOff: 12, quantises: true, spike: -8, samples: 16_384, configuration: Self.small)
    // One alarm in 1000 is expected; 4 or more in 400 come by chance once in 1000 times.
    let found = try scene.detect(400, seed: 3)
    #expect(alarms(found) < 4)
    // A converter of −12 dBFS rms: 127/128 of it are −0.07 dB, the roll-off lowers the
    // percentile by 0.1 dB, and four standard errors of the floor are 0.2 dB.
    #expect(found.allSatisfy { abs($0.floor + 12.17) < 0.2 })
  }

  @Test("a step of the gain is no signal", arguments: [0.3, 0.7, 0.9])
  func gainStep(place: Double) throws {
    for level in [-20.0, 6, 20] {
      let found = try DetectorScene(step: (place, level)).detect(40, seed: 9)
      // One alarm in 1000 is configured; where few segments decide, the measure of the spread
      // errs, too.
      #expect(alarms(found) <= 1, "\(level) dB")
    }
  }

  @Test(
    "a band as strong as the noise in it is found, wherever it lies",
    arguments: [(0, 0.06), (0.1, 0.06), (0.38, 0.06), (0, 0.2), (0.3, 0.2), (0.5, 0.2)])
  func band(centre: Double, width: Double) throws {
    let scene = DetectorScene(rollOff: 12, band: (centre, width, 0))
    let found = try scene.detect(8, seed: 4)
    // It stands 3.0 dB above the floor, 1.2 dB more than the threshold and its uncertainty.
    #expect(found.allSatisfy { $0.evidence == .wide || $0.evidence == .narrow })
    #expect(found.allSatisfy { abs($0.floor) < 0.2 && abs($0.bandOverFloor - 3.3) < 0.6 })
  }

  @Test("a band of 40 % does not lift the floor")
  func broadBand() throws {
    for level in [0.0, 20] {
      let found = try DetectorScene(rollOff: 12, band: (0.2, 0.4, level)).detect(6, seed: 5)
      #expect(found.allSatisfy { $0.evidence == .wide || $0.evidence == .narrow })
      // The percentile is the noise's 63rd then instead of its 38th, 0.1 dB higher.
      #expect(found.allSatisfy { abs($0.floor) < 0.3 })
    }
  }

  @Test("a carrier 15 dB above the noise in one bin is found where it is")
  func carrier() throws {
    for frequency in [0.1, -0.4, 0.01] {
      let scene = DetectorScene(rollOff: 12, carrier: (frequency, 15))
      for found in try scene.detect(5, seed: 6) {
        #expect(found.evidence == .narrow)
        #expect(abs(found.peakFrequency - frequency) <= 1.0 / 8192)
        // Between bins a Hann window loses up to 1.4 dB; noise adds ± 0.5 dB.
        #expect(abs(found.peakOverFloor - 14.5) < 1.5)
      }
    }
  }

  @Test("a spectrum without a floor is not called noise")
  func noFloor() throws {
    // The level of 0 dB is the faintest that a dip of 2 dB can tell.
    for (width, level, centre) in [(0.7, 0.0, 0.0), (0.9, 20, 0), (0.9, 10, 0.1), (0.75, 5, 0.3)] {
      let scene = DetectorScene(rollOff: 12, band: (centre, width, level))
      #expect(try scene.detect(5, seed: 7).allSatisfy { $0.evidence == .noFloor })
    }
  }

  @Test("spectra without noise, or without power, have a defined result")
  func degenerate() throws {
    var detector = try SignalDetector(for: Self.small)
    let nothing = detector.detect(
      PowerSpectrum(density: [Float](repeating: 0, count: 1024), segments: 3))
    #expect(!nothing.isPresent && nothing.floor == -.infinity && nothing.peakOverFloor == 0)
    var line = [Float](repeating: 0, count: 1024)
    line[100] = 1
    let found = detector.detect(PowerSpectrum(density: line, segments: 3))
    #expect(found.evidence == .narrow && found.peakOverFloor == .infinity)
    #expect(found.peakFrequency == (100.0 - 512) / 1024)
    var odd = [Float](repeating: .nan, count: 1024)
    odd[5] = .infinity
    odd[6] = -1
    #expect(!detector.detect(PowerSpectrum(density: odd, segments: 0)).floor.isNaN)
  }

  @Test("settings and spectra that cannot serve are refused by name")
  func refused() {
    let short = SpectrumConfiguration(bins: 32, overlap: 0, window: .hann)
    #expect(throws: ConfigurationError.self) { _ = try SignalDetector(for: short) }
    let broken: [SignalDetector.Configuration] = [
      .init(falseAlarms: 0), .init(falseAlarms: .nan), .init(widths: []), .init(widths: [0.7]),
      .init(ripple: -1), .init(dip: .infinity), .init(rollOff: .nan), .init(rollOffStart: 0.6),
      .init(floorPercentile: 100), .init(centreBins: 16),
    ]
    for settings in broken {
      #expect(throws: ConfigurationError.self) { try settings.validate() }
    }
  }
}
