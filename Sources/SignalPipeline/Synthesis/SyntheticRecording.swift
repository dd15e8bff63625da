/// What SigMF metadata tells of a generated example.
public enum SyntheticRecording {
  /// Describes one example's samples: one capture segment, one annotation of all of them with the
  /// class as its label and the conditions that were drawn.
  ///
  /// Noise has neither frequency edges nor offset, bandwidth and phase.
  ///
  /// - Parameters:
  ///   - conditions: The conditions.
  ///   - samples: The number of samples.
  ///   - format: How they are stored.
  ///   - sampleRate: The rate that the recording claims, if any [Hz]; without one the annotation
  ///     tells no frequency edges, which are in Hz.
  /// - Returns: The metadata, without a digest.
  /// - Throws: ``FileError`` if JSON cannot hold the conditions.
  public static func metadata(
    of conditions: SynthesisConditions, samples: Int, format: SampleFormat, sampleRate: Double?
  ) throws(FileError) -> SigMFMetadata {
    let recorder = "psdpipe \(SignalPipelineVersion.current) generate"
    let isNoise = conditions.signalClass == .noise
    var annotation = SigMFAnnotation(
      sampleStart: 0, sampleCount: samples,
      frequencies: isNoise
        ? nil
        : sampleRate.map {
          .init(
            offset: conditions.offset, bandwidth: conditions.bandwidth, sampleRate: $0,
            centerFrequency: nil)
        },
      label: conditions.signalClass.rawValue)
    annotation.generator = recorder
    annotation.extra = ["psdpipe:impairments": try JSONValue(encoding: conditions.impairments)]
    annotation.extra["psdpipe:variant"] = conditions.variant.map(JSONValue.string)
    if let parameters = conditions.parameters {
      annotation.extra["psdpipe:parameters"] = try JSONValue(encoding: parameters)
    }
    if !isNoise {
      annotation.extra["psdpipe:offset"] = .number(conditions.offset)
      annotation.extra["psdpipe:bandwidth"] = .number(conditions.bandwidth)
      annotation.extra["psdpipe:phase"] = .number(conditions.phase)
    }
    // An example without noise or of nothing else has an infinite ratio, which JSON does not have.
    if conditions.snr.isFinite { annotation.extra["psdpipe:snr"] = .number(conditions.snr) }
    var global = SigMFGlobal(format: format, sampleRate: sampleRate)
    global.recorder = recorder
    global.description =
      isNoise ? "synthetic noise" : "a synthetic \(conditions.signalClass.rawValue) signal"
    return SigMFMetadata(global: global, annotations: [annotation])
  }
}
