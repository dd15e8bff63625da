/// Single side band of a voice-like message, the carrier suppressed.
///
///     s(t) = (m(t) ± i·H{m}(t))·exp(∓πi·B·t),   m of bandwidth B
///
/// `H` is the Hilbert transform; the upper sign makes the upper side band. The side band is
/// centred: its carrier would stand at `∓B/2`, on the side that stays empty.
///
/// Source: J. G. Proakis and M. Salehi, "Communication Systems Engineering", 2nd ed., section 3.2.
package struct SingleSideBand: Waveform, Hashable {
  /// The side bands.
  package enum Variant: String, WaveformVariant {
    case usb, lsb

    package var summary: String {
      switch self {
      case .usb: "the upper side band"
      case .lsb: "the lower side band, the message's spectrum mirrored"
      }
    }
  }

  /// Whether the lower side band is sent, which mirrors the message's spectrum.
  package var isLower: Bool

  /// The message `m`.
  package var message: VoiceMessage

  package init(bandwidth: Double, variant: Variant?, using generator: inout SeededGenerator) {
    let isLower = generator.happens(0.5)
    self.isLower = variant.map { $0 == .lsb } ?? isLower
    message = VoiceMessage(width: bandwidth, using: &generator)
  }

  package func parameters(samples count: Int) -> [String: SignalParameter] {
    ["sideBand": isLower ? "lower" : "upper"]
  }

  package func render(
    into samples: inout [IQSample], through channel: Multipath?, using transforms: Transforms
  ) {
    let count = samples.count
    let spectrum = message.spectrum(samples: count, using: transforms)
    for n in samples.indices { samples[n] = .zero }
    let middle = spectrum.count / 2
    for (k, value) in spectrum.enumerated() {
      let bin = isLower ? middle - k : k - middle
      samples[bin < 0 ? bin + count : bin] = isLower ? IQSample(value.i, -value.q) : value
    }
    channel?.shape(&samples, edge: min(middle, (count - 1) / 2))
    transforms.inverse(&samples)
  }
}
