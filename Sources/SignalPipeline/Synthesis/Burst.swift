/// A time during which a transmitter is on.
///
///     w[k] = ½·(1 − cos(π·(k + ½)/ramp)),   0 ≤ k < ramp
///
/// is the amplitude at sample `start + k`, and at as many samples from the end; between the ramps
/// it is 1, outside of bursts 0.
public struct Burst: Hashable, Codable, Sendable {
  /// The first sample [samples].
  public var start: Int

  /// How many there are, with both ramps [samples].
  public var count: Int

  /// How many the amplitude takes to rise, and to fall, half of `count` at most [samples].
  public var ramp: Int

  /// Creates a burst from its parts.
  public init(start: Int, count: Int, ramp: Int) {
    self.start = start
    self.count = count
    self.ramp = ramp
  }

  /// The amplitude at a place of the rise.
  private func rise(_ place: Int) -> Double {
    (1 - PortableMath.phasor(turns: (Double(place) + 0.5) / Double(2 * ramp)).cos) / 2
  }

  /// The time that the burst's energy would last without ramps, `Σ w²` [samples].
  package var effectiveTime: Double {
    var time = Double(count - 2 * ramp)
    for place in 0..<ramp {
      let gain = rise(place)
      time += 2 * gain * gain
    }
    return time
  }

  /// Switches a signal on in bursts and off between them.
  ///
  /// - Parameters:
  ///   - samples: A signal that is always on.
  ///   - bursts: The bursts, in the order of time.
  package static func key(_ samples: inout [IQSample], in bursts: [Burst]) {
    var end = 0
    for burst in bursts {
      for n in end..<burst.start { samples[n] = .zero }
      end = burst.start + burst.count
      for place in 0..<burst.ramp {
        let gain = Float(burst.rise(place))
        for n in [burst.start + place, end - 1 - place] {
          samples[n] = IQSample(gain * samples[n].i, gain * samples[n].q)
        }
      }
    }
    for n in end..<samples.count { samples[n] = .zero }
  }
}
