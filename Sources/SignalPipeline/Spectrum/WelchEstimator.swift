internal import CKernels

/// Welch's averaged periodogram of a stream of samples, added in pieces of any length.
///
///     S[k] = A_m |X_m[k]|² / Σ_n w[n]²      [FS²/(cycle/sample)]
///
/// `A_m` is the ``Averaging`` over the whole segments of
/// ``SpectrumConfiguration/segmentLength`` samples, `X_m` the DFT of segment `m` times the window,
/// filled up with zeros. White noise of variance σ² has σ² in every bin. Nothing is taken off the
/// samples unless ``SpectrumConfiguration/detrend`` asks for it: that would break the equivariance
/// to frequency shifts.
///
/// The same samples give the same bits however they are cut into pieces, and memory does not grow
/// with their number.
///
/// Source: P. D. Welch, "The use of fast Fourier transform for the estimation of power spectra",
/// IEEE Trans. Audio Electroacoust. 15(2), 1967.
public struct WelchEstimator: ~Copyable, Sendable {
  /// How the spectrum is estimated.
  public let configuration: SpectrumConfiguration

  private var plan: FFTPlan
  private let window: [Float]
  private let windowEnergy: Double
  private let noiseBandwidth: Double
  /// Samples that begin a segment which is not yet whole, always fewer than it has.
  private var pending: [IQSample]
  private var pendingCount = 0
  private var average: PowerAverage
  private var maximum: PowerAverage?
  private var kurtosis: SpectralKurtosis?
  private var overlap: SegmentOverlap

  /// Plans the transform and computes the window.
  ///
  /// The spectral kurtosis tells noise, tones and bursts apart:
  ///
  ///     SK[k] = (K + 1)/(K − 1) · (M·Σ_m P_m[k]² / (Σ_m P_m[k])² − 1)
  ///
  /// over the powers `P_m = |X_m|²` of `M` segments that are worth `K` independent ones. It is 1
  /// for Gaussian noise, with a standard error of `2/√K`, 0 for a tone of constant power, and
  /// `1/d − 1` for one that is there for a share `d` of the time, `2/d − 1` for pulsed noise.
  /// `K = M` is Nita and Gary's estimator; with overlapping segments `K` takes the bias away that
  /// the noise they share would bring.
  ///
  /// Sources: R. F. Dwyer, "Use of the kurtosis statistic in the frequency domain as an aid in
  /// detecting random signals", IEEE J. Oceanic Eng. 9(2), 1984; G. M. Nita and D. E. Gary, "The
  /// generalized spectral kurtosis estimator", MNRAS Lett. 406(1), 2010.
  ///
  /// - Parameters:
  ///   - configuration: How the spectrum is estimated.
  ///   - maximum: Whether spectra tell the highest power of each bin too.
  ///   - kurtosis: Whether spectra tell their spectral kurtosis too.
  /// - Throws: ``ConfigurationError`` as ``SpectrumConfiguration/validate()`` does.
  public init(
    _ configuration: SpectrumConfiguration, maximum: Bool = false, kurtosis: Bool = false
  ) throws(ConfigurationError) {
    try configuration.validate()
    self.configuration = configuration
    plan = FFTPlan(count: configuration.bins, direction: .forward)
    window = configuration.weights
    windowEnergy = window.reduce(0) { $0 + Double($1) * Double($1) }
    let sum = window.reduce(0) { $0 + Double($1) }
    noiseBandwidth = windowEnergy / (sum * sum)
    pending = [IQSample](repeating: .zero, count: configuration.segmentLength)
    average = PowerAverage(configuration)
    if maximum {
      var held = configuration
      held.averaging = .maximum
      self.maximum = PowerAverage(held)
    }
    self.kurtosis = kurtosis ? SpectralKurtosis(bins: configuration.bins) : nil
    overlap = SegmentOverlap(window: window, hop: configuration.hop)
  }

  /// The number of whole segments since the last ``finish()``.
  public var segments: Int { average.segments }

  /// Whether there are samples of a segment that is not yet whole.
  var isPending: Bool { pendingCount > 0 }

  /// Adds samples that follow those of the last call.
  ///
  /// - Parameter samples: Any number of samples [full scale].
  public mutating func add(_ samples: Span<IQSample>) { add(samples, every: .max) { _ in } }

  /// Adds samples, and hands over the average of each `count` segments.
  ///
  /// - Throws: What `body` throws; the estimator then begins anew.
  mutating func add<Failure: Error>(
    _ samples: Span<IQSample>, every count: Int, _ body: (PowerSpectrum) throws(Failure) -> Void
  ) throws(Failure) {
    // Positions count from the first pending sample; the new ones follow the pending.
    let end = pendingCount + samples.count
    var start = 0
    while start + configuration.segmentLength <= end {
      transformSegment(at: start, samples)
      start += configuration.hop
      guard average.segments == count, let spectrum = take() else { continue }
      do {
        try body(spectrum)
      } catch {
        reset()
        throw error
      }
    }
    keep(from: start, to: end, samples)
  }

  /// Returns the average over the whole segments, DC-centred, and begins anew.
  ///
  /// Samples after the last whole segment are dropped.
  ///
  /// - Returns: The spectrum, or `nil` when there was not one whole segment.
  public mutating func finish() -> PowerSpectrum? {
    pendingCount = 0
    return take()
  }

  /// Hands over the whole segments' sums, and begins anew.
  mutating func moveBlock(to blocks: inout [Float]) {
    pendingCount = 0
    average.moveBlock(to: &blocks)
  }

  /// Whether the estimate can be made of averages of parts of the samples.
  var hasParts: Bool { configuration.averaging.hasParts && maximum == nil && kurtosis == nil }

  /// Takes the average of all segments, which was made elsewhere.
  mutating func take(_ average: PowerAverage) {
    precondition(segments == 0, "\(segments) segments would be lost")
    self.average = average
  }

  /// Forgets all samples.
  public mutating func reset() {
    pendingCount = 0
    forgetSegments()
  }

  private mutating func forgetSegments() {
    average.reset()
    maximum?.reset()
    kurtosis?.reset()
  }

  /// Returns the average over the segments and begins a new one, of the samples that follow.
  private mutating func take() -> PowerSpectrum? {
    guard segments > 0 else { return nil }
    defer { forgetSegments() }
    return PowerSpectrum(
      density: average.density(windowEnergy: windowEnergy), segments: segments,
      averages: configuration.averages(of: segments, &overlap), noiseBandwidth: noiseBandwidth,
      maximum: maximum?.density(windowEnergy: windowEnergy),
      kurtosis: kurtosis?.values(segments: segments, averages: overlap.averages(segments)))
  }

  /// Adds the segments that lie whole in samples as they are stored.
  ///
  /// Nothing may be pending, and nothing is afterwards.
  ///
  /// - Parameters:
  ///   - bytes: Any number of samples.
  ///   - format: Theirs, an ``SampleFormat/isWindowed`` one.
  ///   - whileFinite: Whether it stops before a segment that is not finite; if not, that shows in
  ///     the spectrum.
  /// - Returns: The number of segments that were added.
  mutating func addSegments(
    of bytes: RawSpan, _ format: SampleFormat, whileFinite: Bool = false
  ) -> Int {
    precondition(pendingCount == 0, "\(pendingCount) samples are pending")
    let size = format.bytesPerSample
    let length = configuration.segmentLength * size
    var added = 0
    var start = 0
    while start + length <= bytes.byteCount {
      let segment = bytes.extracting(start..<start + length)
      if !load(segment, format, at: 0), whileFinite { break }
      transform(before: bytes.extracting((start + length)...), format)
      added += 1
      start += configuration.hop * size
    }
    return added
  }

  private mutating func transformSegment(at start: Int, _ samples: Span<IQSample>) {
    let old = max(0, pendingCount - start)
    let first = max(0, start - pendingCount)
    let last = first + configuration.segmentLength - old
    // What is not finite shows in the spectrum.
    if old > 0 { _ = unsafe load(pending.span.extracting(start..<start + old).bytes, .cf32, at: 0) }
    _ = unsafe load(samples.extracting(first..<last).bytes, .cf32, at: old)
    transform(before: unsafe samples.extracting(last...).bytes, .cf32)
  }

  /// Takes samples into the transform, times the window unless something is taken off them before.
  ///
  /// - Parameters:
  ///   - bytes: The samples.
  ///   - format: Theirs.
  ///   - place: Which sample of the segment is the first of them.
  /// - Returns: Whether they are finite.
  private func load(_ bytes: RawSpan, _ format: SampleFormat, at place: Int) -> Bool {
    let count = bytes.byteCount / format.bytesPerSample
    let input = unsafe plan.input.extracting(place..<place + count)
    if configuration.detrend == .none {
      return unsafe input.withMemoryRebound(to: Float.self) { values in
        unsafe format.decode(
          bytes, window: window.span.extracting(place..<place + count),
          into: values.baseAddress!)
      }
    }
    var samples = unsafe input.mutableSpan
    return format.decode(bytes, into: &samples)
  }

  /// Transforms the segment that was loaded and adds its powers, while samples that the next one
  /// needs come into the cache.
  private mutating func transform(before next: RawSpan, _ format: SampleFormat) {
    unsafe next.extracting(first: configuration.hop * format.bytesPerSample).withUnsafeBytes {
      unsafe prefetch_bytes($0.baseAddress, $0.count)
    }
    let length = configuration.segmentLength
    if configuration.detrend != .none {
      let input = unsafe plan.input.baseAddress!
      unsafe input.withMemoryRebound(to: Float.self, capacity: 2 * length) { input in
        unsafe spectrum_window_residual(input, window, length, configuration.detrend == .linear)
      }
    }
    plan.execute()
    let output = unsafe plan.output.baseAddress!
    unsafe output.withMemoryRebound(to: Float.self, capacity: 2 * configuration.bins) { output in
      unsafe average.add(output)
      unsafe maximum?.add(output)
      unsafe kurtosis?.add(output)
    }
  }

  private mutating func keep(from start: Int, to end: Int, _ samples: Span<IQSample>) {
    let old = max(0, pendingCount - start)
    let first = max(0, start - pendingCount)
    let added = samples.count - first
    unsafe pending.withUnsafeMutableBufferPointer { pending in
      let pending = pending.baseAddress!
      if start > 0, old > 0 { unsafe pending.update(from: pending + start, count: old) }
      guard added > 0 else { return }
      unsafe samples.withUnsafeBufferPointer { samples in
        unsafe (pending + old).update(from: samples.baseAddress! + first, count: added)
      }
    }
    pendingCount = end - start
  }
}
