import ArgumentParser
import SignalPipeline

/// How training examples are varied, beside their roll.
struct AugmentationOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: """
      Draw a gain of up to ±DB for each example anew in each epoch; only for --normalization \
      fixedDecibels, all others take the gain out (default: none).
      """)
  var augmentGain: Double?

  @Option(
    parsing: .unconditional,
    help: "Add white noise that lowers the SNR by a drawn 0 to DB dB (default: none).")
  var augmentNoise: Double?

  @Option(
    parsing: .unconditional,
    help: """
      The share of the examples that --augment-noise is for in an epoch, above 0 to 1 (default: \
      \(Augmentation().noiseShare)).
      """)
  var augmentNoiseShare: Double?

  @Option(
    parsing: .unconditional,
    help: """
      Leave nothing but noise in a drawn stretch of up to this share of the bins, below 1 \
      (default: none).
      """)
  var augmentMask: Double?

  /// The options' names, where they are not those of the library's fields.
  static let names = [
    "augmentation.gain": "augment-gain", "augmentation.noise": "augment-noise",
    "augmentation.noiseShare": "augment-noise-share", "augmentation.mask": "augment-mask",
  ]

  func validate() throws {
    if let augmentNoiseShare, augmentNoise == nil {
      throw ValidationError(
        "--augment-noise-share \(augmentNoiseShare) is for --augment-noise; add it")
    }
  }

  /// What the options mean to the library; `nil` where there are none.
  var configuration: Augmentation? {
    guard !arguments.isEmpty else { return nil }
    return Augmentation(
      gain: augmentGain ?? 0, noise: augmentNoise ?? 0,
      noiseShare: augmentNoiseShare ?? Augmentation().noiseShare, mask: augmentMask ?? 0)
  }

  /// The options as they are typed.
  var arguments: [String] {
    [
      ("gain", augmentGain), ("noise", augmentNoise), ("noise-share", augmentNoiseShare),
      ("mask", augmentMask),
    ].flatMap { name, value in value.map { ["--augment-\(name)", "\($0)"] } ?? [] }
  }
}
