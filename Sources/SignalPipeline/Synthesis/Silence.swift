/// No signal: an example of it holds the receiver's noise and defects alone.
///
///     s(t) = 0
///
/// The noise is as strong as beside a signal of power 1 at the drawn SNR and bandwidth; the
/// conditions tell an SNR of −∞.
package struct Silence: Waveform, Hashable {
  package init(
    bandwidth: Double, variant: NoVariant?, using generator: inout SeededGenerator
  ) {}

  package func parameters(samples count: Int) -> [String: SignalParameter] { [:] }

  package func render(
    into samples: inout [IQSample], through channel: Multipath?, using transforms: Transforms
  ) {
    for n in samples.indices { samples[n] = .zero }
  }
}
