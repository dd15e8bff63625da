/// A real message of a bandwidth: what analogue modulation carries.
package enum Message: Hashable, Codable, Sendable {
  /// A voice-like message, limited to about ±1.
  case voice(VoiceMessage)
  /// A sine of amplitude 1 at the edge of the bandwidth.
  case tone(ToneMessage)
  /// Gaussian noise, flat over the bandwidth.
  case noise(NoiseMessage)

  /// The kinds of message, which are variants of the classes that carry one.
  package enum Kind: String, WaveformVariant {
    case voice, tone, noise

    package var summary: String {
      switch self {
      case .voice: "a voice-like message, as without a choice"
      case .tone: "a sine at the message's highest frequency"
      case .noise: "Gaussian noise, flat over the message's bandwidth, 10 dB below its limit"
      }
    }
  }

  /// Draws a message of bandwidth `W` [cycles/sample]; without a kind, a voice.
  package init(_ kind: Kind?, width: Double, using draws: inout SeededGenerator) {
    switch kind ?? .voice {
    case .voice: self = .voice(VoiceMessage(width: width, using: &draws))
    case .tone: self = .tone(ToneMessage(width: width, using: &draws))
    case .noise: self = .noise(NoiseMessage(width: width, using: &draws))
    }
  }

  /// The kind.
  package var kind: Kind {
    switch self {
    case .voice: .voice
    case .tone: .tone
    case .noise: .noise
    }
  }

  /// The bandwidth `W` [cycles/sample].
  package var width: Double {
    switch self {
    case .voice(let voice): voice.width
    case .tone(let tone): tone.width
    case .noise(let noise): noise.width
    }
  }

  /// Returns the bins `0…⌊W·N⌋` of the message's Fourier coefficients.
  ///
  ///     m[n] = Re(M[0] + 2·Σ_{k>0} M[k]·exp(2πi·k·n/N))
  package func spectrum(samples count: Int, using transforms: Transforms) -> [IQSample] {
    switch self {
    case .voice(let voice): voice.spectrum(samples: count, using: transforms)
    case .tone(let tone): tone.spectrum(samples: count)
    case .noise(let noise): noise.spectrum(samples: count)
    }
  }

  /// Returns the samples of the message, in I.
  package func samples(count: Int, using transforms: Transforms) -> [IQSample] {
    Self.samples(of: spectrum(samples: count, using: transforms), count: count, using: transforms)
  }

  /// Returns the samples of one message in I and, if there is one, of another in Q.
  ///
  /// One inverse transform makes both: `M₁ + i·M₂`, each conjugate symmetric.
  ///
  /// - Parameters:
  ///   - first: The spectrum of the message of I.
  ///   - second: The spectrum of the message of Q; none for zeros.
  ///   - count: The number of samples.
  ///   - transforms: The DFT plans to use.
  /// - Returns: `count` samples, `m₁ + i·m₂`.
  static func samples(
    of first: [IQSample], and second: [IQSample] = [], count: Int, using transforms: Transforms
  ) -> [IQSample] {
    var samples = [IQSample](repeating: .zero, count: count)
    for (k, m) in first.enumerated() {
      samples[k] = m
      if k > 0 { samples[count - k] = IQSample(m.i, -m.q) }
    }
    for (k, m) in second.enumerated() {
      samples[k] = samples[k] + IQSample(-m.q, m.i)
      if k > 0 { samples[count - k] = samples[count - k] + IQSample(m.q, m.i) }
    }
    transforms.inverse(&samples)
    return samples
  }

  /// The bin of the highest frequency that a message of bandwidth `W` has in `N` samples.
  static func edge(width: Double, samples count: Int) -> Int {
    min(Int(width * Double(count)), (count - 1) / 2)
  }
}
