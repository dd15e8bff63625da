/// Frequency modulation by any message: what the analogue and the shaped digital kinds share.
///
///     s[n] = exp(2πi·Σ_{j≤n} f[j])
enum FrequencyModulator {
  /// Fills samples with a carrier of given frequencies.
  ///
  /// - Parameters:
  ///   - samples: Filled with the signal, of magnitude 1.
  ///   - channel: The echoes to add; `nil` for none.
  ///   - transforms: The DFT plans to use.
  ///   - frequency: Returns the frequency of a sample [cycles/sample]; asked in their order.
  static func render(
    into samples: inout [IQSample], through channel: Multipath?, using transforms: Transforms,
    frequency: (Int) -> Double
  ) {
    var phases = [UInt32](repeating: 0, count: samples.count)
    var phase: UInt64 = 0
    for n in phases.indices {
      phase = phase &+ FixedTurns.word(frequency(n))
      phases[n] = UInt32(truncatingIfNeeded: phase >> 32)
    }
    SampleKernels.phasors(of: phases, into: &samples)
    channel?.apply(to: &samples, using: transforms)
  }
}
