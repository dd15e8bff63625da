/// One generated example: samples, label and the conditions it was made under.
public struct SyntheticExample: Hashable, Sendable {
  /// The samples; with a converter and no gain, full scale is 1.
  public var samples: [IQSample]

  /// The index of the class in ``SynthesisConfiguration/classes``.
  public var label: Int

  /// What was drawn.
  public var conditions: SynthesisConditions
}
