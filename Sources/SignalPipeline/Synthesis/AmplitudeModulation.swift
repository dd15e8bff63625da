/// Amplitude modulation with a carrier.
///
///     s(t) = 1 + μ·m(t),   m of bandwidth W = B/2
package struct AmplitudeModulation: Waveform, Hashable {
  /// The modulation index μ, 0.4…1.
  package var index: Double

  /// The message `m`.
  package var message: VoiceMessage

  package init(bandwidth: Double, using generator: inout SeededGenerator) {
    index = generator.uniform(0.4...1)
    message = VoiceMessage(width: bandwidth / 2, using: &generator)
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
