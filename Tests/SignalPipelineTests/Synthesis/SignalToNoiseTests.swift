import Foundation
import SignalPipeline
import Testing

/// The SNR that was drawn beside the one that is there.
@Suite struct SignalToNoiseTests {
  /// What one thread reuses.
  private struct Station: ~Copyable {
    var generator: SignalGenerator
    var plan: FFTPlan
  }

  private struct Measured {
    let power: Double
    /// How far the SNR is from the one drawn [dB].
    let error: Double
  }

  private static let classes = SignalClass.allCases.filter { $0 != .noise }

  @Test(
    "signal power over the noise in the band, measured apart, is the SNR that was drawn",
    arguments: zip(classes, classes.indices))
  func ratio(signalClass: SignalClass, number: Int) throws {
    var configuration = SynthesisConfiguration.default
    configuration.classes = [signalClass]
    configuration.seed = 100 + UInt64(number)
    let (fixed, count) = (configuration, 1000)
    let errors: [Measured] = try Parallel.map(
      count, workers: ProcessInfo.processInfo.activeProcessorCount
    ) {
      Station(
        generator: try SignalGenerator(fixed),
        plan: FFTPlan(count: fixed.samples, direction: .forward))
    } _: { station, index in
      let (signal, white, conditions) = station.generator.components(index)
      var noise = white
      station.plan.transform(&noise)
      let inBand = Self.power(noise, around: conditions.offset, width: conditions.bandwidth)
      let power = SampleKernels.meanPower(signal)
      return Measured(power: power, error: Decibels.level(power / inBand) - conditions.snr)
    }
    #expect(errors.allSatisfy { abs($0.power - 1) < 1e-5 })
    // The narrowest band holds 3932 bins: a draw's standard error is 4.34/√3932 = 0.069 dB, and
    // of 16,000 draws of all bandwidths one lies beyond 0.3 dB in one of fifty choices of seeds.
    let worst = errors.map { abs($0.error) }.max() ?? .infinity
    #expect(worst <= 0.3, "a draw is \(worst) dB from its SNR")
    // 0.1 dB is what is asked for; five standard errors of the mean are 0.011 dB.
    let mean = errors.reduce(0) { $0 + $1.error } / Double(count)
    #expect(abs(mean) <= 0.011, "the mean is \(mean) dB")
  }

  /// The power of the bins of a DFT whose frequencies lie in a band that wraps around, scaled to a
  /// band of exactly that width.
  private static func power(
    _ spectrum: [IQSample], around centre: Double, width: Double
  ) -> Double {
    let count = spectrum.count
    let low = Int(((centre - width / 2) * Double(count)).rounded(.up))
    let high = Int(((centre + width / 2) * Double(count)).rounded(.down))
    var sum = 0.0
    for bin in low...high {
      let value = spectrum[(bin + 2 * count) % count]
      sum += Double(value.i) * Double(value.i) + Double(value.q) * Double(value.q)
    }
    let mean = sum / Double(high - low + 1) / Double(count)
    return mean * width
  }
}
