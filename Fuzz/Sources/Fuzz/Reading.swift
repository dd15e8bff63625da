import SignalPipeline

/// What reading a capture came to: what was known of it, its samples and why they ended.
struct Reading {
  /// What was known before the samples; `nil` if the capture was not opened.
  private(set) var info: CaptureInfo?

  private(set) var samples: [IQSample] = []

  /// What refused the capture or ended its samples; `nil` for one that was read to its end.
  private(set) var error: FileError?

  /// Opens a capture and reads all samples that it has.
  ///
  /// - Parameters:
  ///   - piece: How many samples are asked for at a time.
  ///   - open: Yields the reader at the first sample.
  init(by piece: Int, _ open: () throws -> IQReader) {
    readOrRefuse {
      do {
        var reader = try open()
        info = reader.info
        checkFacts(rate: reader.info.sampleRate, center: reader.info.centerFrequency)
        var block = [IQSample](repeating: .zero, count: piece)
        while case let count = try reader.read(into: &block, count: piece), count > 0 {
          samples += block.prefix(count)
        }
        require(reader.position == samples.count, "position \(reader.position)")
      } catch let error as FileError {
        self.error = error
        throw error
      }
    }
    require(
      samples.allSatisfy { $0.i.isFinite && $0.q.isFinite },
      "a sample of \(info?.format.rawValue ?? "") that is not finite")
    guard let info else { return }
    if error == nil, let count = info.sampleCount {
      require(count == samples.count, "\(samples.count) samples, \(count) were told")
    }
    _ = info.time(at: samples.count)
    let starts = info.stretches.map(\.start)
    require(starts == starts.sorted(), "stretches begin at \(starts)")
  }

  /// Makes it a finding if asking for pieces of another size yields anything else.
  func requireSame(as other: Reading) {
    require(samples == other.samples, "the samples depend on the pieces they are read in")
    require(error == other.error, "the end depends on the pieces: \(ends(with: other))")
  }

  /// Makes it a finding if the same bytes as a stream are another capture.
  ///
  /// A stream does not know its length, nor what stands behind the samples. So it may be read on
  /// where a file is refused, or ends, by its size, and not tell a centre; what both have must
  /// agree.
  func requireAgreement(withStream stream: Reading) {
    guard let info else { return }
    guard let other = stream.info else {
      return require(false, "a file is read, the stream is refused: \(ends(with: stream))")
    }
    require(
      info.format == other.format && info.sampleRate == other.sampleRate
        && other.centerFrequency.map { $0 == info.centerFrequency } != false
        && info.skipBytes == other.skipBytes,
      "the file is \(info), the stream \(other)")
    let common = min(samples.count, stream.samples.count)
    require(
      samples.prefix(common) == stream.samples.prefix(common), "file and stream have other samples")
    if error == nil {
      require(samples.count == common, "\(samples.count) samples, the stream has \(common)")
    }
  }

  private func ends(with other: Reading) -> String {
    "\(error.map(\.description) ?? "no error") and \(other.error.map(\.description) ?? "no error")"
  }
}

/// Makes facts a finding that no capture can have.
func checkFacts(rate: Double?, center: Double?) {
  if let rate { require(rate > 0 && rate.isFinite, "a rate of \(rate) Hz") }
  if let center { require(center.isFinite, "a centre of \(center) Hz") }
}
