/// Reads windows of a capture at the sample rate that a model was trained for.
struct WindowSource {
  /// The rate of the windows over the capture's.
  let ratio: Double

  private var channelizer: Channelizer?
  private var stored: [IQSample] = []

  /// Prepares a capture's windows.
  ///
  /// - Throws: ``FileError`` for a model of one rate and a capture whose rate is not known, lower
  ///   than the model's, or so much higher that no filter serves.
  init(of capture: CaptureInfo, for model: Model) throws(FileError) {
    guard let wanted = model.sampleRate else {
      ratio = 1
      return
    }
    func failure(_ reason: String) -> FileError {
      FileError(.unsupported, path: capture.path, place: "sample rate", reason: reason)
    }
    guard let rate = capture.sampleRate else {
      throw failure(
        "is not known, and the model was trained for \(wanted) samples/s; tell it with --rate")
    }
    // Of a lower rate a part of the model's band would be empty, which it has never seen.
    guard rate >= wanted * (1 - Self.tolerance) else {
      throw failure("is \(rate) Hz; the model was trained for \(wanted), and needs as much")
    }
    do {
      let exact = try RateRatio(near: wanted / rate, tolerance: Self.tolerance)
      ratio = exact.value
      channelizer = ratio == 1 ? nil : try Channelizer(.init(frequency: 0, ratio: exact))
    } catch {
      throw failure("is \(rate) Hz and cannot be brought to the model's \(wanted): \(error)")
    }
  }

  /// A millionth of the band is a hundredth of a bin of 8192.
  private static let tolerance = 1e-6

  /// A number of the windows' samples as one of the capture's.
  func placed(_ samples: Int) -> Int {
    ratio == 1 ? samples : Int((Double(samples) / ratio).rounded())
  }

  /// A result at the windows' rate as one at the capture's; levels stay those of the windows.
  func placed(_ result: WindowResult) -> WindowResult {
    guard ratio != 1 else { return result }
    var result = result
    result.start = placed(result.start)
    result.samples = placed(result.samples)
    result.presence.peakFrequency *= ratio
    for index in result.bands.indices {
      result.bands[index].band.lower *= ratio
      result.bands[index].band.width *= ratio
    }
    return result
  }

  /// Reads the next samples.
  ///
  /// - Returns: How many were written, less than `count` at the end alone.
  /// - Throws: ``FileError`` as the reader does.
  mutating func read(
    _ reader: inout IQReader, into samples: inout [IQSample], count: Int
  ) throws(FileError) -> Int {
    guard channelizer != nil else { return try reader.read(into: &samples, count: count) }
    if stored.isEmpty { stored = [IQSample](repeating: .zero, count: 1 << 16) }
    while let ready = channelizer?.ready, ready < count {
      let fresh = try reader.read(into: &stored, count: stored.count)
      channelizer?.append(stored.span.extracting(..<fresh))
      if fresh < stored.count {
        channelizer?.finish()
        break
      }
    }
    var span = samples.mutableSpan.extracting(..<count)
    return channelizer?.read(into: &span) ?? 0
  }
}
