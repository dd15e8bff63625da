/// Orthogonal frequency division multiplexing with a cyclic prefix.
///
///     s[n] = Σ_{0<|c|≤h} a_c·exp(2πi·c·n/Nu),   h = round(B·Nu/2)
///
/// Each symbol is the useful part of `Nu` samples behind a copy of its last quarter to 1/32; no
/// carrier stands at 0 Hz. `Nu` is 256, 512 or 1024, or as often doubled as it takes to have four
/// carriers on each side: fewer would leave a narrow `B`.
///
/// Source: R. van Nee and R. Prasad, "OFDM for Wireless Multimedia Communications", 2000.
package struct OrthogonalFrequencyDivision: Waveform, Hashable {
  /// The carriers' alphabets.
  package enum Variant: String, WaveformVariant {
    case qpsk, qam16

    package var summary: String {
      switch self {
      case .qpsk: "carriers of four points"
      case .qam16: "carriers of sixteen points"
      }
    }
  }

  /// The fewest carriers on each side of 0 Hz.
  private static let fewest = 4.0

  /// The useful length, `Nu` [samples]: 256, 512 or 1024, or more in a narrow band.
  package var usefulLength: Int

  /// The number of carriers on each side of 0 Hz, `h`.
  package var carriers: Int

  /// The cyclic prefix [samples]: `Nu/4`, `/8`, `/16` or `/32`.
  package var prefix: Int

  /// Whether the carriers have 16 points instead of 4.
  package var isQAM16: Bool

  /// How many samples of the first symbol have passed.
  package var timing: Int

  /// The source of the symbols.
  package var data: SeededGenerator

  package init(bandwidth: Double, variant: Variant?, using generator: inout SeededGenerator) {
    usefulLength = [256, 512, 1024][generator.index(below: 3)]
    while (bandwidth * Double(usefulLength) / 2).rounded() < Self.fewest { usefulLength *= 2 }
    carriers = Int((bandwidth * Double(usefulLength) / 2).rounded())
    prefix = usefulLength / [4, 8, 16, 32][generator.index(below: 4)]
    let isQAM16 = generator.happens(0.5)
    self.isQAM16 = variant.map { $0 == .qam16 } ?? isQAM16
    timing = generator.index(below: usefulLength + prefix)
    data = generator.child()
  }

  package func parameters(samples count: Int) -> [String: SignalParameter] {
    [
      "usefulLength": .number(Double(usefulLength)), "prefix": .number(Double(prefix)),
      "carriers": .number(Double(2 * carriers)), "constellation": isQAM16 ? "qam16" : "qpsk",
    ]
  }

  package func render(
    into samples: inout [IQSample], through channel: Multipath?, using transforms: Transforms
  ) {
    var data = data
    CarrierGrid(usefulLength: usefulLength, carriers: carriers).render(
      into: &samples, passed: timing, using: transforms, prefix: { _ in prefix }
    ) {
      let bits = data.next() >> 60
      guard isQAM16 else { return IQSample(bits & 1 == 0 ? 1 : -1, bits & 2 == 0 ? 1 : -1) }
      return IQSample(Float(2 * Int(bits & 3) - 3), Float(2 * Int(bits >> 2) - 3))
    }
    channel?.apply(to: &samples, using: transforms)
  }
}
