/// An OFDM downlink of resource blocks: LTE's grid of carriers and its normal prefixes.
///
///     s[n] = Σ_{0<|c|≤h} a_c·exp(2πi·c·n/Nu),   h = 6·blocks,   Nu = (2·h + 1)/B within 4 %
///
/// A block is 12 carriers (of 15 kHz); 6, 15, 25 or 50 blocks make LTE's channels of 1.4, 3, 5 and
/// 10 MHz; no carrier stands at 0 Hz. Of a slot's seven symbols the first has a prefix of
/// `10/128·Nu`, the others of `9/128·Nu`, to the nearest sample. All carriers hold QPSK, 16QAM or
/// 64QAM: neither reference nor synchronisation signals are told apart.
///
/// Source: 3GPP TS 36.211, "E-UTRA; Physical channels and modulation", clauses 6.2 and 6.12.
package struct ResourceBlocks: Waveform, Hashable {
  /// The carriers' alphabets.
  package enum Variant: String, WaveformVariant {
    case qpsk, qam16, qam64

    package var summary: String {
      switch self {
      case .qpsk: "carriers of four points"
      case .qam16: "carriers of sixteen points"
      case .qam64: "carriers of 64 points"
      }
    }

    /// The bits of each part of an amplitude.
    fileprivate var bits: Int {
      switch self {
      case .qpsk: 1
      case .qam16: 2
      case .qam64: 3
      }
    }
  }

  /// The symbols of a slot.
  package static let symbolsPerSlot = 7

  /// Narrow bands take few blocks, lest a symbol be longer than an example: `Nu` at most, but
  /// for 6 blocks [samples].
  private static let longest = 16_384.0

  /// The number of resource blocks: 6, 15, 25 or 50.
  package var blocks: Int

  /// The useful length, `Nu` [samples], whose DFT is fast.
  package var usefulLength: Int

  /// The bits of each part of a carrier's amplitude: 1, 2 or 3.
  package var bits: Int

  /// The symbol of a slot that the first sample belongs to, 0…6.
  package var symbol: Int

  /// How much of that symbol has passed, in `[0, 1)`.
  package var timing: Double

  /// The source of the amplitudes.
  package var data: SeededGenerator

  package init(bandwidth: Double, variant: Variant?, using generator: inout SeededGenerator) {
    let possible = [6, 15, 25, 50].filter {
      Double(12 * $0 + 1) / bandwidth <= Self.longest || $0 == 6
    }
    blocks = possible[generator.index(below: possible.count)]
    let wanted = Double(12 * blocks + 1) / bandwidth
    usefulLength = PulseShaping.smoothCount(near: wanted) ?? Int(wanted)
    let drawn = 1 + generator.index(below: 3)
    bits = variant?.bits ?? drawn
    symbol = generator.index(below: Self.symbolsPerSlot)
    timing = generator.uniform()
    data = generator.child()
  }

  /// Returns the cyclic prefix of a slot's symbol [samples].
  package func prefix(of symbol: Int) -> Int {
    let share = symbol % Self.symbolsPerSlot == 0 ? 10.0 : 9
    return Int((share / 128 * Double(usefulLength)).rounded())
  }

  /// How many samples of the first symbol have passed.
  package var passed: Int { Int(timing * Double(usefulLength + prefix(of: symbol))) }

  package func parameters(samples count: Int) -> [String: SignalParameter] {
    [
      "blocks": .number(Double(blocks)), "usefulLength": .number(Double(usefulLength)),
      "constellation": .text(["qpsk", "qam16", "qam64"][bits - 1]),
    ]
  }

  package func render(
    into samples: inout [IQSample], through channel: Multipath?, using transforms: Transforms
  ) {
    var data = data
    let mask = UInt64(1 << bits) - 1
    let highest = Int(mask)
    CarrierGrid(usefulLength: usefulLength, carriers: 6 * blocks).render(
      into: &samples, passed: passed, using: transforms, prefix: { prefix(of: symbol + $0) }
    ) {
      let word = data.next() >> 58
      return IQSample(
        Float(2 * Int(word & mask) - highest), Float(2 * Int(word >> 3 & mask) - highest))
    }
    channel?.apply(to: &samples, using: transforms)
  }
}
