internal import CKernels

/// The fence around the C kernels of synthesis: whole-buffer arithmetic on complex samples.
///
/// Every function gives the same bits on every CPU.
package enum SampleKernels {
  /// Writes `exp(2πi·phase/2³²)` of each phase.
  package static func phasors(of phases: [UInt32], into samples: inout [IQSample]) {
    precondition(phases.count == samples.count, "one sample a phase")
    let count = phases.count
    unsafe withFloats(&samples) { unsafe synthesis_phasors(phases, $0, count) }
  }

  /// Multiplies `x` by `y`, sample by sample.
  package static func multiply(_ x: inout [IQSample], by y: [IQSample]) {
    precondition(x.count == y.count, "buffers of one length")
    let count = x.count
    unsafe withFloats(&x) { x in unsafe withFloats(y) { unsafe synthesis_multiply(x, $0, count) } }
  }

  /// Adds `scale·y` to `x`, sample by sample.
  package static func add(_ scale: Float, times y: [IQSample], to x: inout [IQSample]) {
    precondition(x.count == y.count, "buffers of one length")
    let count = x.count
    unsafe withFloats(&x) { x in
      unsafe withFloats(y) { unsafe synthesis_add_scaled(x, $0, scale, count) }
    }
  }

  /// Replaces each sample by `scale·x + offset`.
  package static func scale(
    _ x: inout [IQSample], by scale: Float, adding offset: IQSample = .zero
  ) {
    let count = x.count
    unsafe withFloats(&x) { unsafe synthesis_affine($0, scale, offset.i, offset.q, count) }
  }

  /// Returns the mean of `|x|²` [full scale²].
  package static func meanPower(_ x: [IQSample]) -> Double {
    unsafe withFloats(x) { unsafe synthesis_energy($0, x.count) } / Double(max(x.count, 1))
  }

  /// Filters circularly: `out[n] = taps[0]·x[n] + Σ taps[j]·(x[n−j] + x[n+j])`.
  ///
  /// - Parameters:
  ///   - x: The samples, more than there are taps; replaced by the filter's output.
  ///   - taps: The centre tap, then one side of the symmetric response.
  ///   - scratch: Room for the extended input; its content does not matter.
  package static func filter(
    _ x: inout [IQSample], taps: [Float], scratch: inout [IQSample]
  ) {
    let half = taps.count - 1
    precondition(half >= 0 && x.count > half, "more samples than taps")
    scratch.removeAll(keepingCapacity: true)
    scratch.append(contentsOf: x[(x.count - half)...])
    scratch.append(contentsOf: x)
    scratch.append(contentsOf: x[..<half])
    let count = x.count
    unsafe withFloats(&x) { x in
      unsafe withFloats(scratch) {
        unsafe synthesis_symmetric_filter($0 + 2 * half, taps, half, x, count)
      }
    }
  }

  /// Filters circularly with taps that are each other's conjugates on the two sides:
  /// `out[n] = Σ_j even[|j|]·x[n−j] + i·sgn(j)·odd[|j|]·x[n−j]`.
  ///
  /// - Parameters:
  ///   - x: The samples, more than there are taps; replaced by the filter's output.
  ///   - even: The real parts, the centre tap first.
  ///   - odd: The imaginary parts; the first has no effect.
  ///   - scratch: Room for the extended input; its content does not matter.
  package static func filter(
    _ x: inout [IQSample], even: [Float], odd: [Float], scratch: inout [IQSample]
  ) {
    precondition(even.count == odd.count, "both parts of every tap")
    let half = even.count - 1
    filter(&x, taps: even, scratch: &scratch)
    for n in scratch.indices { scratch[n] = IQSample(-scratch[n].q, scratch[n].i) }
    let count = x.count
    unsafe withFloats(&x) { x in
      unsafe withFloats(scratch) {
        unsafe synthesis_add_antisymmetric($0 + 2 * half, odd, half, x, count)
      }
    }
  }

  /// Multiplies each sample by a gain that is linear in its magnitude between the table's points.
  ///
  /// - Parameters:
  ///   - x: The samples.
  ///   - table: The gains at the magnitudes 0, 1/perUnit, 2/perUnit, …, at least two; beyond the
  ///     last it stays.
  ///   - perUnit: The number of the table's steps in a magnitude of 1.
  package static func bend(_ x: inout [IQSample], by table: [IQSample], perUnit: Float) {
    precondition(table.count > 1, "a table of two points or more")
    let count = x.count
    unsafe withFloats(&x) { x in
      unsafe withFloats(table) {
        unsafe synthesis_bend(x, $0, UInt32(table.count - 1), perUnit, count)
      }
    }
  }

  /// Replaces each sample by what an interpolator of 16 taps reads elsewhere, circularly.
  ///
  /// - Parameters:
  ///   - x: The samples, more than 16.
  ///   - positions: Where each is read [2⁻³² samples], each below the number of samples.
  ///   - taps: 513 rows of 16 taps, for fractions of 0 to 1; tap 7 is for the sample before.
  package static func interpolate(
    _ x: inout [IQSample], at positions: [UInt64], taps: [Float]
  ) {
    let count = x.count
    precondition(positions.count == count && count > 16, "one position a sample")
    precondition(taps.count == 513 * 16, "513 rows of 16 taps")
    precondition(positions.allSatisfy { $0 >> 32 < count }, "positions among the samples")
    let extended = x[(count - 7)...] + x + x[..<8]
    unsafe withFloats(&x) { x in
      unsafe withFloats(Array(extended)) {
        unsafe synthesis_interpolate($0, positions, taps, x, count)
      }
    }
  }

  /// Replaces each quadrature part by `a·i + b·q`.
  package static func skew(_ x: inout [IQSample], a: Float, b: Float) {
    let count = x.count
    unsafe withFloats(&x) { unsafe synthesis_skew($0, a, b, count) }
  }

  /// Rounds both parts to multiples of `1/levels`, ties to even, and clips to `[−1, 1 − 1/levels]`.
  package static func quantise(_ x: inout [IQSample], levels: Float) {
    precondition((1...0x1p21).contains(levels), "the kernel rounds up to 22 bits")
    let count = x.count
    unsafe withFloats(&x) { unsafe synthesis_quantise($0, levels, 2 * count) }
  }

  /// Replaces each value by `tanh(scale·x)`.
  package static func limit(_ x: inout [Float], scale: Float) {
    let count = x.count
    unsafe x.withUnsafeMutableBufferPointer {
      guard let first = $0.baseAddress else { return }
      unsafe synthesis_limit(first, scale, count)
    }
  }

  /// Replaces each value by `x^exponent` with the bits of ``PortableMath/pow(_:_:)``.
  ///
  /// - Parameters:
  ///   - x: Positive, normal numbers.
  ///   - exponent: So small that `|exponent·ln x|` is 700 at most.
  package static func powers(_ x: inout [Double], exponent: Double) {
    let count = x.count
    unsafe x.withUnsafeMutableBufferPointer {
      guard let first = $0.baseAddress else { return }
      unsafe synthesis_powers(first, exponent, count)
    }
  }

  /// Fills samples with complex normal numbers, each part of variance 1, advancing the state.
  static func gaussian(_ state: inout [UInt64], into samples: inout [IQSample]) {
    precondition(state.count == Int(SYNTHESIS_GAUSSIAN_WORDS), "a state of the kernel's size")
    let count = samples.count
    unsafe withFloats(&samples) { unsafe synthesis_gaussian(&state, $0, count) }
  }

  /// A sample is two neighbouring floats, so its array is an array of floats twice as long.
  private static func withFloats<Result>(
    _ samples: inout [IQSample], _ body: (UnsafeMutablePointer<Float>) -> Result
  ) -> Result {
    unsafe samples.withUnsafeMutableBytes { raw in
      unsafe body(raw.baseAddress!.assumingMemoryBound(to: Float.self))
    }
  }

  private static func withFloats<Result>(
    _ samples: [IQSample], _ body: (UnsafePointer<Float>) -> Result
  ) -> Result {
    unsafe samples.withUnsafeBytes { raw in
      unsafe body(raw.baseAddress!.assumingMemoryBound(to: Float.self))
    }
  }
}
