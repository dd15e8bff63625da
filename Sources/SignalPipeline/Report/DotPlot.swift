/// Values of many things as dots on one scale, a row each, with the spread of each value.
package struct DotPlot: Sendable {
  /// A value and the ends of its spread.
  package struct Dot: Sendable {
    /// Where the dot stands.
    package var value: Double
    /// What a line behind the dot covers.
    package var spread: ClosedRange<Double>
  }

  /// One thing.
  package struct Row: Sendable {
    /// What stands beside the row.
    package var name: String
    /// A dot for each of the plot's names; `nil` for none.
    package var dots: [Dot?]
  }

  /// What stands above the plot.
  package var title: String

  /// What the plot shows, for readers that do not see it.
  package var summary: String

  /// What the dots of each row are, in their order: six at most.
  package var names: [String]

  /// The axis of the values.
  package var axis: PlotAxis

  /// The rows, from the top.
  package var rows: [Row]

  /// A value that a dashed line marks.
  package var guide: Double?

  private static let rowHeight = 20.0
  private static let width = 440.0
  private static let top = 64.0

  /// The plot as a drawing.
  package func svg() -> SVGDocument {
    let height = Double(rows.count) * Self.rowHeight
    let bottom = Self.top + height
    var svg = SVGDocument(
      width: Self.width, height: bottom + 48, title: title, summary: summary)
    let left = 20 + (rows.map { SVGDocument.width(of: $0.name) }.max() ?? 0)
    let (room, limits) = (Self.width - left - 24, axis.limits(low: 0, high: 1))
    func column(_ value: Double) -> Double {
      left + (value - limits.lowerBound) / (limits.upperBound - limits.lowerBound) * room
    }
    svg.text(title, x: Self.width / 2, y: 24, anchor: .middle, class: "title")
    var x = left
    for (index, name) in names.enumerated() {
      mark(in: &svg, index, x: x + 6, y: 44, tip: nil)
      svg.text(name, x: x + 18, y: 48)
      x += 34 + SVGDocument.width(of: name)
    }
    let ticks = axis.ticks(over: limits, ticks: Int(room / 60))
    for tick in ticks.marks {
      svg.line(
        from: (column(tick.value), Self.top), to: (column(tick.value), bottom), class: "grid")
      svg.text(tick.text, x: column(tick.value), y: bottom + 18, anchor: .middle)
    }
    svg.rect(x: left, y: Self.top, width: room, height: height, class: "frame")
    if let guide {
      svg.line(from: (column(guide), Self.top), to: (column(guide), bottom), class: "guide")
    }
    for (place, row) in rows.enumerated() {
      let y = Self.top + (Double(place) + 0.5) * Self.rowHeight
      svg.text(row.name, x: left - 8, y: y + 4, anchor: .end)
      for (index, dot) in row.dots.enumerated() {
        guard let dot else { continue }
        svg.line(
          from: (column(dot.spread.lowerBound), y), to: (column(dot.spread.upperBound), y),
          class: "line s\(index)")
        let value = NumberText.fixed(dot.value, decimals: 4)
        mark(
          in: &svg, index, x: column(dot.value), y: y, tip: "\(row.name), \(names[index]): \(value)"
        )
      }
    }
    svg.text(
      axis.text(unit: ticks.unit), x: left + room / 2, y: bottom + 38, anchor: .middle)
    return svg
  }

  /// Draws a square for every second name, so that colour is not all that tells dots apart.
  private func mark(
    in svg: inout SVGDocument, _ index: Int, x: Double, y: Double, tip: String?
  ) {
    if index.isMultiple(of: 2) {
      svg.disc(x: x, y: y, radius: 5, class: "f\(index)", tip: tip)
    } else {
      svg.rect(x: x - 4.5, y: y - 4.5, width: 9, height: 9, class: "f\(index)", tip: tip)
    }
  }
}
