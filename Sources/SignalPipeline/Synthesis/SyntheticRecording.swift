/// What SigMF metadata tells of a generated example.
public enum SyntheticRecording {
  /// Describes one example's samples: one capture segment, and for each burst of each signal an
  /// annotation with the class as its label and the conditions that were drawn; a signal that is
  /// always on has one of all samples.
  ///
  /// Noise has neither frequency edges nor offset, bandwidth and phase.
  ///
  /// - Parameters:
  ///   - conditions: The conditions.
  ///   - samples: The number of samples.
  ///   - format: How they are stored.
  ///   - sampleRate: The rate that the recording claims, if any [Hz]; without one the annotations
  ///     tell no frequency edges, which are in Hz.
  /// - Returns: The metadata, without a digest; the first signal's annotations come first.
  /// - Throws: ``FileError`` if JSON cannot hold the conditions.
  public static func metadata(
    of conditions: SynthesisConditions, samples: Int, format: SampleFormat, sampleRate: Double?
  ) throws(FileError) -> SigMFMetadata {
    let recorder = "psdpipe \(SignalPipelineVersion.current) generate"
    let signals = conditions.signals
    var annotations: [SigMFAnnotation] = []
    for (index, signal) in signals.enumerated() {
      var annotation = try annotation(of: signal, samples: samples, sampleRate: sampleRate)
      annotation.generator = recorder
      if signals.count > 1 { annotation.extra["psdpipe:signal"] = .integer(Int64(index)) }
      guard let bursts = signal.bursts else {
        annotations.append(annotation)
        continue
      }
      for burst in bursts {
        annotation.sampleStart = burst.start
        annotation.sampleCount = burst.count
        annotation.extra["psdpipe:ramp"] = .integer(Int64(burst.ramp))
        annotations.append(annotation)
      }
    }
    var global = SigMFGlobal(format: format, sampleRate: sampleRate)
    global.recorder = recorder
    let names = signals.map(\.signalClass.rawValue)
    global.description =
      switch names {
      case ["noise"]: "synthetic noise"
      case _ where names.count > 1: "synthetic signals: \(names.joined(separator: ", "))"
      default: "a synthetic \(names[0]) signal"
      }
    return SigMFMetadata(global: global, annotations: annotations)
  }

  /// Describes a signal that is always on.
  private static func annotation(
    of signal: TransmittedSignal, samples: Int, sampleRate: Double?
  ) throws(FileError) -> SigMFAnnotation {
    let isNoise = signal.signalClass == .noise
    var annotation = SigMFAnnotation(
      sampleStart: 0, sampleCount: samples,
      frequencies: isNoise
        ? nil
        : sampleRate.map {
          .init(
            offset: signal.offset, bandwidth: signal.bandwidth, sampleRate: $0,
            centerFrequency: nil)
        },
      label: signal.signalClass.rawValue)
    annotation.extra = ["psdpipe:impairments": try JSONValue(encoding: signal.impairments)]
    annotation.extra["psdpipe:variant"] = signal.variant.map(JSONValue.string)
    if let parameters = signal.parameters {
      annotation.extra["psdpipe:parameters"] = try JSONValue(encoding: parameters)
    }
    if !isNoise {
      annotation.extra["psdpipe:offset"] = .number(signal.offset)
      annotation.extra["psdpipe:bandwidth"] = .number(signal.bandwidth)
      annotation.extra["psdpipe:phase"] = .number(signal.phase)
    }
    // An example without noise or of nothing else has an infinite ratio, which JSON does not have.
    if signal.snr.isFinite { annotation.extra["psdpipe:snr"] = .number(signal.snr) }
    return annotation
  }
}
