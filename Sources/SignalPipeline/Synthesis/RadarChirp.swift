/// Radar pulses of linear frequency modulation.
///
///     s(t) = exp(±2πi·(B/(2T)·t² − B/2·t)),   0 ≤ t < T, then 0 until T/d;   T = TB/B
///
/// The frequency sweeps from one end of `B` to the other within each pulse, up or down. The
/// time-bandwidth product `TB` is 32…256 and the duty cycle `d` .15….5; a pause between pulses
/// lasts half an example at most. All pulses have one phase, as of a coherent radar.
///
/// Source: M. A. Richards, "Fundamentals of Radar Signal Processing", 2nd ed., section 4.6.
package struct RadarChirp: Waveform, Hashable {
  /// The directions.
  package enum Variant: String, WaveformVariant {
    case up, down

    package var summary: String {
      switch self {
      case .up: "rising sweeps"
      case .down: "falling sweeps"
      }
    }
  }

  /// The sweep, `B` [cycles/sample].
  package var bandwidth: Double

  /// The duration of a pulse, `T` [samples].
  package var duration: Double

  /// The duty cycle `d`, 0.15…0.5.
  package var duty: Double

  /// Whether the frequency falls.
  package var isFalling: Bool

  /// Where in pulse and pause the first sample lies, in `[0, 1)`.
  package var timing: Double

  package init(bandwidth: Double, variant: Variant?, using generator: inout SeededGenerator) {
    self.bandwidth = bandwidth
    duration = generator.logUniform(32...256) / bandwidth
    duty = generator.uniform(0.15...0.5)
    let isFalling = generator.happens(0.5)
    self.isFalling = variant.map { $0 == .down } ?? isFalling
    timing = generator.uniform()
  }

  /// Returns the time from pulse to pulse [samples].
  package func period(in count: Int) -> Double {
    duration + min(duration / duty - duration, Double(count) / 2)
  }

  package func parameters(samples count: Int) -> [String: SignalParameter] {
    [
      "pulseLength": .number(duration), "pulseInterval": .number(period(in: count)),
      "direction": isFalling ? "down" : "up",
    ]
  }

  package func render(
    into samples: inout [IQSample], through channel: Multipath?, using transforms: Transforms
  ) {
    let period = period(in: samples.count)
    let slope = (isFalling ? -bandwidth : bandwidth) / duration
    var time = timing * period
    var phases = [UInt32](repeating: 0, count: samples.count)
    var isOn = [Bool](repeating: false, count: samples.count)
    for n in samples.indices {
      if time < duration {
        let turns = slope / 2 * time * (time - duration)
        phases[n] = UInt32(truncatingIfNeeded: FixedTurns.word(turns) >> 32)
        isOn[n] = true
      }
      time += 1
      if time >= period { time -= period }
    }
    SampleKernels.phasors(of: phases, into: &samples)
    for n in samples.indices where !isOn[n] { samples[n] = .zero }
    channel?.apply(to: &samples, using: transforms)
  }
}
