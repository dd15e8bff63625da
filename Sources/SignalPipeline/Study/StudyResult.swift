/// What a training of the study came to; the same on any machine of one kind, since it holds no
/// times.
package struct StudyResult: Hashable, Codable, Sendable {
  /// What was trained.
  package var run: StudyRun

  /// The number of trained parameters.
  package var parameters: Int

  /// Floating-point operations for one example: two for a multiplication with addition.
  package var flops: Int

  /// The number of examples that parameters were fitted to.
  package var trainingExamples: Int

  /// How often each of them was seen.
  package var epochs: Int

  /// The epoch with the lowest validation loss, from 1, whose parameters were tested.
  package var bestEpoch: Int

  /// Whether training ended because the validation loss did not fall any more.
  package var isConverged: Bool

  /// The accuracy on the validation examples after that epoch.
  package var validationAccuracy: Double

  /// The accuracy on test examples within ±300 Hz at 48 kHz.
  package var inRange: Proportion

  /// The accuracy on test examples over the whole band.
  package var anywhere: Proportion

  /// The same against the offset.
  package var offsets: AccuracyCurve

  /// How far the answers move when the examples within range are shifted.
  package var shifts: ShiftSensitivity
}

/// How long a training of the study took, which no run repeats.
package struct StudyTime: Hashable, Codable, Sendable {
  /// The time of training and validation [s].
  package var seconds = 0.0

  /// The number of examples that were trained on in that time.
  package var examples = 0

  /// The examples a second.
  package var rate: Double { seconds > 0 ? Double(examples) / seconds : 0 }
}
