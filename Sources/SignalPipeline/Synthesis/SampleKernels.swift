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
