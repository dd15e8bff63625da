/// Accuracy against signal-to-noise ratio and offset at once.
package struct AccuracyMap: Hashable, Sendable {
  /// The edges of the rows, ascending: signal-to-noise ratio [dB].
  package let rowEdges: [Double]

  /// The edges of the columns, ascending: offset [cycles/sample].
  package let columnEdges: [Double]

  /// The share of each cell's examples whose class was found, row by row.
  package let cells: [Proportion]

  /// The most rows that a map has.
  package static let mostRows = 12

  /// The number of columns: a tenth of the band each.
  package static let columns = 10

  /// Counts the examples of each cell; there is no map if no example has a usable
  /// signal-to-noise ratio.
  ///
  /// Columns are tenths of the band; rows are 2.5 dB high, or as many times that as leaves at most
  /// ``mostRows``.
  ///
  /// - Parameters:
  ///   - conditions: The conditions of each example.
  ///   - correct: Whether each example's class was found, in the order of the conditions.
  package init?(conditions: [ExampleConditions], correct: [Bool]) {
    precondition(conditions.count == correct.count, "one condition a prediction")
    let fine = AccuracyCurve.defaultEdges(of: .snr, over: conditions)
    guard let low = fine.first, let high = fine.last, low < high else { return nil }
    var height = 2.5
    var rows = 0.0...0
    repeat {
      rows = (low / height + 1e-9).rounded(.down)...(high / height - 1e-9).rounded(.up)
      height += 2.5
    } while rows.upperBound - rows.lowerBound > Double(Self.mostRows)
    rowEdges = stride(from: rows.lowerBound, through: rows.upperBound, by: 1)
      .map { $0 * (height - 2.5) }
    columnEdges = AccuracyCurve.defaultEdges(
      of: .offset, over: conditions, offsetCells: Self.columns)
    var counts = [Int](repeating: 0, count: (rowEdges.count - 1) * Self.columns)
    var hits = counts
    for (conditions, correct) in zip(conditions, correct) {
      guard let row = AccuracyCurve.cell(of: conditions.snr, edges: rowEdges),
        let column = AccuracyCurve.cell(of: conditions.offset, edges: columnEdges)
      else { continue }
      counts[row * Self.columns + column] += 1
      if correct { hits[row * Self.columns + column] += 1 }
    }
    cells = zip(hits, counts).map { Proportion($0, of: $1) }
  }

  /// The number of rows.
  package var rows: Int { rowEdges.count - 1 }

  /// The share of a cell.
  package subscript(row row: Int, column column: Int) -> Proportion {
    cells[row * Self.columns + column]
  }
}
