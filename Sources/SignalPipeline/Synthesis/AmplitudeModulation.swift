/// Amplitude modulation with a carrier.
///
///     s(t) = 1 + μ·m(t),   m of bandwidth W = B/2
///
/// The message is a voice, a tone, whose lines at ±W have the power `μ²/4` each, or noise.
///
/// Source: J. G. Proakis and M. Salehi, "Communication Systems Engineering", 2nd ed., section 3.2.
package struct AmplitudeModulation: Waveform, Hashable {
  /// The modulation index μ, 0.4…1.
  package var index: Double

  /// The message `m`.
  package var message: Message

  package init(
    bandwidth: Double, variant: Message.Kind?, using generator: inout SeededGenerator
  ) {
    index = generator.uniform(0.4...1)
    message = Message(variant, width: bandwidth / 2, using: &generator)
  }

  package func parameters(samples count: Int) -> [String: SignalParameter] {
    ["modulationIndex": .number(index), "message": .text(message.kind.rawValue)]
  }

  package func render(
    into samples: inout [IQSample], through channel: Multipath?, using transforms: Transforms
  ) {
    let count = samples.count
    let spectrum = message.spectrum(samples: count, using: transforms)
    for n in samples.indices { samples[n] = .zero }
    let index = Float(index)
    for k in spectrum.indices {
      let value = IQSample(index * spectrum[k].i, index * spectrum[k].q)
      samples[k] = value
      // The message is real: its spectrum is conjugate symmetric.
      if k > 0 { samples[count - k] = IQSample(value.i, -value.q) }
    }
    samples[0] = IQSample(1 + samples[0].i, 0)
    channel?.shape(&samples, edge: spectrum.count - 1)
    transforms.inverse(&samples)
  }
}
