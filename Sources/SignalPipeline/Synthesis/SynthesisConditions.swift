/// What was drawn for one example before anything was computed.
public struct SynthesisConditions: Hashable, Codable, Sendable {
  /// The kind of signal.
  public var signalClass: SignalClass

  /// The name of the variant, where some were chosen among.
  public var variant: String?

  /// The signal's parameters by name, which docs/signals.md lists; `nil` of noise.
  public var parameters: [String: SignalParameter]?

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

extension SynthesisConditions {
  /// What a dataset tells of an example beside what it can be grouped by: the impairments' keys,
  /// `variant` and `parameters`.
  public var details: some Encodable { Details(conditions: self) }

  private struct Details: Encodable {
    let conditions: SynthesisConditions

    private enum Key: CodingKey { case variant, parameters }

    func encode(to encoder: any Encoder) throws {
      try conditions.impairments.encode(to: encoder)
      var fields = encoder.container(keyedBy: Key.self)
      try fields.encodeIfPresent(conditions.variant, forKey: .variant)
      try fields.encodeIfPresent(conditions.parameters, forKey: .parameters)
    }
  }
}
