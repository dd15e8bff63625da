/// Reads windows of a capture's stretches at the sample rate that a model was trained for.
struct WindowSource {
  /// The rate of the windows over the capture's.
  let ratio: Double

  /// What a stretch begins with, where the rate changes.
  private let fresh: Channelizer?
  private var channelizer: Channelizer?
  private var stored: [IQSample] = []
  private var first = 0
  private var end = Int.max
  private var delivered = 0
  private var isEnded = false

  /// Prepares a capture's windows.
  ///
  /// - Throws: ``FileError`` for a model of one rate and a capture whose rate is not known, lower
  ///   than the model's, or so much higher that no filter serves.
  init(of capture: CaptureInfo, for model: Model) throws(FileError) {
    guard let wanted = model.sampleRate else {
      ratio = 1
      fresh = nil
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
      fresh = exact.value == 1 ? nil : try Channelizer(.init(frequency: 0, ratio: exact))
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
    result.samples = placed(result.samples)
    result.presence.peakFrequency *= ratio
    for index in result.bands.indices {
      result.bands[index].band.lower *= ratio
      result.bands[index].band.width *= ratio
    }
    return result
  }

  /// Where the next sample stands in the capture.
  var position: Int { first + placed(delivered) }

  /// Goes on with a stretch of the capture, whose first sample is the reader's next.
  mutating func begin(at first: Int, end: Int) {
    self.first = first
    self.end = end
    delivered = 0
    isEnded = false
    channelizer = fresh
  }

  /// Reads the stretch's next samples.
  ///
  /// - Returns: How many were written, less than `count` at the stretch's end alone.
  /// - Throws: ``FileError`` as the reader does.
  mutating func read(
    _ reader: inout IQReader, into samples: inout [IQSample], count: Int
  ) throws(FileError) -> Int {
    let written: Int
    if fresh == nil {
      written = try reader.read(into: &samples, count: min(count, end - reader.position))
    } else {
      try fill(from: &reader, for: count)
      written = channelizer?.read(into: &samples, count: count) ?? 0
    }
    delivered += written
    return written
  }

  /// Feeds the channelizer until it can deliver `count` samples, or the stretch ends.
  private mutating func fill(from reader: inout IQReader, for count: Int) throws(FileError) {
    if stored.isEmpty { stored = [IQSample](repeating: .zero, count: 1 << 16) }
    while !isEnded, let ready = channelizer?.ready, ready < count {
      let wanted = min(stored.count, end - reader.position)
      let fresh = try reader.read(into: &stored, count: wanted)
      let samples = stored
      channelizer?.append(samples.span.extracting(..<fresh))
      if fresh < stored.count {
        channelizer?.finish()
        isEnded = true
      }
    }
  }
}
