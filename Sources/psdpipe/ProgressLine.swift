import Glibc

/// A line on a terminal's standard error that is redrawn in place; silent elsewhere.
final class ProgressLine {
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var lastDrawn: ContinuousClock.Instant?

  init() { start = clock.now }

  /// The time since the line was made [s].
  var elapsed: Double { seconds(clock.now - start) }

  /// Redraws the line, at most ten times a second.
  ///
  /// - Parameters:
  ///   - done: How much is done.
  ///   - total: How much there is.
  ///   - unit: What is counted, in the plural.
  ///   - note: What else to tell.
  func update(done: Int, of total: Int, unit: String, note: String = "") {
    guard isTerminal else { return }
    let now = clock.now
    if let lastDrawn, seconds(now - lastDrawn) < 0.1, done < total { return }
    lastDrawn = now
    let share = total == 0 ? 1 : Double(done) / Double(total)
    let filled = Int(share * 30)
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 30 - filled)
    let rate = elapsed > 0 ? Double(done) / elapsed : 0
    let left = rate > 0 ? Int((Double(total - done) / rate).rounded(.up)) : 0
    write("\r\u{1B}[K\(bar) \(done)/\(total) \(unit), \(Int(rate))/s, \(left) s left \(note)")
  }

  /// Ends the line, so that what follows starts on a fresh one.
  func finish() {
    if isTerminal, lastDrawn != nil { write("\r\u{1B}[K") }
  }

  private func seconds(_ duration: Duration) -> Double { duration / .seconds(1) }

  private func write(_ text: String) { Console.error(text, terminator: "") }
}
