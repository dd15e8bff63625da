/// On-off keying of a carrier in bursts, as of remote controls and sensors.
///
///     s(t) = c(t) ∈ {0, 1},   chips of 1/Rc,   Rc = B/2
///
/// A burst is a frame of 24…64 random bits, coded one of three ways, and a pause follows: the
/// carrier is on for half of the chips of a frame. `B` is the main lobe of a chip's spectrum,
/// from zero to zero; the carrier itself stands at 0 Hz. A pause lasts half an example at most.
///
/// Source: J. G. Proakis and M. Salehi, "Digital Communications", 5th ed., section 3.2; the codes
/// are those of remote-control encoders (one chip in four or three in four) and of ISO/IEC 14443.
package struct OnOffKeying: Waveform, Hashable {
  /// How chips tell bits.
  package enum Code: String, Hashable, Codable, WaveformVariant {
    /// One chip a bit: on for 1.
    case plain
    /// Two: on, off for 1; off, on for 0.
    case manchester
    /// Four: on for three of them for 1, for one of them for 0.
    case pulseWidth

    package var summary: String {
      switch self {
      case .plain: "a chip a bit"
      case .manchester: "two chips a bit, on then off or off then on"
      case .pulseWidth: "four chips a bit, on for one or three of them"
      }
    }

    /// The chips of a bit.
    package var length: Int {
      switch self {
      case .plain: 1
      case .manchester: 2
      case .pulseWidth: 4
      }
    }

    /// Whether the carrier is on in a chip of a bit.
    fileprivate func isOn(_ chip: Int, of bit: Bool) -> Bool {
      switch self {
      case .plain: bit
      case .manchester: (chip == 0) == bit
      case .pulseWidth: chip < (bit ? 3 : 1)
      }
    }
  }

  /// The chip rate, `Rc` [chips/sample].
  package var chipRate: Double

  /// The code.
  package var code: Code

  /// The bits of a frame, 24…64.
  package var bits: Int

  /// The pause's share of frame and pause, 0.1…0.6.
  package var pause: Double

  /// Where in frame and pause the first sample lies, in `[0, 1)`.
  package var timing: Double

  /// The source of the bits.
  package var data: SeededGenerator

  package init(bandwidth: Double, variant: Code?, using generator: inout SeededGenerator) {
    chipRate = bandwidth / 2
    let drawn = Code.allCases[generator.index(below: Code.allCases.count)]
    code = variant ?? drawn
    bits = 24 + generator.index(below: 41)
    pause = generator.uniform(0.1...0.6)
    timing = generator.uniform()
    data = generator.child()
  }

  /// Returns the chips of a pause in `count` samples.
  private func gap(in count: Int) -> Int {
    let wanted = Double(bits * code.length) * pause / (1 - pause)
    return Int(min(wanted, chipRate * Double(count) / 2))
  }

  package func parameters(samples count: Int) -> [String: SignalParameter] {
    [
      "chipRate": .number(chipRate), "code": .text(code.rawValue),
      "frameLength": .number(Double(bits)), "pauseLength": .number(Double(gap(in: count))),
    ]
  }

  package func render(
    into samples: inout [IQSample], through channel: Multipath?, using transforms: Transforms
  ) {
    var data = data
    let frame = bits * code.length
    let gap = gap(in: samples.count)
    var chip = 0
    var bit = false
    ChipKeying.render(
      into: &samples, rate: chipRate, skip: timing * Double(frame + gap)
    ) {
      defer { chip = chip == frame + gap - 1 ? 0 : chip + 1 }
      guard chip < frame else { return .zero }
      if chip % code.length == 0 { bit = data.next() >> 63 == 0 }
      return code.isOn(chip % code.length, of: bit) ? IQSample(1, 0) : .zero
    }
    channel?.apply(to: &samples, using: transforms)
  }
}
