/// Keying of a carrier by rectangular chips: what the bursts of pulses share.
///
/// A sample is the mean of the signal over its duration, so that chips may begin anywhere between
/// samples; the power spectrum has zeros at the multiples of the chip rate.
enum ChipKeying {
  /// Fills samples with chips.
  ///
  /// - Parameters:
  ///   - samples: Filled with the signal.
  ///   - rate: The chip rate [chips/sample], below 1.
  ///   - skip: How many chips have passed before the first sample, 0 or more.
  ///   - next: Returns the amplitude of the next chip.
  static func render(
    into samples: inout [IQSample], rate: Double, skip: Double, next: () -> IQSample
  ) {
    for _ in 0..<Int(skip) { _ = next() }
    var place = skip - skip.rounded(.down)
    var chip = next()
    for n in samples.indices {
      let end = place + rate
      guard end >= 1 else {
        samples[n] = chip
        place = end
        continue
      }
      let rest = Float((1 - place) / rate)
      let following = next()
      samples[n] = IQSample(
        rest * chip.i + (1 - rest) * following.i, rest * chip.q + (1 - rest) * following.q)
      chip = following
      place = end - 1
    }
  }
}
