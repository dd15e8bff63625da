import Foundation
import SignalPipeline

/// Frequency-shift keying that is there all the time, and such that comes in bursts for 10 to 30 %
/// of it with the same mean power: their mean power spectra have one shape and one level.
enum BurstScene {
  static let classes = ["continuous", "bursts"]

  /// Makes labelled spectra; example `i` is of class `i mod 2`.
  static func dataset(
    count: Int, seed: UInt64, spectrum: SpectrumConfiguration, window: Int,
    channels: [SpectrumChannel] = SpectrumChannel.allCases
  ) throws -> Dataset {
    var signals = SynthesisConfiguration.default
    signals.classes = [.fsk]
    signals.samples = window
    signals.seed = seed
    signals.impairments = .clean
    let configuration = signals
    let rows = try Parallel.map(count, workers: 2) {
      try SignalGenerator(configuration)
    } _: { generator, index in
      var (signal, noise, _) = generator.components(index)
      if index % 2 == 1 {
        var gate = SeededGenerator(seed: seed ^ 0xB0257, stream: UInt64(index))
        switchOnAndOff(&signal, &gate)
      }
      for n in noise.indices {
        noise[n].i += signal[n].i
        noise[n].q += signal[n].q
      }
      return try estimate(noise, spectrum, channels: channels)
    }
    return Dataset(
      spectrum: spectrum, window: window, classes: classes, channels: channels,
      density: Array(rows.joined()), labels: (0..<count).map { $0 % 2 })
  }

  /// Lets a signal through for 10 to 30 % of each period, of which there are 4 to 16, and brings
  /// its mean power back to what it was.
  ///
  /// Edges are half a cosine of 64 samples: a hard switch would widen the spectrum.
  private static func switchOnAndOff(
    _ signal: inout [IQSample], _ generator: inout SeededGenerator
  ) {
    let period = Double(signal.count) / (4 * pow(4, generator.uniform()))
    let duty = generator.uniform(0.1...0.3)
    let start = generator.uniform() * period
    func power(_ samples: [IQSample]) -> Double {
      samples.reduce(0) { $0 + Double($1.i) * Double($1.i) + Double($1.q) * Double($1.q) }
    }
    let before = power(signal)
    for n in signal.indices {
      let place = (Double(n) + start).truncatingRemainder(dividingBy: period)
      let inside = min(place, duty * period - place)
      let level = Float(0.5 - 0.5 * cos(Double.pi * max(0, min(1, inside / 64))))
      signal[n] = IQSample(level * signal[n].i, level * signal[n].q)
    }
    let gain = Float((before / power(signal)).squareRoot())
    for n in signal.indices { signal[n] = IQSample(gain * signal[n].i, gain * signal[n].q) }
  }
}
