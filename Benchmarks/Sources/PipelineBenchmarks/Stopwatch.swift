/// Times several contenders in turns, so that a machine's moods meet them all alike.
struct Stopwatch {
  /// One way to do some work.
  struct Contender {
    var name: String
    var run: () throws -> Void
  }

  /// What was measured of one contender [s].
  struct Times {
    var median: Double
    var least: Double
    var most: Double
  }

  /// How often each contender runs, after one run that does not count.
  var rounds = 15

  /// Returns the times of each contender.
  func times(of contenders: [Contender]) throws -> [Times] {
    let clock = ContinuousClock()
    var times = [[Double]](repeating: [], count: contenders.count)
    for contender in contenders { try contender.run() }
    for _ in 0..<rounds {
      for (index, contender) in contenders.enumerated() {
        times[index].append(try clock.measure { try contender.run() } / .seconds(1))
      }
    }
    return times.map { unsorted in
      let sorted = unsorted.sorted()
      return Times(
        median: sorted[sorted.count / 2], least: sorted[0], most: sorted[sorted.count - 1])
    }
  }
}
