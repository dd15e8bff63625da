extension VoiceMessage {
  /// Returns the samples of one message in I and, if there is one, of another in Q.
  ///
  /// One inverse transform makes both: `M₁ + i·M₂`, each conjugate symmetric.
  ///
  /// - Parameters:
  ///   - first: The message of I.
  ///   - second: The message of Q; `nil` for zeros.
  ///   - count: The number of samples.
  ///   - transforms: The DFT plans to use.
  /// - Returns: `count` samples, `m₁ + i·m₂`.
  static func samples(
    of first: VoiceMessage, and second: VoiceMessage? = nil, count: Int,
    using transforms: Transforms
  ) -> [IQSample] {
    var samples = [IQSample](repeating: .zero, count: count)
    for (k, m) in first.spectrum(samples: count, using: transforms).enumerated() {
      samples[k] = m
      if k > 0 { samples[count - k] = IQSample(m.i, -m.q) }
    }
    if let second {
      for (k, m) in second.spectrum(samples: count, using: transforms).enumerated() {
        samples[k] = samples[k] + IQSample(-m.q, m.i)
        if k > 0 { samples[count - k] = samples[count - k] + IQSample(m.q, m.i) }
      }
    }
    transforms.inverse(&samples)
    return samples
  }
}
