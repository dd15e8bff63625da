internal import Dispatch
internal import Synchronization

extension Parallel {
  /// Computes results on threads while the caller's thread takes them, in order.
  ///
  /// - Parameters:
  ///   - count: The number of results.
  ///   - workers: The number of threads that compute; 1 computes on the caller's, in turn.
  ///   - ahead: How many results at most are under way or wait to be taken, at least 1: they are
  ///     what is in memory.
  ///   - state: Makes what one thread reuses from call to call (plans, buffers).
  ///   - body: Called with the thread's state and an index.
  ///   - take: Called on the caller's thread with each result and its index, from 0 on.
  /// - Throws: What `state`, `body` or `take` threw, once all before it is taken and all threads
  ///   have ended; nothing is taken after it.
  public static func stream<State: ~Copyable, Result: Sendable>(
    _ count: Int, workers: Int, ahead: Int, state: @escaping @Sendable () throws -> State,
    _ body: @escaping @Sendable (_ state: inout State, _ index: Int) throws -> Result,
    take: (_ result: Result, _ index: Int) throws -> Void
  ) throws {
    let workers = max(1, min(workers, ahead, count))
    if workers == 1 {
      var own = try state()
      for index in 0..<count { try take(try body(&own, index), index) }
      return
    }
    let hand = Handover<Result>(count: count, ahead: ahead)
    let threads = DispatchGroup()
    for _ in 0..<workers {
      DispatchQueue.global().async(group: threads) {
        do {
          var own = try state()
          while let index = hand.claim() {
            hand.give(Swift.Result { try body(&own, index) }, at: index)
          }
        } catch {
          if let index = hand.claim() { hand.give(.failure(error), at: index) }
        }
      }
    }
    defer {
      hand.stop(workers: workers)
      threads.wait()
    }
    for index in 0..<count { try take(hand.take(index).get(), index) }
  }

  /// Where threads leave results for the one that takes them.
  private final class Handover<Result: Sendable>: Sendable {
    private struct Shelf {
      var next = 0
      var results: [Int: Swift.Result<Result, any Error>] = [:]
    }

    private let count: Int
    private let ahead: Int
    private let shelf: Mutex<Shelf>
    private let room: DispatchSemaphore
    private let arrivals = DispatchSemaphore(value: 0)

    init(count: Int, ahead: Int) {
      self.count = count
      self.ahead = ahead
      shelf = Mutex(Shelf())
      room = DispatchSemaphore(value: ahead)
    }

    /// Returns the next index, once there is room for its result; `nil` when all are claimed.
    func claim() -> Int? {
      room.wait()
      return shelf.withLock { shelf in
        guard shelf.next < count else { return nil }
        shelf.next += 1
        return shelf.next - 1
      }
    }

    func give(_ result: Swift.Result<Result, any Error>, at index: Int) {
      shelf.withLock { $0.results[index] = result }
      arrivals.signal()
    }

    /// Waits for the result of an index.
    func take(_ index: Int) -> Swift.Result<Result, any Error> {
      while true {
        if let result = shelf.withLock({ $0.results.removeValue(forKey: index) }) {
          room.signal()
          return result
        }
        arrivals.wait()
      }
    }

    /// Lets no more be claimed, and nobody wait.
    ///
    /// A semaphore must not end below its first value, as it would where results are not taken.
    func stop(workers: Int) {
      shelf.withLock { $0.next = count }
      for _ in 0..<ahead + workers { room.signal() }
    }
  }
}
