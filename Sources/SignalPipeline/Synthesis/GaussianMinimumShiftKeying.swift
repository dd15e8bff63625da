/// Gaussian minimum shift keying: Gaussian ``FrequencyShiftKeying`` of index `h = ½`.
///
///     s(t) = exp(2πi·∫ f),   f(t) = ±Rs/4 through the Gaussian filter,   Rs = B/(.68 + .72·BT)
///
/// `BT` is 0.3 in GSM, 0.4 in AIS, 0.5 in DECT and many modems; it is drawn among them. `B` holds
/// 99 % of the power: the factor is the straight line through the source's table, 0.86 at
/// `BT` = .25 and 1.04 at .5.
///
/// Source: K. Murota and K. Hirade, "GMSK modulation for digital mobile radio telephony", IEEE
/// Trans. Communications 29(7), 1981.
package struct GaussianMinimumShiftKeying: Waveform, Hashable {
  /// The keying: index, symbol rate, `BT` of 0.3…0.5, timing and bits.
  package var keying: FrequencyShiftKeying

  package init(bandwidth: Double, using generator: inout SeededGenerator) {
    let bandwidthTime = generator.uniform(0.3...0.5)
    keying = FrequencyShiftKeying(
      index: 0.5, symbolRate: bandwidth / (0.68 + 0.72 * bandwidthTime),
      bandwidthTime: bandwidthTime, timing: generator.uniform(), data: generator.child())
  }

  package func render(
    into samples: inout [IQSample], through channel: Multipath?, using transforms: Transforms
  ) {
    keying.render(into: &samples, through: channel, using: transforms)
  }
}
