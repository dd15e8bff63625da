extension CaptureInfo {
  /// The stretches of samples at one centre and without a gap in time, in their order.
  ///
  /// A window must not reach from one into the next. The last one's count is `nil`: it is read to
  /// the end.
  package var stretches: [CaptureSegment] {
    var stretches: [CaptureSegment] = []
    for segment in segments {
      if let last = stretches.last, segment.continues,
        segment.centerFrequency == last.centerFrequency
      {
        continue
      }
      if let last = stretches.last {
        stretches[stretches.count - 1].count = segment.start - last.start
      }
      stretches.append(segment)
    }
    if stretches.isEmpty {
      stretches = [CaptureSegment(start: 0, count: nil, dataOffset: skipBytes)]
    }
    stretches[stretches.count - 1].count = nil
    return stretches
  }

  /// The frequency that stands at 0 Hz of a sample's segment.
  ///
  /// - Parameter sample: The sample's index, from 0 [samples].
  /// - Returns: The frequency, if known [Hz].
  public func centerFrequency(at sample: Int) -> Double? {
    segment(at: sample).map(\.centerFrequency) ?? centerFrequency
  }

  /// What the frequencies of a sample's segment are counted from, as ``frequencyOrigin`` [Hz].
  func frequencyOrigin(at sample: Int) -> Double {
    centerFrequency(at: sample) ?? centerShift ?? 0
  }

  /// When a sample was taken, by its segment's time and the rate.
  ///
  /// - Parameter sample: The sample's index, from 0 [samples].
  /// - Returns: ISO 8601 in UTC with a `Z`, to a microsecond; `nil` where it is not known.
  public func time(at sample: Int) -> String? {
    let segment = segment(at: sample)
    guard let begin = segment.map(\.startTime) ?? startTime else { return nil }
    let passed = sample - (segment?.start ?? 0)
    if passed == 0 { return begin }
    guard let sampleRate else { return nil }
    return Moment(begin)?.adding(Double(passed) / sampleRate)?.text
  }

  /// Checks that all samples have one centre, as what is to be averaged must.
  ///
  /// - Throws: ``FileError`` that names the segments.
  package func checkOneCenter() throws(FileError) {
    guard let first = segments.first,
      segments.contains(where: { $0.centerFrequency != first.centerFrequency })
    else { return }
    let centers = segments.prefix(5).enumerated().map { index, segment in
      let text = segment.centerFrequency.map { NumberText.withPrefix($0, unit: "Hz") }
      return "\(index) at \(text ?? "an unknown centre")"
    }
    throw FileError(
      .unsupported, path: path,
      reason: "its \(segments.count) segments have different centre frequencies: "
        + centers.joined(separator: ", ") + (segments.count > 5 ? ", …" : "")
        + "; choose one with --segment, or tell the centre of all with --center")
  }

  /// The segment that holds a sample.
  private func segment(at sample: Int) -> CaptureSegment? {
    // The last one that begins at or before it, by halves: a hopping receiver writes many.
    var low = 0
    var high = segments.count
    while low < high {
      let middle = (low + high) / 2
      if segments[middle].start <= sample { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? segments[low - 1] : nil
  }
}
