/// A table of numbers with a ground that tells their size.
package struct HeatMap: Sendable {
  /// One field of the table.
  package struct Cell: Sendable {
    /// How strong the ground is, in [0,1].
    package var strength: Double

    /// The lines of text inside.
    package var lines: [String]

    /// What a pointer over the field is told.
    package var tip: String

    /// Creates a field from its parts.
    package init(strength: Double, lines: [String], tip: String) {
      self.strength = strength
      self.lines = lines
      self.tip = tip
    }
  }

  /// What stands above the table.
  package var title: String

  /// What the table shows, for readers that do not see it.
  package var summary: String

  /// What the rows are.
  package var rowTitle: String

  /// What the columns are.
  package var columnTitle: String

  /// The names of the rows, from the top.
  package var rows: [String]

  /// The names of the columns, from the left.
  package var columns: [String]

  /// The fields, row by row.
  package var cells: [Cell]

  /// The width and height of a field [px]; `nil` for what fits the texts with room around them.
  package var cellSize: (width: Double, height: Double)?

  /// Creates a table of `rows.count · columns.count` fields.
  package init(
    title: String, summary: String, rowTitle: String, columnTitle: String, rows: [String],
    columns: [String], cells: [Cell]
  ) {
    precondition(cells.count == rows.count * columns.count, "one field a row and column")
    self.title = title
    self.summary = summary
    self.rowTitle = rowTitle
    self.columnTitle = columnTitle
    self.rows = rows
    self.columns = columns
    self.cells = cells
  }

  /// The table as a drawing.
  package func svg() -> SVGDocument {
    let rowNames = rows.map(Self.shortened)
    let columnNames = columns.map(Self.shortened)
    let longest = cells.flatMap(\.lines).map { SVGDocument.width(of: $0, size: 11) }.max() ?? 0
    let side = cellSize?.width ?? max(46, longest + 10)
    let widest = columnNames.map { SVGDocument.width(of: $0) }.max() ?? 0
    // Names that are wider than their column stand on end.
    let turned = widest > side - 6
    let left = 44 + (rowNames.map { SVGDocument.width(of: $0) }.max() ?? 0)
    let top = 66 + (turned ? widest : 14)
    let height =
      cellSize?.height ?? max(34, 14 * Double(cells.map(\.lines.count).max() ?? 1) + 12)
    let table = (width: side * Double(columns.count), height: height * Double(rows.count))
    let width = max(left + table.width + 24, SVGDocument.width(of: title, size: 14) + 48)
    var svg = SVGDocument(
      width: width, height: top + table.height + 20, title: title, summary: summary)
    svg.text(title, x: width / 2, y: 24, anchor: .middle, class: "title")
    svg.text(columnTitle, x: left + table.width / 2, y: 48, anchor: .middle)
    svg.text(rowTitle, x: 20, y: top + table.height / 2, anchor: .middle, angle: -90)
    for (index, name) in columnNames.enumerated() {
      let x = left + side * (Double(index) + 0.5)
      if turned {
        svg.text(name, x: x + 4, y: top - 8, anchor: .start, angle: -90)
      } else {
        svg.text(name, x: x, y: top - 8, anchor: .middle)
      }
    }
    for (row, name) in rowNames.enumerated() {
      let y = top + height * Double(row)
      svg.text(name, x: left - 8, y: y + height / 2 + 4, anchor: .end)
      for column in columns.indices {
        draw(
          cells[row * columns.count + column], on: &svg,
          x: left + side * Double(column), y: y, width: side, height: height)
      }
    }
    svg.rect(x: left, y: top, width: table.width, height: table.height, class: "frame")
    return svg
  }

  private func draw(
    _ cell: Cell, on svg: inout SVGDocument, x: Double, y: Double, width: Double, height: Double
  ) {
    let strength = cell.strength.isFinite ? min(max(cell.strength, 0), 1) : 0
    svg.rect(
      x: x, y: y, width: width, height: height, class: "heat", opacity: strength, tip: cell.tip)
    // Letters stand out from the ground by 4:1 at least, on light pages and on dark ones.
    let ink = strength > 0.75 ? "small onheat" : strength > 0.6 ? "small midheat" : "small"
    let first = y + height / 2 + 4 - 7 * Double(cell.lines.count - 1)
    for (index, line) in cell.lines.enumerated() {
      svg.text(
        line, x: x + width / 2, y: first + 14 * Double(index), anchor: .middle,
        class: ink)
    }
  }

  /// A name of at most 24 characters.
  private static func shortened(_ name: String) -> String {
    name.count <= 24 ? name : name.prefix(23) + "…"
  }
}
