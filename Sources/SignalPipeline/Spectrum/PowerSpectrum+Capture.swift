extension PowerSpectrum {
  /// Estimates the spectrum of a whole capture, in constant memory.
  ///
  /// - Parameters:
  ///   - reader: The capture; it is read to its end.
  ///   - configuration: How the spectrum is estimated.
  /// - Throws: ``FileError`` where the capture cannot be read, is shorter than one segment or was
  ///   taken at several centre frequencies; ``ConfigurationError`` for a configuration that makes
  ///   no sense.
  public init(of reader: inout IQReader, using configuration: SpectrumConfiguration) throws {
    try reader.info.checkOneCenter()
    var estimator = try WelchEstimator(configuration)
    var samples = [IQSample](repeating: .zero, count: max(configuration.bins, 1 << 16))
    while true {
      let count = try reader.read(into: &samples, count: samples.count)
      estimator.add(samples.span.extracting(..<count))
      if count < samples.count { break }
    }
    try reader.checkEnd()
    guard let spectrum = estimator.finish() else {
      throw FileError(
        .malformed, path: reader.info.path,
        reason: "holds \(reader.position) samples; a spectrum of \(configuration.bins) bins "
          + "needs one segment of \(configuration.segmentLength)")
    }
    try spectrum.checkFinite(of: reader.info.path, samples: 0..<reader.position)
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
