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

  /// The signal power while it is on over the noise power in the occupied bandwidth [dB]; −∞ of
  /// noise alone.
  public var snr: Double

  /// The occupied bandwidth `B` [cycles/sample].
  public var bandwidth: Double

  /// The channel's and the receiver's impairments.
  public var impairments: Impairments

  /// When the signal is on; `nil` for always.
  public var bursts: [Burst]?

  /// The further signals, `nil` if there are none.
  public var others: [TransmittedSignal]?

  /// How many more were drawn and found no place in the band, `nil` for none.
  public var unplaced: Int?

  /// All signals, the one that the label tells first.
  package var signals: [TransmittedSignal] {
    let first = TransmittedSignal(
      signalClass: signalClass, variant: variant, parameters: parameters, offset: offset,
      phase: phase, snr: snr, bandwidth: bandwidth,
      impairments: impairments, bursts: bursts)
    return [first] + (others ?? [])
  }

  /// What a dataset's `conditions.jsonl` tells of an example beside what it is grouped by: the
  /// parts of its impairments by their names, and `variant`, `parameters`, `bursts`, `others` and
  /// `unplaced` where there are any.
  public struct Details: Encodable, Sendable {
    fileprivate let conditions: SynthesisConditions

    private enum CodingKeys: CodingKey { case variant, parameters, bursts, others, unplaced }

    public func encode(to encoder: any Encoder) throws {
      try conditions.impairments.encode(to: encoder)
      var fields = encoder.container(keyedBy: CodingKeys.self)
      try fields.encodeIfPresent(conditions.variant, forKey: .variant)
      try fields.encodeIfPresent(conditions.parameters, forKey: .parameters)
      try fields.encodeIfPresent(conditions.bursts, forKey: .bursts)
      try fields.encodeIfPresent(conditions.others, forKey: .others)
      try fields.encodeIfPresent(conditions.unplaced, forKey: .unplaced)
    }
  }

  /// What is told beside class, offset, SNR and bandwidth.
  public var details: Details { Details(conditions: self) }
}
