import SignalPipeline

/// Lines of text: what was measured, its median, its range, and how it compares.
enum Table {
  /// The rate at which `amount` things were done in each of the times.
  static func rate(
    _ name: String, _ amount: Double, _ unit: String, in times: Stopwatch.Times,
    note: String = ""
  ) -> String {
    line(
      name, (amount / times.median, amount / times.most, amount / times.least), unit, note: note)
  }

  /// The time that one of `amount` things took.
  static func duration(
    _ name: String, of amount: Double, in times: Stopwatch.Times, note: String = ""
  ) -> String {
    let scale = 1e6 / amount
    return line(
      name, (times.median * scale, times.least * scale, times.most * scale), "µs", note: note)
  }

  private static func line(
    _ name: String, _ value: (median: Double, low: Double, high: Double), _ unit: String,
    note: String
  ) -> String {
    let decimals = value.median < 100 ? 1 : 0
    func text(_ value: Double) -> String { NumberText.fixed(value, decimals: decimals) }
    let median = text(value.median)
    let gap = String(repeating: " ", count: max(1, 48 - name.count - median.count))
    let range = "\(median) \(unit) (\(text(value.low))–\(text(value.high)))"
    return "  \(name)\(gap)\(range)" + (note.isEmpty ? "" : ", \(note)")
  }
}
