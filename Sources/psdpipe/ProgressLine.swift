import Glibc

/// A line on a terminal's standard error that is redrawn in place; silent elsewhere.
final class ProgressLine {
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var lastDrawn: ContinuousClock.Instant?

  init() { start = clock.now }

  // An error's message starts on a fresh line, too.
  deinit { finish() }

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
    guard Console.isTerminal else { return }
    let now = clock.now
    if let lastDrawn, seconds(now - lastDrawn) < 0.1, done < total { return }
    lastDrawn = now
    let share = total == 0 ? 1 : Double(done) / Double(total)
    let rate = elapsed > 0 ? Double(done) / elapsed : 0
    let left = rate > 0 ? Int((Double(total - done) / rate).rounded(.up)) : 0
    var text = " \(done)/\(total) \(unit), \(Int(rate))/s, \(left) s left"
    if !note.isEmpty { text += ", \(note)" }
    // A line that wraps cannot be redrawn in place; the last column wraps on some terminals.
    let width = min(30, max(0, Self.columns - 1 - text.count))
    let filled = Int(share * Double(width))
    let bar =
      String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
    write("\r\u{1B}[K\((bar + text).prefix(Self.columns - 1))")
  }

  /// Removes the line, so that what follows starts on a fresh one.
  func finish() {
    if lastDrawn != nil { write("\r\u{1B}[K") }
    lastDrawn = nil
  }

  /// The width of the terminal; 80 where it does not tell.
  private static var columns: Int {
    var size = winsize()
    let status = unsafe ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size)
    return status == 0 && size.ws_col > 1 ? Int(size.ws_col) : 80
  }

  private func seconds(_ duration: Duration) -> Double { duration / .seconds(1) }

  private func write(_ text: String) { Console.error(text, terminator: "") }
}
