internal import CFFTW
internal import Synchronization

/// A complex DFT of one fixed length, with its own aligned buffers.
///
/// The plan is FFTW's estimate, unless wisdom of the length was imported: it depends on the length
/// and that wisdom alone, never on the amount of work, so the same input gives the same bits in
/// every run and on every thread. This file is the only one that imports `CFFTW`.
///
///     forward   X[k] = Σ_n x[n]·exp(−2πi·n·k/N)
///     inverse   x[n] = Σ_k X[k]·exp(+2πi·n·k/N)      (not divided by N)
@safe package struct FFTPlan: ~Copyable, @unchecked Sendable {
  /// The sign of the exponent.
  package enum Direction { case forward, inverse }

  /// How a plan is found.
  package enum Effort {
    /// By rules, at once; imported wisdom comes first.
    case estimate
    /// By timing many plans, for seconds. What is found becomes wisdom.
    case patient
    /// By wisdom of a patient search only.
    case wisdom

    fileprivate var flags: UInt32 {
      let flags =
        switch self {
        case .estimate: FFTW_ESTIMATE
        case .patient: FFTW_PATIENT
        case .wisdom: FFTW_PATIENT | FFTW_WISDOM_ONLY
        }
      // Wisdom is known by all that defines a problem: this must be the same for every effort.
      return flags | FFTW_PRESERVE_INPUT
    }
  }

  /// What FFTW keeps for a length and direction; one serves all threads.
  @safe private final class Shared: @unchecked Sendable {
    let raw: fftwf_plan

    init(_ raw: fftwf_plan) { unsafe self.raw = raw }

    deinit { FFTPlan.planner.withLock { _ in unsafe fftwf_destroy_plan(raw) } }
  }

  private struct Problem: Hashable { let count: Int, direction: Direction }

  /// FFTW's planner keeps global state, its executor does not; and it takes as long for a large
  /// transform as twenty transforms do, so plans that last are kept.
  private static let planner = Mutex([Problem: Shared]())

  /// How many plans are kept.
  private static let mostKept = 16

  /// The DFT length, `N`.
  package let count: Int

  /// The `N` values to transform; ``execute()`` leaves them as they were.
  package let input: UnsafeMutableBufferPointer<IQSample>

  /// The `N` values of the last transform.
  package let output: UnsafeMutableBufferPointer<IQSample>

  private let plan: Shared

  /// Plans a transform of `count` values, which is at least 1.
  package init(count: Int, direction: Direction) {
    guard let plan = FFTPlan(count: count, direction: direction, effort: .estimate) else {
      preconditionFailure("FFTW has no plan for \(count)")
    }
    self = plan
  }

  /// Plans a transform of `count` values, which is at least 1.
  ///
  /// - Returns: The plan; `nil` without the wisdom that `effort` asks for.
  package init?(count: Int, direction: Direction, effort: Effort) {
    precondition(count > 0, "a DFT has at least one point")
    let input = unsafe Self.allocate(count)
    let output = unsafe Self.allocate(count)
    // Plans are destroyed under the lock, so they must outlive it.
    var dropped: [Problem: Shared] = [:]
    let plan: Shared? = Self.planner.withLock { kept in
      let problem = Problem(count: count, direction: direction)
      if effort == .estimate, let plan = kept[problem] { return plan }
      let plan = unsafe Self.plan(problem, effort, input, output)
      // What was kept was made without the wisdom that a search adds.
      if effort == .patient || kept.count == Self.mostKept { swap(&kept, &dropped) }
      if effort == .estimate { kept[problem] = plan }
      return plan
    }
    guard let plan else {
      unsafe input.deallocate()
      unsafe output.deallocate()
      return nil
    }
    self.count = count
    unsafe self.input = input
    unsafe self.output = output
    self.plan = plan
  }

  private static func plan(
    _ problem: Problem, _ effort: Effort, _ input: UnsafeMutableBufferPointer<IQSample>,
    _ output: UnsafeMutableBufferPointer<IQSample>
  ) -> Shared? {
    let from = unsafe UnsafeMutableRawPointer(input.baseAddress!)
      .assumingMemoryBound(to: fftwf_complex.self)
    let to = unsafe UnsafeMutableRawPointer(output.baseAddress!)
      .assumingMemoryBound(to: fftwf_complex.self)
    let sign = problem.direction == .forward ? FFTW_FORWARD : FFTW_BACKWARD
    return unsafe fftwf_plan_dft_1d(Int32(problem.count), from, to, sign, effort.flags)
      .map { unsafe Shared($0) }
  }

  deinit {
    unsafe input.deallocate()
    unsafe output.deallocate()
  }

  /// Transforms ``input`` into ``output``.
  package mutating func execute() {
    unsafe UnsafeMutableRawPointer(input.baseAddress!)
      .withMemoryRebound(to: fftwf_complex.self, capacity: count) { from in
        unsafe UnsafeMutableRawPointer(output.baseAddress!)
          .withMemoryRebound(to: fftwf_complex.self, capacity: count) { to in
            unsafe fftwf_execute_dft(plan.raw, from, to)
          }
      }
  }

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

extension FFTPlan {
  /// Adds to the wisdom of this process; plans made from now on use it.
  ///
  /// - Parameter wisdom: What ``exportWisdom()`` returned.
  /// - Returns: Whether it is wisdom of this very library; if not, nothing is added.
  package static func importWisdom(_ wisdom: String) -> Bool {
    var dropped: [Problem: Shared] = [:]
    return planner.withLock { kept in
      swap(&kept, &dropped)
      return unsafe fftwf_import_wisdom_from_string(wisdom) == 1
    }
  }

  /// The wisdom of this process, as text.
  package static func exportWisdom() -> String {
    planner.withLock { _ in
      guard let text = unsafe fftwf_export_wisdom_to_string() else { return "" }
      defer { unsafe fftwf_free(text) }
      return unsafe String(cString: text)
    }
  }

  /// Forgets the wisdom of this process; plans that were made stay.
  package static func forgetWisdom() {
    var dropped: [Problem: Shared] = [:]
    planner.withLock { kept in
      swap(&kept, &dropped)
      fftwf_forget_wisdom()
    }
  }
}
