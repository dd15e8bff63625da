/// Gaussian minimum shift keying: Gaussian ``FrequencyShiftKeying`` of index `h = ½`.
///
///     s(t) = exp(2πi·∫ f),   f(t) = ±Rs/4 through the Gaussian filter,   Rs = B/(.68 + .72·BT)
///
/// `BT` is 0.3 in GSM, 0.4 in AIS, 0.5 in DECT and many modems; it is one of these, or drawn among
/// them. `B` holds 99 % of the power: the factor is the straight line through the source's table,
/// 0.86 at `BT` = .25 and 1.04 at .5.
///
/// Source: K. Murota and K. Hirade, "GMSK modulation for digital mobile radio telephony", IEEE
/// Trans. Communications 29(7), 1981.
package struct GaussianMinimumShiftKeying: Waveform, Hashable {
  /// The systems.
  package enum Variant: String, WaveformVariant {
    case gsm, ais, dect

    package var summary: String {
      switch self {
      case .gsm: "BT 0.3"
      case .ais: "BT 0.4"
      case .dect: "BT 0.5"
      }
    }

    fileprivate var bandwidthTime: Double {
      switch self {
      case .gsm: 0.3
      case .ais: 0.4
      case .dect: 0.5
      }
    }
  }

  /// The keying: index, symbol rate, `BT` of 0.3…0.5, timing and bits.
  package var keying: FrequencyShiftKeying

  package init(bandwidth: Double, variant: Variant?, using generator: inout SeededGenerator) {
    let drawn = generator.uniform(0.3...0.5)
    let bandwidthTime = variant?.bandwidthTime ?? drawn
    keying = FrequencyShiftKeying(
      index: 0.5, symbolRate: bandwidth / (0.68 + 0.72 * bandwidthTime),
      bandwidthTime: bandwidthTime, timing: generator.uniform(), data: generator.child())
  }

  package func parameters(samples count: Int) -> [String: SignalParameter] {
    keying.parameters(samples: count)
  }

  package func render(
    into samples: inout [IQSample], through channel: Multipath?, using transforms: Transforms
  ) {
    keying.render(into: &samples, through: channel, using: transforms)
  }
}
