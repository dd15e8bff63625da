extension HeatMap {
  /// Accuracy against signal-to-noise ratio and offset: percents, the darker the more mistakes.
  ///
  /// The ground goes with the square root of the share of mistakes, so that a few are seen.
  package init(_ map: AccuracyMap) {
    func edge(_ value: Double, _ decimals: Int) -> String {
      PlotAxis.minus(NumberText.fixed(value, decimals: decimals))
    }
    func range(_ row: Int) -> String {
      let decimals = map.rowEdges.allSatisfy { $0 == $0.rounded() } ? 0 : 1
      return edge(map.rowEdges[row], decimals) + "…" + edge(map.rowEdges[row + 1], decimals)
    }
    let rows = Array((0..<map.rows).reversed())
    let cells = rows.flatMap { row in
      (0..<AccuracyMap.columns).map { column in
        let share = map[row: row, column: column]
        let place =
          "\(range(row)) dB at offsets of \(edge(map.columnEdges[column], 1)) to "
          + "\(edge(map.columnEdges[column + 1], 1)) cycles/sample"
        return Cell(
          strength: share.count == 0 ? 0 : (1 - share.value).squareRoot(),
          lines: [share.count == 0 ? "·" : NumberText.fixed(100 * share.value, decimals: 0)],
          tip: "\(place): \(share.successes) of \(share.count)")
      }
    }
    let filled = map.cells.filter { $0.count > 0 }
    let least = filled.min { $0.value < $1.value }
    let counts = filled.map(\.count).sorted()
    self.init(
      title: "Accuracy [%]",
      summary: "Accuracy over \(map.rows) ranges of signal-to-noise ratio and "
        + "\(AccuracyMap.columns) of offset; \(counts.first ?? 0) to \(counts.last ?? 0) examples "
        + "a field, the lowest \(NumberText.percent(least?.value ?? 0)) of \(least?.count ?? 0).",
      rowTitle: "SNR [dB]", columnTitle: "Offset [cycles/sample]", rows: rows.map(range),
      columns: (0..<AccuracyMap.columns).map {
        edge((map.columnEdges[$0] + map.columnEdges[$0 + 1]) / 2, 2)
      }, cells: cells)
    cellSize = (26, 24)
  }
}
