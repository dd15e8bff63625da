/// What was drawn for one example before anything was computed.
public struct SynthesisConditions: Hashable, Codable, Sendable {
  /// The kind of signal.
  public var signalClass: SignalClass

  /// The frequency of the signal's centre [cycles/sample], in `[−½, ½]`; where it would be, in
  /// an example of noise.
  public var offset: Double

  /// The carrier's phase at the first sample [turns].
  public var phase: Double

  /// The signal power over the noise power in the occupied bandwidth [dB]; −∞ of noise alone.
  public var snr: Double

  /// The occupied bandwidth `B` [cycles/sample].
  public var bandwidth: Double

  /// The channel's and the receiver's impairments.
  public var impairments: Impairments
}
