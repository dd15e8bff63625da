/// Four-level frequency shift keying of root-raised-cosine-shaped levels.
///
///     s(t) = exp(2πi·∫ f),   f(t) = h·Rs/2·Σ_k a_k·g(t − k/Rs − τ),   a_k ∈ {±1, ±3}
///     Rs = B/(1 + 3·h) within 2 %
///
/// `g` is a root-raised cosine of α = 0.2, scaled so that equal levels stay what they are. DMR
/// has h = .27 (4800 symbols/s, ±648 and ±1944 Hz), P25's C4FM .25 and NXDN .29; `h` is one of
/// these, or drawn around them. `B` is the outer deviation and the symbol rate,
/// `2·(3·h·Rs/2 + Rs/2)`.
///
/// Source: ETSI TS 102 361-1, "Digital Mobile Radio (DMR) Systems; Part 1: Air Interface
/// protocol", clause 10.2.
package struct FourLevelFrequencyShiftKeying: Waveform, Hashable {
  /// The systems.
  package enum Variant: String, WaveformVariant {
    case dmr, p25, nxdn

    package var summary: String {
      switch self {
      case .dmr: "h 0.27: outer levels of 1944 Hz at 4800 symbols/s"
      case .p25: "h 0.25: outer levels of 1800 Hz at 4800 symbols/s"
      case .nxdn: "h 7/24: outer levels of 1050 Hz at 2400 symbols/s"
      }
    }

    fileprivate var index: Double {
      switch self {
      case .dmr: 0.27
      case .p25: 0.25
      case .nxdn: 7.0 / 24
      }
    }
  }

  /// The levels' roll-off.
  package static let rollOff = 0.2

  /// The modulation index `h`, the distance of neighbouring levels in symbol rates, 0.25…0.33.
  package var index: Double

  /// The symbol rate that was drawn [symbols/sample].
  package var symbolRate: Double

  /// The delay τ, in symbols.
  package var timing: Double

  /// The source of the levels.
  package var data: SeededGenerator

  package init(bandwidth: Double, variant: Variant?, using generator: inout SeededGenerator) {
    let drawn = generator.uniform(0.25...0.33)
    index = variant?.index ?? drawn
    symbolRate = bandwidth / (1 + 3 * index)
    timing = generator.uniform()
    data = generator.child()
  }

  package func parameters(samples count: Int) -> [String: SignalParameter] {
    [
      "modulationIndex": .number(index),
      "symbolRate": .number(Double(symbols(in: count)) / Double(count)),
    ]
  }

  /// Returns the number of symbols in `count` samples.
  package func symbols(in count: Int) -> Int {
    let wanted = symbolRate * Double(count)
    return PulseShaping.smoothCount(near: wanted) ?? max(2, Int(wanted))
  }

  /// Draws the levels `a`, `count` of them.
  package func levels(_ count: Int) -> [Int] {
    var data = data
    return (0..<count).map { _ in 2 * Int(data.next() >> 62) - 3 }
  }

  package func render(
    into samples: inout [IQSample], through channel: Multipath?, using transforms: Transforms
  ) {
    let symbols = symbols(in: samples.count)
    let edge = Int((1 + Self.rollOff) / 2 * Double(symbols))
    let gains = PulseShaping.rootRaisedCosine(
      symbols: symbols, rollOff: Self.rollOff, edge: min(edge, (samples.count - 1) / 2))
    var frequencies = [IQSample](repeating: .zero, count: samples.count)
    PulseShaping.spread(
      levels(symbols).map { IQSample(Float($0), 0) }, gains: gains, timing: timing,
      into: &frequencies, using: transforms)
    transforms.inverse(&frequencies)
    // One level's DFT is `symbols` times the level.
    let scale = index * (Double(symbols) / Double(samples.count)) / 2 / Double(symbols)
    FrequencyModulator.render(into: &samples, through: channel, using: transforms) { n in
      scale * Double(frequencies[n].i)
    }
  }
}
