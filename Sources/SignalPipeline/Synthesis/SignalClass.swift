/// The kinds of signal that can be generated.
///
/// A class is a case here and one file that conforms to ``Waveform``.
public enum SignalClass: String, Hashable, Codable, Sendable, CaseIterable {
  /// Amplitude modulation by a voice-like message.
  case am
  /// Binary frequency shift keying, half of it Gaussian.
  case fsk
  /// Linear modulation with root-raised-cosine pulses.
  case rrc
  /// Orthogonal frequency division multiplexing.
  case ofdm

  /// Draws a waveform of this class.
  ///
  /// - Parameters:
  ///   - bandwidth: The occupied bandwidth, `B` [cycles/sample].
  ///   - generator: Where the parameters come from.
  /// - Returns: The waveform with its parameters.
  package func waveform(
    bandwidth: Double, using generator: inout SeededGenerator
  ) -> any Waveform {
    switch self {
    case .am: AmplitudeModulation(bandwidth: bandwidth, using: &generator)
    case .fsk: FrequencyShiftKeying(bandwidth: bandwidth, using: &generator)
    case .rrc: RootRaisedCosine(bandwidth: bandwidth, using: &generator)
    case .ofdm: OrthogonalFrequencyDivision(bandwidth: bandwidth, using: &generator)
    }
  }
}
