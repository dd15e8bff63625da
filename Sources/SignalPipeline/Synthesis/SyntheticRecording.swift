/// What SigMF metadata tells of a generated example.
public enum SyntheticRecording {
  /// Describes one example's samples: one capture segment, one annotation of all of them with the
  /// class as its label and the conditions that were drawn.
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
    var annotation = SigMFAnnotation(
      sampleStart: 0, sampleCount: samples,
      frequencies: sampleRate.map {
        .init(
          offset: conditions.offset, bandwidth: conditions.bandwidth, sampleRate: $0,
          centerFrequency: nil)
      },
      label: conditions.signalClass.rawValue)
    annotation.generator = recorder
    annotation.extra = [
      "psdpipe:offset": .number(conditions.offset),
      "psdpipe:bandwidth": .number(conditions.bandwidth),
      "psdpipe:phase": .number(conditions.phase),
      "psdpipe:impairments": try JSONValue(encoding: conditions.impairments),
    ]
    // A noiseless example has an infinite ratio, which JSON does not have.
    if conditions.snr.isFinite { annotation.extra["psdpipe:snr"] = .number(conditions.snr) }
    var global = SigMFGlobal(format: format, sampleRate: sampleRate)
    global.recorder = recorder
    global.description = "a synthetic \(conditions.signalClass.rawValue) signal"
    return SigMFMetadata(global: global, annotations: [annotation])
  }
}
