internal import CKernels
internal import Glibc

/// Brings a band of a stream to 0 Hz and to a rate of its own.
///
/// The samples `x` are mixed by −f, raised to `L` times their rate by zeros, filtered by `h`
/// without delay, and every `M`-th is kept:
///
///     y[m] = Σ_k h[m·M − k·L]·x[k]·exp(−2πi·f·k),  m = 0 … ⌈count·L/M⌉ − 1
///
/// What stood at `f + d` stands at `d·M/L` cycles per new sample. `h` is a sinc under Kaiser's
/// window of gain 1: with the default of 80 dB its passband is flat within ±0.002 dB to 0.42 and
/// its stopband 80 dB down from 0.58 cycles per sample of the slower rate. So what a lower rate
/// folds back falls on the outer 16 % of the new band alone, and noise keeps its floor but for
/// 3 dB at the very ends. Before the first and after the last sample zeros are taken.
///
/// The mixer's phase is kept in 2⁻⁶⁴ turns, so it neither drifts nor jumps, and the same samples
/// give the same bits however they are cut into pieces. Memory does not grow with the stream as
/// long as what is ready is read.
///
/// Source: P. P. Vaidyanathan, "Multirate Systems and Filter Banks", 1993, chapter 4; Kaiser, as
/// for ``KaiserWindow``.
public struct Channelizer: Sendable {
  /// How the samples are converted.
  public let configuration: Configuration

  /// How many taps each output sees.
  private let stride: Int
  /// How many of them lie before the sample at or before the output.
  private let before: Int
  /// The taps of each of the `L` places of an output between two samples, every tap twice.
  private let taps: [Float]

  private let step: UInt64
  private var phase: UInt64 = 0
  private var turns: [UInt32] = []
  /// The mixed samples from the oldest that the next output sees on; zeros before the first.
  private var values: [IQSample]
  private var head = 0
  /// The place of the next output between two samples, in 1/L.
  private var place = 0
  /// How many outputs may still come, once the samples have ended.
  private var left: Int?
  private var taken = 0
  private var made = 0

  /// Designs the filter.
  ///
  /// - Throws: ``ConfigurationError`` for a configuration that does not validate.
  public init(_ configuration: Configuration) throws(ConfigurationError) {
    try configuration.validate()
    self.configuration = configuration
    let up = configuration.ratio.up
    let prototype = configuration.prototype()
    let side = prototype.count / 2
    let after = (side + up - 1) / up
    let needed = side / up + 1 + after
    // Zeros before the first tap make whole vectors.
    stride = (needed + 15) / 16 * 16
    before = stride - 1 - after
    var taps = [Float](repeating: 0, count: 2 * stride * up)
    for place in 0..<up {
      for index in 0..<stride {
        let tap = side + place + (before - index) * up
        guard prototype.indices.contains(tap) else { continue }
        taps[2 * (place * stride + index)] = prototype[tap]
        taps[2 * (place * stride + index) + 1] = prototype[tap]
      }
    }
    self.taps = taps
    step = FixedTurns.word(-configuration.frequency)
    values = [IQSample](repeating: .zero, count: before)
  }

  /// Adds samples that follow those of the last call.
  public mutating func append(_ samples: Span<IQSample>) {
    precondition(left == nil, "samples after the last one")
    values.removeFirst(head)
    head = 0
    let first = values.count
    let count = samples.count
    taken += count
    values.append(contentsOf: repeatElement(.zero, count: count))
    turns.removeAll(keepingCapacity: true)
    for _ in 0..<count {
      turns.append(UInt32(truncatingIfNeeded: phase >> 32))
      phase &+= step
    }
    unsafe values.withUnsafeMutableBufferPointer { values in
      guard count > 0 else { return }
      unsafe samples.withUnsafeBufferPointer { samples in
        let mixed = unsafe UnsafeMutableRawPointer(values.baseAddress! + first)
          .assumingMemoryBound(to: Float.self)
        let raw = unsafe UnsafeRawPointer(samples.baseAddress!)
          .assumingMemoryBound(to: Float.self)
        unsafe synthesis_phasors(turns, mixed, count)
        unsafe synthesis_multiply(mixed, raw, count)
      }
    }
  }

  /// Tells that no more samples come, so that the last ones can be converted.
  public mutating func finish() {
    guard left == nil else { return }
    let (up, down) = (configuration.ratio.up, configuration.ratio.down)
    left = (taken * up + down - 1) / down - made
    values.append(contentsOf: repeatElement(.zero, count: stride))
  }

  /// How many samples can be read now.
  public var ready: Int {
    let (up, down) = (configuration.ratio.up, configuration.ratio.down)
    // Output m sees `stride` samples from (place + m·M)/L on.
    let room = values.count - head - stride
    guard room >= 0 else { return 0 }
    return min(left ?? .max, ((room + 1) * up - 1 - place) / down + 1)
  }

  /// Converts as many samples as are ready, or as fit.
  ///
  /// - Parameters:
  ///   - samples: At least `count` elements; those beyond the result stay as they are.
  ///   - count: How many samples are wanted.
  /// - Returns: How many were written.
  public mutating func read(into samples: inout [IQSample], count: Int) -> Int {
    precondition((0...samples.count).contains(count), "\(count) samples for \(samples.count)")
    let (up, down) = (configuration.ratio.up, configuration.ratio.down)
    let count = min(ready, count)
    guard count > 0 else { return 0 }
    unsafe values.withUnsafeBufferPointer { values in
      unsafe samples.withUnsafeMutableBufferPointer { samples in
        let from = unsafe UnsafeRawPointer(values.baseAddress! + head)
          .assumingMemoryBound(to: Float.self)
        let to = unsafe UnsafeMutableRawPointer(samples.baseAddress!)
          .assumingMemoryBound(to: Float.self)
        unsafe spectrum_resample(from, taps, stride, up, down, place, to, count)
      }
    }
    let end = place + count * down
    head += end / up
    place = end % up
    made += count
    left = left.map { $0 - count }
    return count
  }

  /// Converts samples that are all there.
  ///
  /// - Throws: ``ConfigurationError`` as ``init(_:)`` does.
  public static func channel(
    of samples: Span<IQSample>, _ configuration: Configuration
  ) throws(ConfigurationError) -> [IQSample] {
    var channelizer = try Channelizer(configuration)
    channelizer.append(samples)
    channelizer.finish()
    var channel = [IQSample](repeating: .zero, count: channelizer.ready)
    _ = channelizer.read(into: &channel, count: channel.count)
    return channel
  }
}
