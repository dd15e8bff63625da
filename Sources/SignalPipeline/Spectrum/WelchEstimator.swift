internal import CKernels

/// Welch's averaged periodogram of a stream of samples, added in pieces of any length.
///
///     S[k] = Σ_m |X_m[k]|² / (M·Σ_n w[n]²)      [FS²/(cycle/sample)]
///
/// over the `M` whole segments of ``SpectrumConfiguration/bins`` samples, `X_m` being the DFT of
/// segment `m` times the window. White noise of variance σ² has σ² in every bin. The mean is not
/// removed: that would break the equivariance to frequency shifts.
///
/// The same samples give the same bits however they are cut into pieces. Powers are summed in
/// `Float` over 32 segments and those sums in `Double`, so a stream of any length keeps the
/// precision of one block.
///
/// Source: P. D. Welch, "The use of fast Fourier transform for the estimation of power spectra",
/// IEEE Trans. Audio Electroacoust. 15(2), 1967.
public struct WelchEstimator: ~Copyable, Sendable {
  /// The number of segments whose powers are summed in `Float`: the rounding of such a sum stays
  /// below 32·2⁻²⁴ = 2e-6, and converting costs 1/32 of an addition a segment.
  private static let segmentsPerBlock = 32

  /// How the spectrum is estimated.
  public let configuration: SpectrumConfiguration

  /// The number of whole segments since the last ``finish()``.
  public private(set) var segments = 0

  private var plan: FFTPlan
  private let window: [Float]
  private let windowEnergy: Double
  /// Samples that begin a segment which is not yet whole, always fewer than `bins`.
  private var pending: [IQSample]
  private var pendingCount = 0
  private var block: [Float]
  private var total: [Double]

  /// Plans the transform and computes the window.
  ///
  /// - Throws: ``ConfigurationError`` as ``SpectrumConfiguration/validate()`` does.
  public init(_ configuration: SpectrumConfiguration) throws(ConfigurationError) {
    try configuration.validate()
    self.configuration = configuration
    let bins = configuration.bins
    plan = FFTPlan(count: bins, direction: .forward)
    window = configuration.window.coefficients(count: bins).map { Float($0) }
    windowEnergy = window.reduce(0) { $0 + Double($1) * Double($1) }
    pending = [IQSample](repeating: .zero, count: bins)
    block = [Float](repeating: 0, count: bins)
    total = [Double](repeating: 0, count: bins)
  }

  /// Adds samples that follow those of the last call.
  ///
  /// - Parameter samples: Any number of samples [full scale].
  public mutating func add(_ samples: Span<IQSample>) {
    // Positions count from the first pending sample; the new ones follow the pending.
    let end = pendingCount + samples.count
    var start = 0
    while start + configuration.bins <= end {
      transformSegment(at: start, samples)
      start += configuration.hop
    }
    keep(from: start, to: end, samples)
  }

  /// Returns the average over the whole segments, DC-centred, and begins anew.
  ///
  /// Samples after the last whole segment are dropped.
  ///
  /// - Returns: The spectrum, or `nil` when there was not one whole segment.
  public mutating func finish() -> PowerSpectrum? {
    defer { reset() }
    guard segments > 0 else { return nil }
    flush()
    let bins = configuration.bins
    // The highest (bins/2) DFT bins are the negative frequencies, which come first.
    let positive = bins - bins / 2
    let scale = 1 / (Double(segments) * windowEnergy)
    let density = unsafe [Float](unsafeUninitializedCapacity: bins) { output, count in
      let output = output.baseAddress!
      unsafe total.withUnsafeBufferPointer { total in
        let total = total.baseAddress!
        unsafe spectrum_scale(output, total + positive, scale, bins / 2)
        unsafe spectrum_scale(output + bins / 2, total, scale, positive)
      }
      count = bins
    }
    return PowerSpectrum(density: density, segments: segments)
  }

  /// Forgets all samples.
  public mutating func reset() {
    segments = 0
    pendingCount = 0
    for bin in block.indices { block[bin] = 0 }
    for bin in total.indices { total[bin] = 0 }
  }

  private mutating func transformSegment(at start: Int, _ samples: Span<IQSample>) {
    let bins = configuration.bins
    let old = max(0, pendingCount - start)
    let first = max(0, start - pendingCount)
    let input = unsafe plan.input.baseAddress!
    let output = unsafe plan.output.baseAddress!
    unsafe window.withUnsafeBufferPointer { window in
      let window = window.baseAddress!
      if old > 0 {
        unsafe pending.withUnsafeBufferPointer { pending in
          unsafe Self.taper(input, pending.baseAddress! + start, window, old)
        }
      }
      unsafe samples.withUnsafeBufferPointer { samples in
        unsafe Self.taper(
          input + old, samples.baseAddress! + first, window + old, bins - old)
      }
    }
    plan.execute()
    unsafe block.withUnsafeMutableBufferPointer { block in
      unsafe output.withMemoryRebound(to: Float.self, capacity: 2 * bins) { output in
        unsafe spectrum_accumulate(block.baseAddress!, output, bins)
      }
    }
    segments += 1
    if segments % Self.segmentsPerBlock == 0 { flush() }
  }

  private static func taper(
    _ output: UnsafeMutablePointer<IQSample>, _ samples: UnsafePointer<IQSample>,
    _ window: UnsafePointer<Float>, _ count: Int
  ) {
    unsafe output.withMemoryRebound(to: Float.self, capacity: 2 * count) { output in
      unsafe samples.withMemoryRebound(to: Float.self, capacity: 2 * count) { samples in
        unsafe spectrum_window(output, samples, window, count)
      }
    }
  }

  private mutating func flush() {
    unsafe total.withUnsafeMutableBufferPointer { total in
      unsafe block.withUnsafeMutableBufferPointer { block in
        unsafe spectrum_flush(total.baseAddress!, block.baseAddress!, block.count)
      }
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
