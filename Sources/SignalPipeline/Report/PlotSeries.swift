/// One line or cloud of a plot.
package struct PlotSeries: Sendable {
  /// How the values are drawn.
  package enum Style: Sendable {
    /// A line from value to value.
    case line
    /// A disc at each value, joined by a line.
    case markers
    /// A disc at each value, numbered from 1 on.
    case numbered
  }

  /// The name in the legend; none for an empty one.
  package var name: String

  /// The positions, ascending.
  package var x: [Double]

  /// The value at each position; what is not finite is left out, and breaks the line.
  package var y: [Double]

  /// How the values are drawn.
  package var style: Style

  /// The ends of the shaded interval around each value, or none.
  package var interval: (lower: [Double], upper: [Double])?

  /// Creates a series of as many values as positions.
  package init(
    _ name: String = "", x: [Double], y: [Double], style: Style = .line,
    interval: (lower: [Double], upper: [Double])? = nil
  ) {
    precondition(x.count == y.count, "\(y.count) values at \(x.count) positions")
    precondition(
      interval.map { $0.lower.count == x.count && $0.upper.count == x.count } ?? true,
      "an interval at each of the \(x.count) positions")
    self.name = name
    self.x = x
    self.y = y
    self.style = style
    self.interval = interval
  }

  /// The runs of finite values as points of the drawing, thinned to what pixels can show.
  ///
  /// In a column of one pixel that holds more than four values, only the first, the lowest,
  /// the highest and the last are kept, in their order: peaks survive, and so does the line.
  ///
  /// - Parameters:
  ///   - horizontal: Maps a position to a column [px].
  ///   - vertical: Maps a value to a row [px].
  /// - Returns: The points of each run [px].
  func runs(
    horizontal: (Double) -> Double, vertical: (Double) -> Double
  ) -> [[(x: Double, y: Double)]] {
    var runs: [[(x: Double, y: Double)]] = []
    var run: [(x: Double, y: Double)] = []
    var column: [(x: Double, y: Double)] = []
    func thinned() -> [(x: Double, y: Double)] {
      guard column.count > 4 else { return column }
      var low = 0
      var high = 0
      for index in column.indices {
        if column[index].y < column[low].y { low = index }
        if column[index].y > column[high].y { high = index }
      }
      return Set([0, low, high, column.count - 1]).sorted().map { column[$0] }
    }
    for (x, y) in zip(x, y) {
      let point = (x: horizontal(x), y: vertical(y))
      guard point.x.isFinite, point.y.isFinite else {
        run += thinned()
        column = []
        if !run.isEmpty { runs.append(run) }
        run = []
        continue
      }
      if let first = column.first, first.x.rounded(.down) != point.x.rounded(.down) {
        run += thinned()
        column = []
      }
      column.append(point)
    }
    run += thinned()
    if !run.isEmpty { runs.append(run) }
    return runs
  }
}
