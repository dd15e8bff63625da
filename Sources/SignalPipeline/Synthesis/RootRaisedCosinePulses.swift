/// Root-raised-cosine pulses that fill a bandwidth exactly.
///
/// The number of symbols is the one nearest to what the drawn roll-off α asks for that has only
/// the prime factors 2, 3, 5 and 7; α then follows from it, so that `B` is exact.
struct RootRaisedCosinePulses {
  /// The occupied bandwidth, `B` [cycles/sample].
  var bandwidth: Double

  /// The roll-off α that was drawn.
  var rollOff: Double

  /// What α may be.
  var limits: ClosedRange<Double>

  /// The delay τ, in symbols.
  var timing: Double

  /// Returns the number of symbols, `K`, in `count` samples.
  func symbols(in count: Int) -> Int {
    let span = Double(count) * bandwidth
    let wanted = span / (1 + rollOff)
    // A coarse grid of lengths keeps the number of DFT plans small.
    return PulseShaping.smoothCount(
      near: wanted, within: (span / (1 + limits.upperBound))...(span / (1 + limits.lowerBound)),
      unit: max(1, count / 2048)) ?? max(2, Int(wanted.rounded()))
  }

  /// What the pulses tell of themselves: what they are fitted to, not what was drawn.
  func parameters(samples count: Int) -> [String: SignalParameter] {
    let symbolRate = Double(symbols(in: count)) / Double(count)
    return ["symbolRate": .number(symbolRate), "rollOff": .number(bandwidth / symbolRate - 1)]
  }

  /// Makes samples of symbols, ``symbols(in:)`` of them; see ``Waveform/render(into:through:using:)``.
  func render(
    _ symbols: [IQSample], into samples: inout [IQSample], through channel: Multipath?,
    using transforms: Transforms
  ) {
    let count = samples.count
    let rate = Double(symbols.count) / Double(count)
    let edge = min(Int(bandwidth / 2 * Double(count)), (count - 1) / 2)
    let gains = PulseShaping.rootRaisedCosine(
      symbols: symbols.count, rollOff: max(bandwidth / rate - 1, 1e-6), edge: edge)
    PulseShaping.spread(symbols, gains: gains, timing: timing, into: &samples, using: transforms)
    channel?.shape(&samples, edge: edge)
    transforms.inverse(&samples)
  }
}
