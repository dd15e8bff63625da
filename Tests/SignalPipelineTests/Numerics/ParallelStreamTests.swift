import SignalPipeline
import Synchronization
import Testing

@Suite struct ParallelStreamTests {
  private struct Failure: Error, Equatable {
    var index: Int
  }

  @Test("results come in order, once each, on any number of threads", arguments: [1, 2, 3, 8])
  func order(workers: Int) throws {
    var taken: [Int] = []
    try Parallel.stream(100, workers: workers, ahead: 5, state: { 7 }) { state, index in
      state += 1
      // Uneven work, so that results arrive in another order than they are claimed.
      return (0..<(index % 7) * 1000).reduce(index) { $0 ^ $1 &* 0 }
    } take: { result, index in
      #expect(result == index)
      taken.append(index)
    }
    #expect(taken == Array(0..<100))
    try Parallel.stream(0, workers: workers, ahead: 1, state: { 0 }) { _, index in
      index
    } take: { _, _ in
      Issue.record("there is nothing to take")
    }
  }

  @Test("no more results than asked are under way", arguments: [1, 2, 8])
  func bounded(workers: Int) throws {
    let started = Atomic(0)
    try Parallel.stream(60, workers: workers, ahead: 3, state: { 0 }) { _, index in
      started.add(1, ordering: .sequentiallyConsistent)
      return index
    } take: { _, index in
      #expect(started.load(ordering: .sequentiallyConsistent) <= index + 1 + 3)
    }
  }

  @Test("an error ends it after what came before, whoever threw it", arguments: [1, 2, 4])
  func errors(workers: Int) throws {
    var taken = 0
    #expect(throws: Failure(index: 20)) {
      try Parallel.stream(100, workers: workers, ahead: 4, state: { 0 }) { _, index in
        if index >= 20 { throw Failure(index: index) }
        return index
      } take: { _, _ in
        taken += 1
      }
    }
    #expect(taken == 20)
    #expect(throws: Failure(index: 3)) {
      try Parallel.stream(100, workers: workers, ahead: 4, state: { 0 }) { _, index in
        index
      } take: { _, index in
        if index == 3 { throw Failure(index: index) }
      }
    }
    #expect(throws: Failure(index: -1)) {
      try Parallel.stream(
        100, workers: workers, ahead: 4, state: { () throws -> Int in throw Failure(index: -1) }
      ) { _, index in
        index
      } take: { _, _ in
      }
    }
  }
}
