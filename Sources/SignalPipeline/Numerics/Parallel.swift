internal import Dispatch
internal import Synchronization

/// Work spread over threads, with results that never depend on how many there are.
public enum Parallel {
  /// Calls `body` once for every element, on at most `workers` threads.
  ///
  /// Elements are claimed one by one, so uneven work is balanced. `body` has its element to
  /// itself.
  ///
  /// - Parameters:
  ///   - elements: What is worked on, in place.
  ///   - workers: The largest number of threads; 1 stays on the caller's.
  ///   - body: Called with each element and its index.
  public static func forEach<Element>(
    _ elements: inout [Element], workers: Int,
    _ body: @Sendable (_ element: inout Element, _ index: Int) -> Void
  ) {
    let count = elements.count
    let workers = max(1, min(workers, count))
    if workers == 1 {
      for index in 0..<count { body(&elements[index], index) }
      return
    }
    let next = Atomic(0)
    unsafe elements.withUnsafeMutableBufferPointer { buffer in
      let shared = unsafe SharedBuffer(base: buffer.baseAddress!)
      DispatchQueue.concurrentPerform(iterations: workers) { _ in
        while true {
          let index = next.add(1, ordering: .relaxed).oldValue
          guard index < count else { return }
          unsafe body(&shared.base[index], index)
        }
      }
    }
  }

  /// Returns `body`'s results for the indices `0..<count`, in order.
  ///
  /// - Parameters:
  ///   - count: The number of indices.
  ///   - workers: The largest number of threads; 1 stays on the caller's.
  ///   - state: Makes what one thread reuses from call to call (plans, buffers).
  ///   - body: Called with the thread's state and an index.
  /// - Returns: One result an index, in the order of the indices.
  /// - Throws: What `state` or `body` threw, the lowest index first.
  public static func map<State: ~Copyable, Result: Sendable>(
    _ count: Int, workers: Int, state: @Sendable () throws -> State,
    _ body: @Sendable (_ state: inout State, _ index: Int) throws -> Result
  ) throws -> [Result] {
    let workers = max(1, min(workers, count))
    if workers == 1 {
      var own = try state()
      return try (0..<count).map { try body(&own, $0) }
    }
    let next = Atomic(0)
    let failure = Mutex<(index: Int, error: any Error)?>(nil)
    var results = [Result?](repeating: nil, count: count)
    unsafe results.withUnsafeMutableBufferPointer { buffer in
      let shared = unsafe SharedBuffer(base: buffer.baseAddress!)
      DispatchQueue.concurrentPerform(iterations: workers) { _ in
        var index = -1
        do {
          var own = try state()
          while true {
            index = next.add(1, ordering: .relaxed).oldValue
            guard index < count else { return }
            unsafe shared.base[index] = try body(&own, index)
          }
        } catch {
          next.store(count, ordering: .relaxed)
          failure.withLock { if index < $0?.index ?? .max { $0 = (index, error) } }
        }
      }
    }
    if let (_, error) = failure.withLock({ $0 }) { throw error }
    return results.map { result in
      guard let result else { preconditionFailure("an index was left out") }
      return result
    }
  }

  /// Carries an array's memory to threads that write different elements of it.
  @safe private struct SharedBuffer<Element>: @unchecked Sendable {
    let base: UnsafeMutablePointer<Element>
  }
}
