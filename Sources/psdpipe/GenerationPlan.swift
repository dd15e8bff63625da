import SignalPipeline

/// What a dataset is to hold, and how its examples are made.
struct GenerationPlan: Sendable {
  /// What is written of one example.
  struct Row: Sendable {
    var density: [Float]
    var features: [Float]
    var samples: [IQSample]
    /// The samples as a capture stores them.
    var capture: [UInt8]
    var label: Int
    var conditions: SynthesisConditions
  }

  /// What one thread reuses from example to example.
  struct Station: ~Copyable {
    var generator: SignalGenerator
    var estimator: WelchEstimator
  }

  let signals: SynthesisConfiguration
  let examples: ExampleSelection
  let manifest: DatasetManifest
  let transform: FeatureTransform?
  let encoder: CaptureEncoder?

  /// The bytes of an example in memory.
  var rowSize: Int {
    (manifest.channels.count * manifest.spectrum.bins + (transform?.count ?? 0))
      * MemoryLayout<Float>.size
      + ((encoder?.format.bytesPerSample ?? 0)
        + (manifest.iq == true ? MemoryLayout<IQSample>.size : 0)) * signals.samples
  }

  /// Makes what a thread needs.
  func station() throws -> Station {
    Station(
      generator: try SignalGenerator(signals),
      estimator: try WelchEstimator(manifest.spectrum, channels: manifest.channels))
  }

  /// Makes the example at a place of the selection.
  func row(_ place: Int, at station: inout Station) -> Row {
    let example = station.generator.example(examples[place])
    station.estimator.add(example.samples.span)
    guard let density = station.estimator.finish()?.values(of: manifest.channels) else {
      preconditionFailure("validate() sees to it that an example holds enough segments")
    }
    var features = [Float](repeating: 0, count: transform?.count ?? 0)
    if let transform {
      var span = features.mutableSpan
      transform.apply(density.span, of: manifest.channels, rotation: 0, to: &span)
    }
    return Row(
      density: density, features: features,
      samples: manifest.iq == true ? example.samples : [],
      capture: encoder?.encode(example) ?? [], label: example.label,
      conditions: example.conditions)
  }
}
