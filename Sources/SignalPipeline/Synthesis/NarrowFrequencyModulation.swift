/// Narrow frequency modulation by a voice, a tone or noise.
///
///     s(t) = exp(2πi·∫ Δ·m),   Δ = β·W,   B = 2·(Δ + W)
///
/// The deviation ratio β is 0.5…1.7, as in land mobile radio (Δ 1.5 to 5 kHz, W 3 kHz), and `B`
/// is Carson's bandwidth. Where the message exceeds 1, so does the frequency exceed Δ.
///
/// Source: J. R. Carson, "Notes on the theory of modulation", Proc. IRE 10(1), 1922.
package struct NarrowFrequencyModulation: Waveform, Hashable {
  /// The deviation Δ at a message of 1 [cycles/sample].
  package var deviation: Double

  /// The message `m`, of bandwidth `W`.
  package var message: Message

  package init(
    bandwidth: Double, variant: Message.Kind?, using generator: inout SeededGenerator
  ) {
    let ratio = generator.uniform(0.5...1.7)
    let width = bandwidth / (2 * (1 + ratio))
    deviation = ratio * width
    message = Message(variant, width: width, using: &generator)
  }

  package func parameters(samples count: Int) -> [String: SignalParameter] {
    [
      "deviation": .number(deviation), "message": .text(message.kind.rawValue),
      "messageBandwidth": .number(message.width),
    ]
  }

  package func render(
    into samples: inout [IQSample], through channel: Multipath?, using transforms: Transforms
  ) {
    let message = message.samples(count: samples.count, using: transforms)
    FrequencyModulator.render(into: &samples, through: channel, using: transforms) { n in
      deviation * Double(message[n].i)
    }
  }
}
