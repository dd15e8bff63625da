import Foundation
import SignalPipeline
import Testing

@Suite struct SpectralPeakTests {
  private func spectrum(_ levels: [Double]) -> PowerSpectrum {
    PowerSpectrum(density: levels.map { Float(Decibels.power($0)) }, segments: 1)
  }

  /// Prominences by their definition: from each bin that is above both neighbours, go either way
  /// around the circle to higher ground or back to it, and look how low the way went.
  private func prominences(_ density: [Float]) -> [Int: Double] {
    let levels = density.map { Decibels.level(Double($0)) }
    let count = levels.count
    var found: [Int: Double] = [:]
    for bin in 0..<count {
      let level = levels[bin]
      guard levels[(bin + 1) % count] < level, levels[(bin + count - 1) % count] < level else {
        continue
      }
      func lowest(_ step: Int) -> Double {
        var low = level
        var place = (bin + step) % count
        while place != bin, levels[place] <= level {
          low = min(low, levels[place])
          place = (place + step) % count
        }
        return low
      }
      found[bin] = level - max(lowest(1), lowest(count - 1))
    }
    return found
  }

  @Test("all peaks of noise have the prominence of its definition, the highest first")
  func definition() {
    var generator = SeededGenerator(seed: 11)
    for bins in [2, 3, 4, 5, 64, 257] {
      for _ in 0..<20 {
        let density = (0..<bins).map { _ in Float(generator.uniform() + 1e-3) }
        let expected = prominences(density)
        let peaks = PowerSpectrum(density: density, segments: 1).peaks(1000)
        #expect(peaks.count == expected.count)
        #expect(peaks.map(\.prominence) == expected.values.sorted(by: >))
        for peak in peaks {
          // Within half a bin of its own.
          let place = peak.frequency * Double(bins) + Double(bins / 2)
          #expect(
            expected[Int(place.rounded(.toNearestOrEven))] != nil
              || abs(place - place.rounded()) > 0.49)
        }
      }
    }
  }

  @Test("a plateau is one peak in its middle, a constant or empty spectrum has none")
  func plateaus() {
    let peaks = spectrum([0, 10, 10, 10, 0, 5, 5, 0]).peaks(8)
    #expect(peaks.map(\.frequency) == [-0.25, 0.1875])
    #expect(zip(peaks, [10.0, 5]).allSatisfy { abs($0.prominence - $1) < 1e-5 })
    // Across the ends of the axis, too.
    #expect(spectrum([10, 10, 0, 0, 0, 0, 0, 10]).peaks(8).map(\.frequency) == [-0.5])
    #expect(spectrum([3, 3, 3, 3]).peaks(8).isEmpty)
    #expect(PowerSpectrum(density: [], segments: 1).peaks(8).isEmpty)
    #expect(PowerSpectrum(density: [1], segments: 1).peaks(8).isEmpty)
    #expect(spectrum([0, 1, 0, 0]).peaks(0).isEmpty)
  }

  @Test("a peak between bins without power stands in its bin, endlessly prominent")
  func silence() throws {
    let peak = try #require(PowerSpectrum(density: [0, 0, 2, 0], segments: 1).peaks(3).first)
    #expect(peak.frequency == 0 && abs(peak.density - 2) < 1e-12)
    #expect(peak.prominence == .infinity)
  }

  @Test("two tones anywhere between bins are found where they stand")
  func tones() throws {
    let bins = 1024
    let configuration = SpectrumConfiguration(bins: bins, overlap: 512, window: .hann)
    for step in 0..<21 {
      let shift = Double(step) / 20 - 0.5
      let tones = [
        (frequency: (200 + shift) / Double(bins), level: 0.0),
        (frequency: (-300.3 + shift) / Double(bins), level: -20.0),
      ]
      let samples = (0..<4096).map { n in
        tones.reduce(IQSample.zero) { sum, tone in
          let angle = 2 * Double.pi * tone.frequency * Double(n)
          let amplitude = pow(10, tone.level / 20)
          return IQSample(
            sum.i + Float(amplitude * cos(angle)), sum.q + Float(amplitude * sin(angle)))
        }
      }
      var estimator = try WelchEstimator(configuration)
      estimator.add(samples.span)
      let finished = estimator.finish()
      let spectrum = try #require(finished)
      let peaks = spectrum.peaks(2)
      #expect(peaks.count == 2)
      for (peak, tone) in zip(peaks, tones) {
        // The parabola's own error is 0.016 bins and 0.33 dB at most, the other tone's is less.
        #expect(abs(peak.frequency - tone.frequency) * Double(bins) < 0.02)
        let level = Decibels.level(peak.density * spectrum.noiseBandwidth)
        #expect(abs(level - tone.level) < 0.4, "\(level) dBFS")
      }
    }
  }
}
