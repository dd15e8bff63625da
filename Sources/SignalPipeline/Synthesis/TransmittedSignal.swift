/// One signal of an example, as it was drawn.
public struct TransmittedSignal: Hashable, Codable, Sendable {
  /// The kind of signal.
  public var signalClass: SignalClass

  /// The name of the variant, where some were chosen among.
  public var variant: String?

  /// The signal's parameters by name, which docs/signals.md lists; `nil` of noise.
  public var parameters: [String: SignalParameter]?

  /// The frequency of the signal's centre [cycles/sample], in `[−½, ½]`.
  public var offset: Double

  /// The carrier's phase at the first sample [turns].
  public var phase: Double

  /// The signal power while it is on over the noise power in its bandwidth [dB].
  public var snr: Double

  /// The occupied bandwidth `B` [cycles/sample].
  public var bandwidth: Double

  /// What its transmitter, its channel and the clocks do to it.
  ///
  /// What air and receiver do stands with the example's first signal alone, since it happens to
  /// all of them.
  public var impairments: Impairments

  /// When it is on; `nil` for always.
  public var bursts: [Burst]?

  private enum CodingKeys: String, CodingKey {
    case signalClass = "class", variant, parameters, offset, phase, snr, bandwidth, impairments
    case bursts
  }
}
