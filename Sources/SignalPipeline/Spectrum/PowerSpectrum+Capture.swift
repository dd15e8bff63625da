extension PowerSpectrum {
  /// Estimates the spectrum of a whole capture, in constant memory.
  ///
  /// - Parameters:
  ///   - reader: The capture; it is read to its end.
  ///   - configuration: How the spectrum is estimated.
  ///   - workers: The largest number of threads, which changes no bit; medians and exponential
  ///     averages need one.
  /// - Throws: ``FileError`` where the capture cannot be read, is shorter than one segment or was
  ///   taken at several centre frequencies; ``ConfigurationError`` for a configuration that makes
  ///   no sense.
  public init(
    of reader: inout IQReader, using configuration: SpectrumConfiguration, workers: Int = 1
  ) throws {
    var estimator = try WelchEstimator(configuration)
    var spectrum: PowerSpectrum?
    try estimator.read(&reader, workers: workers) { spectrum = $0.spectrum }
    guard let spectrum else { preconditionFailure("a capture without a spectrum is an error") }
    self = spectrum
  }

  /// Estimates the spectrum of samples in memory.
  ///
  /// - Parameters:
  ///   - samples: At least one segment [full scale].
  ///   - configuration: How the spectrum is estimated.
  ///   - workers: As for ``init(of:using:workers:)``.
  /// - Throws: ``ConfigurationError`` for a configuration that makes no sense, or one whose
  ///   segments are longer than the samples are many.
  public init(
    of samples: [IQSample], using configuration: SpectrumConfiguration, workers: Int = 1
  ) throws(ConfigurationError) {
    var estimator = try WelchEstimator(configuration)
    if workers > 1, SegmentBlocks.serve(configuration) {
      estimator.take(try SegmentBlocks(configuration, workers: workers).average(of: samples))
    } else {
      estimator.add(samples.span)
    }
    guard let spectrum = estimator.finish() else {
      throw ConfigurationError(
        "segmentLength",
        "is \(configuration.segmentLength) samples, but there are \(samples.count)")
    }
    self = spectrum
  }

  /// Checks that no power overflowed: finite samples can be too large to be squared and summed.
  ///
  /// - Parameters:
  ///   - path: What the error calls the input.
  ///   - samples: Which of its samples the spectrum was made of.
  /// - Throws: ``FileError`` naming the samples.
  func checkFinite(of path: String, samples: Range<Int>) throws(FileError) {
    guard density.allSatisfy(\.isFinite) else {
      throw FileError(
        .malformed, path: path,
        place: "samples \(samples.lowerBound) to \(samples.upperBound - 1)",
        reason: "they are so large that their power overflows; full scale is 1")
    }
  }
}
