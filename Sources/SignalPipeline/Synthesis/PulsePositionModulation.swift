/// Pulse position modulation in bursts, as aircraft transponders send them.
///
///     s(t) = c(t)·exp(2πi·θ),   c ∈ {0, 1} in chips of 1/Rc,   Rc = B/2
///
/// A burst is a preamble of 16 chips with pulses in the chips 0, 2, 7 and 9, and 56 or 112 bits
/// of two chips, of which the first is on for 1 and the second for 0. Its phase θ is random. A
/// pause of ¼ to 2 long bursts follows, half an example at most. `B` is the main lobe of a
/// chip's spectrum, from zero to zero (4 MHz for ADS-B, whose chips last half a microsecond).
///
/// Source: RTCA DO-260B, "Minimum operational performance standards for 1090 MHz extended squitter
/// ADS-B", section 2.2.3.
package struct PulsePositionModulation: Waveform, Hashable {
  /// The bursts.
  package enum Variant: String, WaveformVariant {
    case short, long

    package var summary: String {
      switch self {
      case .short: "bursts of 56 bits, Mode S's short squitter"
      case .long: "bursts of 112 bits, ADS-B's extended squitter"
      }
    }
  }

  /// The chips of the preamble that hold a pulse; it has 16.
  package static let preamble: Set<Int> = [0, 2, 7, 9]

  /// The chips of the preamble.
  package static let preambleLength = 16

  /// The chips of a long burst.
  package static let longest = preambleLength + 2 * 112

  /// The chip rate, `Rc` [chips/sample].
  package var chipRate: Double

  /// The probability of a long burst, of 112 bits, 0…1.
  package var longShare: Double

  /// How much of a first burst of 240 chips has passed, in `[0, 1)`.
  package var timing: Double

  /// The source of the bits, phases and pauses.
  package var data: SeededGenerator

  package init(bandwidth: Double, variant: Variant?, using generator: inout SeededGenerator) {
    chipRate = bandwidth / 2
    let drawn = generator.uniform()
    longShare = variant.map { $0 == .long ? 1 : 0 } ?? drawn
    timing = generator.uniform()
    data = generator.child()
  }

  package func parameters(samples count: Int) -> [String: SignalParameter] {
    ["chipRate": .number(chipRate), "longShare": .number(longShare)]
  }

  package func render(
    into samples: inout [IQSample], through channel: Multipath?, using transforms: Transforms
  ) {
    var data = data
    let longestPause = chipRate * Double(samples.count) / 2
    var chip = 0
    var length = 0
    var pause = 0
    var level = IQSample.zero
    var isFirstHalf = false
    ChipKeying.render(
      into: &samples, rate: chipRate, skip: timing * Double(Self.longest)
    ) {
      if chip == length + pause {
        chip = 0
        length = Self.preambleLength + 2 * (data.happens(longShare) ? 112 : 56)
        pause = Int(min(data.uniform(0.25...2) * Double(Self.longest), longestPause))
        let (cos, sin) = PortableMath.phasor(turns: data.uniform())
        level = IQSample(Float(cos), Float(sin))
      }
      defer { chip += 1 }
      if chip < Self.preambleLength { return Self.preamble.contains(chip) ? level : .zero }
      guard chip < length else { return .zero }
      if chip % 2 == 0 { isFirstHalf = data.next() >> 63 == 0 }
      return (chip % 2 == 0) == isFirstHalf ? level : .zero
    }
    channel?.apply(to: &samples, using: transforms)
  }
}
