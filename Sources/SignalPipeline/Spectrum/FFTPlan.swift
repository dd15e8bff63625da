internal import CFFTW
internal import Synchronization

/// A complex DFT of one fixed length, with its own aligned buffers.
///
/// The plan is FFTW's estimate: it depends on the length alone, so the same input gives the
/// same bits in every run and on every thread. This file is the only one that imports `CFFTW`.
///
///     forward   X[k] = Σ_n x[n]·exp(−2πi·n·k/N)
///     inverse   x[n] = Σ_k X[k]·exp(+2πi·n·k/N)      (not divided by N)
@safe package struct FFTPlan: ~Copyable, @unchecked Sendable {
  /// The sign of the exponent.
  package enum Direction { case forward, inverse }

  /// FFTW's planner keeps global state; its executor does not.
  private static let planner = Mutex(())

  /// Carries a plan out of the planner's lock.
  @safe private struct Handle: @unchecked Sendable {
    let raw: fftwf_plan?
  }

  /// The DFT length, `N`.
  package let count: Int

  /// The `N` values to transform; ``execute()`` leaves them as they were.
  package let input: UnsafeMutableBufferPointer<IQSample>

  /// The `N` values of the last transform.
  package let output: UnsafeMutableBufferPointer<IQSample>

  private let plan: fftwf_plan

  /// Plans a transform of `count` values, which is at least 1.
  package init(count: Int, direction: Direction) {
    precondition(count > 0, "a DFT has at least one point")
    self.count = count
    unsafe input = Self.allocate(count)
    unsafe output = Self.allocate(count)
    let from = unsafe UnsafeMutableRawPointer(input.baseAddress!)
      .assumingMemoryBound(to: fftwf_complex.self)
    let to = unsafe UnsafeMutableRawPointer(output.baseAddress!)
      .assumingMemoryBound(to: fftwf_complex.self)
    let sign = direction == .forward ? FFTW_FORWARD : FFTW_BACKWARD
    let handle = Self.planner.withLock { _ in
      unsafe Handle(
        raw: fftwf_plan_dft_1d(
          Int32(count), from, to, sign, FFTW_ESTIMATE | FFTW_PRESERVE_INPUT))
    }
    guard let raw = unsafe handle.raw else { preconditionFailure("FFTW has no plan for \(count)") }
    unsafe plan = raw
  }

  deinit {
    let handle = unsafe Handle(raw: plan)
    Self.planner.withLock { _ in unsafe fftwf_destroy_plan(handle.raw) }
    unsafe UnsafeMutableRawPointer(input.baseAddress!).deallocate()
    unsafe UnsafeMutableRawPointer(output.baseAddress!).deallocate()
  }

  /// Transforms ``input`` into ``output``.
  package mutating func execute() { unsafe fftwf_execute(plan) }

  /// Replaces `values`, of which there are ``count``, by their transform.
  package mutating func transform(_ values: inout [IQSample]) {
    precondition(values.count == count, "\(values.count) values for a DFT of \(count)")
    unsafe values.withUnsafeMutableBufferPointer { values in
      unsafe input.baseAddress!.update(from: values.baseAddress!, count: count)
      execute()
      unsafe values.baseAddress!.update(from: output.baseAddress!, count: count)
    }
  }

  /// Zeroed memory on a cache line's boundary, as FFTW's vector code wants it.
  private static func allocate(_ count: Int) -> UnsafeMutableBufferPointer<IQSample> {
    let raw = UnsafeMutableRawPointer.allocate(
      byteCount: count * MemoryLayout<IQSample>.stride, alignment: 64)
    let first = unsafe raw.bindMemory(to: IQSample.self, capacity: count)
    unsafe first.initialize(repeating: .zero, count: count)
    return unsafe UnsafeMutableBufferPointer(start: first, count: count)
  }
}
