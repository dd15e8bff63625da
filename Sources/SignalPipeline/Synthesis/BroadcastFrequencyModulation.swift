/// Broadcast frequency modulation by a stereo multiplex.
///
///     s(t) = exp(2πi·∫ Δ·x),   B = 2·(Δ + 53·u),   Δ = 75·u
///     x = (1 − p)/1.5·(m + w·d·sin 2θ)/(1 + w) + p·sin θ,   θ = 2π·19·u·t + θ₀
///
/// `u` is the multiplex's kilohertz: all frequencies are those of the standard scaled to `B`, 256
/// of them wide by Carson's rule. `m` is the sum of left and right, `d` their difference, each of
/// bandwidth `15·u`; `p·sin θ` is the pilot, and `d` has the suppressed carrier `38·u`. Mono has
/// neither: `p = w = 0`, and `B = 2·(Δ + 15·u)`, 180 kilohertz.
///
/// Source: ITU-R BS.450-4, "Transmission standards for FM sound broadcasting at VHF".
package struct BroadcastFrequencyModulation: Waveform, Hashable {
  /// What a station sends.
  package enum Variant: String, WaveformVariant {
    case stereo, mono

    package var summary: String {
      switch self {
      case .stereo: "sum, pilot and difference, as without a choice"
      case .mono: "the sum alone, 180 kHz wide in proportion"
      }
    }
  }

  /// The multiplex's kilohertz, `u` [cycles/sample].
  package var kilohertz: Double

  /// The pilot's share `p` of the deviation, 0.08…0.10; 0 in mono.
  package var pilot: Double

  /// How wide the stereo image is: the difference's weight `w`, 0.1…0.7; 0 in mono.
  package var width: Double

  /// The pilot's phase at the first sample, θ₀ [turns].
  package var phase: Double

  /// The sum of left and right, `m`.
  package var sum: VoiceMessage

  /// Their difference, `d`.
  package var difference: VoiceMessage

  package init(bandwidth: Double, variant: Variant?, using generator: inout SeededGenerator) {
    let isMono = variant == .mono
    kilohertz = bandwidth / (isMono ? 180 : 256)
    pilot = isMono ? 0 : generator.uniform(0.08...0.1)
    width = isMono ? 0 : generator.uniform(0.1...0.7)
    phase = generator.uniform()
    sum = VoiceMessage(width: 15 * kilohertz, using: &generator)
    difference = VoiceMessage(width: 15 * kilohertz, using: &generator)
  }

  package func parameters(samples count: Int) -> [String: SignalParameter] {
    ["deviation": .number(75 * kilohertz), "pilot": .number(pilot), "stereoWidth": .number(width)]
  }

  package func render(
    into samples: inout [IQSample], through channel: Multipath?, using transforms: Transforms
  ) {
    let count = samples.count
    let audio = Message.samples(
      of: sum.spectrum(samples: count, using: transforms),
      and: difference.spectrum(samples: count, using: transforms), count: count,
      using: transforms)
    let deviation = 75 * kilohertz
    let level = (1 - pilot) / 1.5 / (1 + width)
    var tone = PhaseRamp(start: phase, step: 19 * kilohertz)
    FrequencyModulator.render(into: &samples, through: channel, using: transforms) { n in
      let (cos, sin) = tone.next()
      let stereo = width * Double(audio[n].q) * (2 * sin * cos)
      return deviation * (level * (Double(audio[n].i) + stereo) + pilot * sin)
    }
  }
}
