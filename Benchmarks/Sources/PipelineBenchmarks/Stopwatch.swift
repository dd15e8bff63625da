/// Times several contenders in turns, so that a machine's moods meet them all alike.
struct Stopwatch {
  /// One way to do the work.
  struct Contender {
    var name: String
    var run: () -> Void
  }

  /// How often each contender runs.
  var rounds = 15

  /// Returns the median time of each contender [s], after one run that does not count.
  func medians(of contenders: [Contender]) -> [Double] {
    let clock = ContinuousClock()
    var times = [[Double]](repeating: [], count: contenders.count)
    for contender in contenders { contender.run() }
    for _ in 0..<rounds {
      for (index, contender) in contenders.enumerated() {
        let time = clock.measure { contender.run() }
        times[index].append(Double(time.components.attoseconds) * 1e-18)
        times[index][times[index].count - 1] += Double(time.components.seconds)
      }
    }
    return times.map { $0.sorted()[$0.count / 2] }
  }
}
