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
  ///   - note: What to tell in place of these numbers.
  func update(done: Int, of total: Int, unit: String, note: String? = nil) {
    guard Console.isTerminal else { return }
    let now = clock.now
    if let lastDrawn, seconds(now - lastDrawn) < 0.1, done < total { return }
    lastDrawn = now
    let share = total == 0 ? 1 : Double(done) / Double(total)
    let rate = elapsed > 0 ? Double(done) / elapsed : 0
    let left = rate > 0 ? Int((Double(total - done) / rate).rounded(.up)) : 0
    let pace =
      note.map { "\($0), \(Int(rate)) \(unit)/s" } ?? "\(done)/\(total) \(unit), \(Int(rate))/s"
    let text = " \(pace), \(Self.time(left)) left"
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

  /// A time such as `59 s`, `12:05 min` or `1:02:03 h`.
  private static func time(_ seconds: Int) -> String {
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let (minutes, hours) = (seconds / 60 % 60, seconds / 3600)
    if hours > 0 { return "\(hours):\(two(minutes)):\(two(seconds % 60)) h" }
    return minutes > 0 ? "\(minutes):\(two(seconds % 60)) min" : "\(seconds) s"
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
