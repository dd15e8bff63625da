import FoundationEssentials
import SignalPipeline

/// The times of work that is repeated for some seconds, after half a second and three repeats that
/// do not count; as `Peers/turns.py` takes them of the others.
struct TurnTimes {
  /// What a contender answers.
  struct Answer: Encodable {
    /// The median time of one repeat [s].
    var seconds: Double
    /// How many repeats were timed.
    var repeats: Int
    /// The most memory that the process held [MB].
    var peakMB: Double
    /// The network's parameters, by which the runner checks that all computed the same one.
    var parameters: Int
  }

  private let wanted: Double
  private let clock = ContinuousClock()
  private let begin: ContinuousClock.Instant
  private var last: ContinuousClock.Instant
  private var warmUps = 0
  private var times: [Double] = []
  private var total = 0.0

  /// Prepares to time repeats for as long.
  init(seconds: Double) {
    wanted = seconds
    begin = clock.now
    last = begin
  }

  /// Whether enough was timed.
  var isComplete: Bool { total >= wanted && times.count >= 5 }

  /// The median time of a repeat [s].
  var median: Double { times.sorted()[times.count / 2] }

  /// Ends a repeat and begins the next; with `isStart` what came before is none.
  mutating func mark(isStart: Bool = false) {
    let now = clock.now
    defer { last = now }
    guard !isStart else { return }
    warmUps += 1
    guard warmUps > 3, (now - begin) / .seconds(1) > 0.5 else { return }
    times.append((now - last) / .seconds(1))
    total += times[times.count - 1]
  }

  /// Returns what is answered.
  func answer(parameters: Int) throws -> Answer {
    let status = try String(contentsOf: URL(filePath: "/proc/self/status"), encoding: .utf8)
    let peak = status.firstMatch(of: /VmHWM:\s+(\d+) kB/).flatMap { Double($0.output.1) } ?? .nan
    return Answer(
      seconds: median, repeats: times.count, peakMB: peak * 1024 / 1e6, parameters: parameters)
  }
}
