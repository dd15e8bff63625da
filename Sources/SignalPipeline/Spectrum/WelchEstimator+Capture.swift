extension WelchEstimator {
  /// Estimates spectra of a capture, one after another, in constant memory.
  ///
  /// Each is of the samples of its stretch alone, as if they were a capture.
  ///
  /// - Parameters:
  ///   - reader: The capture; it is read to its end.
  ///   - stretch: The samples of each spectrum but the last, at least those of a segment; `nil`
  ///     for one spectrum of all.
  ///   - workers: The largest number of threads, which changes no bit. Several serve one spectrum
  ///     of all samples without kurtosis and of at most 65,536 bins, if its average has parts
  ///     (medians and exponential means have none) and nobody watches.
  ///   - watch: Called with all samples, in pieces.
  ///   - body: Called with each spectrum as soon as its samples are there. The last may be of
  ///     fewer; what is less than a segment is dropped.
  /// - Throws: ``FileError`` where the capture was taken at several centre frequencies, is shorter
  ///   than a segment, or cannot be read, after the whole stretches before that place; what
  ///   `watch` and `body` throw.
  public mutating func read(
    _ reader: inout IQReader, every stretch: Int? = nil, workers: Int = 1,
    samples watch: ((Span<IQSample>) throws -> Void)? = nil,
    _ body: (Spectrogram.Row) throws -> Void
  ) throws {
    try reader.info.checkOneCenter()
    reset()
    var start = reader.position
    var isEmpty = true
    func tell(_ spectrum: PowerSpectrum, to end: Int) throws {
      try spectrum.checkFinite(of: reader.info.path, samples: start..<end)
      try body(Spectrogram.Row(start: start, samples: end - start, spectrum: spectrum))
      (start, isEmpty) = (end, false)
    }
    if workers > 1, stretch == nil, watch == nil, hasParts, SegmentBlocks.serve(configuration) {
      take(try SegmentBlocks(configuration, workers: workers).average(of: &reader))
      try reader.checkEnd()
      if let spectrum = finish() { try tell(spectrum, to: reader.position) }
    } else {
      let stretch = stretch ?? .max
      precondition(stretch >= configuration.segmentLength, "a stretch of \(stretch) samples")
      var samples = [IQSample](repeating: .zero, count: max(configuration.bins, 1 << 16))
      var isAtEnd = false
      while !isAtEnd {
        if watch == nil {
          addSegments(of: &reader, before: stretch == .max ? .max : start + stretch)
        }
        let wanted = min(samples.count, stretch - (reader.position - start))
        let count = try reader.read(into: &samples, count: wanted)
        isAtEnd = count < wanted
        let piece = samples.span.extracting(..<count)
        add(piece)
        try watch?(piece)
        guard isAtEnd || reader.position - start == stretch else { continue }
        if isAtEnd { try reader.checkEnd() }
        if let spectrum = finish() { try tell(spectrum, to: reader.position) }
      }
    }
    guard isEmpty else { return }
    throw FileError(
      .malformed, path: reader.info.path,
      reason: "holds \(reader.position) samples; a spectrum of \(configuration.bins) bins "
        + "needs one segment of \(configuration.segmentLength)")
  }

  /// Adds the segments that lie whole in a capture's samples as it stores them, unless there are
  /// pending ones.
  ///
  /// - Parameters:
  ///   - reader: It stands at the start of the next segment then.
  ///   - end: The position that no segment goes beyond.
  private mutating func addSegments(of reader: inout IQReader, before end: Int) {
    guard !isPending, let format = reader.plainFormat, format.isWindowed else { return }
    let (length, hop) = (configuration.segmentLength, configuration.hop)
    var taken = 0
    repeat {
      taken = reader.lend(atLeast: length, atMost: end - reader.position) { bytes in
        hop * addSegments(of: bytes, format, whileFinite: true)
      }
    } while taken > 0
  }
}
