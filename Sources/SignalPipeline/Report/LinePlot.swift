/// Values against a quantity, as lines with axes, legend and shaded intervals.
package struct LinePlot: Sendable {
  /// What stands above the plot.
  package var title: String

  /// What the plot shows, for readers that do not see it.
  package var summary: String

  /// What stands in small letters under the title; nothing for an empty one.
  package var caption = ""

  /// The horizontal axis.
  package var xAxis: PlotAxis

  /// The vertical axis.
  package var yAxis: PlotAxis

  /// What is drawn, the last on top; from the seventh on colours repeat.
  package var series: [PlotSeries]

  /// Values of the vertical axis that a dashed line marks.
  package var guides: [Double] = []

  /// Ranges of the horizontal axis that are shaded from top to bottom.
  package var bands: [ClosedRange<Double>] = []

  /// Whether a dashed line shows where both axes are equal.
  package var showsIdentity = false

  /// The size of the drawing [px].
  package var size: (width: Double, height: Double) = (760, 400)

  /// Creates a plot.
  package init(
    title: String, summary: String, xAxis: PlotAxis, yAxis: PlotAxis, series: [PlotSeries]
  ) {
    self.title = title
    self.summary = summary
    self.xAxis = xAxis
    self.yAxis = yAxis
    self.series = series
  }

  /// The plot as a drawing.
  package func svg() -> SVGDocument {
    var svg = SVGDocument(width: size.width, height: size.height, title: title, summary: summary)
    draw(in: &svg)
    return svg
  }

  /// Plots one below another, as one drawing.
  ///
  /// - Parameters:
  ///   - plots: From the top down; all of one width.
  ///   - title: The drawing's name.
  ///   - summary: What it shows, for readers that do not see it.
  /// - Returns: The drawing.
  package static func column(_ plots: [LinePlot], title: String, summary: String) -> SVGDocument {
    var svg = SVGDocument(
      width: plots.map(\.size.width).max() ?? 0,
      height: plots.reduce(0) { $0 + $1.size.height }, title: title, summary: summary)
    var top = 0.0
    for plot in plots {
      svg.moved(down: top) { plot.draw(in: &$0) }
      top += plot.size.height
    }
    return svg
  }

  private func draw(in svg: inout SVGDocument) {
    let xs = series.flatMap(\.x).filter(\.isFinite)
    let ys = series.flatMap { $0.y + ($0.interval.map { $0.lower + $0.upper } ?? []) }
      .filter(\.isFinite)
    var area = PlotArea(
      x: xAxis.range == nil ? Self.tight(xs) : xAxis.limits(low: 0, high: 1),
      y: yAxis.limits(low: ys.min() ?? .nan, high: ys.max() ?? .nan),
      width: size.width, height: size.height)
    let vertical = yAxis.ticks(over: area.y, ticks: Int(area.height / 45))
    let widest = vertical.marks.map { SVGDocument.width(of: $0.text) }.max() ?? 0
    area.left = 38 + widest
    var horizontal = xAxis.ticks(over: area.x, ticks: Int(area.width / 75))
    let broadest = horizontal.marks.map { SVGDocument.width(of: $0.text) }.max() ?? 0
    area.right = max(24, broadest / 2 + 6)
    // Long texts ask for fewer ticks.
    if broadest > 60 {
      horizontal = xAxis.ticks(over: area.x, ticks: Int(area.width / (broadest + 20)))
    }
    let names = series.map(\.name).filter { !$0.isEmpty }
    let rows = legendRows(width: area.width)
    if !names.isEmpty { area.top += 20 * Double(rows.count) }
    if !caption.isEmpty { area.top += 18 }

    svg.text(
      SVGDocument.shortened(title, to: size.width - 24) { SVGDocument.width(of: $0, size: 14) },
      x: size.width / 2, y: 24, anchor: .middle, class: "title")
    if !caption.isEmpty {
      svg.text(
        caption, x: size.width / 2, y: 42, anchor: .middle, class: "small")
    }
    drawGrid(&svg, area, horizontal.marks, vertical.marks)
    svg.text(
      xAxis.text(unit: horizontal.unit), x: area.left + area.width / 2, y: size.height - 12,
      anchor: .middle)
    svg.text(
      yAxis.text(unit: vertical.unit), x: 18, y: area.top + area.height / 2, anchor: .middle,
      angle: -90)
    svg.clipped(x: area.left, y: area.top, width: area.width, height: area.height) { svg in
      for band in bands {
        let (left, right) = (area.column(band.lowerBound), area.column(band.upperBound))
        svg.rect(
          x: left, y: area.top, width: right - left, height: area.height, class: "band")
      }
      for (index, series) in series.enumerated() { drawInterval(&svg, area, series, index) }
      for guide in guides where area.y.contains(guide) {
        let y = area.row(guide)
        svg.line(from: (area.left, y), to: (area.left + area.width, y), class: "guide")
      }
      if showsIdentity {
        let low = max(area.x.lowerBound, area.y.lowerBound)
        let high = min(area.x.upperBound, area.y.upperBound)
        svg.line(
          from: (area.column(low), area.row(low)), to: (area.column(high), area.row(high)),
          class: "guide")
      }
      for (index, series) in series.enumerated() { drawLine(&svg, area, series, index) }
    }
    // Markers on an edge stay whole.
    for (index, series) in series.enumerated() { drawMarkers(&svg, area, series, index) }
    drawLegend(&svg, area, rows)
  }

  /// The ends of the data; a single position gets room on either side.
  private static func tight(_ xs: [Double]) -> ClosedRange<Double> {
    guard let low = xs.min(), let high = xs.max() else { return 0...1 }
    guard (high - low).isFinite else { return 0...1 }
    // Half a unit is lost beside a large number, a part of it is not.
    let room = max(0.5, abs(low) * 1e-3)
    return low < high ? low...high : low - room...low + room
  }

  private func drawGrid(
    _ svg: inout SVGDocument, _ area: PlotArea, _ horizontal: [(value: Double, text: String)],
    _ vertical: [(value: Double, text: String)]
  ) {
    for mark in horizontal {
      let x = area.column(mark.value)
      svg.line(from: (x, area.top), to: (x, area.bottom), class: "grid")
      svg.text(mark.text, x: x, y: area.bottom + 18, anchor: .middle)
    }
    for mark in vertical {
      let y = area.row(mark.value)
      svg.line(from: (area.left, y), to: (area.left + area.width, y), class: "grid")
      svg.text(mark.text, x: area.left - 8, y: y + 4, anchor: .end)
    }
    svg.rect(x: area.left, y: area.top, width: area.width, height: area.height, class: "frame")
  }

  private func drawInterval(
    _ svg: inout SVGDocument, _ area: PlotArea, _ series: PlotSeries, _ index: Int
  ) {
    guard let interval = series.interval else { return }
    // Both edges break where either does, so that they bound one area.
    let whole = zip(interval.lower, interval.upper).map { $0.isFinite && $1.isFinite }
    func edge(_ values: [Double]) -> [[(x: Double, y: Double)]] {
      PlotSeries(x: series.x, y: zip(values, whole).map { $1 ? $0 : .nan })
        .runs(horizontal: area.column, vertical: area.row)
    }
    for (lower, upper) in zip(edge(interval.lower), edge(interval.upper)) {
      let style = "area f\(index % SVGStyle.seriesCount)"
      svg.path(lower + upper.reversed(), closed: true, class: style)
    }
  }

  private func drawLine(
    _ svg: inout SVGDocument, _ area: PlotArea, _ series: PlotSeries, _ index: Int
  ) {
    if case .numbered = series.style { return }
    for run in series.runs(horizontal: area.column, vertical: area.row) {
      svg.path(run, class: "line s\(index % SVGStyle.seriesCount)")
    }
  }

  private func drawMarkers(
    _ svg: inout SVGDocument, _ area: PlotArea, _ series: PlotSeries, _ index: Int
  ) {
    if case .line = series.style { return }
    for (place, (x, y)) in zip(series.x, series.y).enumerated()
    where area.x.contains(x) && area.y.contains(y) {
      svg.disc(
        x: area.column(x), y: area.row(y), radius: 3, class: "f\(index % SVGStyle.seriesCount)",
        tip: "\(NumberText.fixed(x, decimals: 4)), \(NumberText.fixed(y, decimals: 4))")
      guard case .numbered = series.style else { continue }
      svg.text(
        "\(place + 1)", x: area.column(x), y: area.row(y) - 6, anchor: .middle, class: "small")
    }
  }

  /// The indices of the named series, in as many rows as the width asks for.
  private func legendRows(width: Double) -> [[Int]] {
    var rows: [[Int]] = []
    var used = 0.0
    for index in series.indices where !series[index].name.isEmpty {
      let entry = 44 + SVGDocument.width(of: series[index].name)
      if rows.isEmpty || used + entry > width {
        rows.append([])
        used = 0
      }
      rows[rows.count - 1].append(index)
      used += entry
    }
    return rows
  }

  private func drawLegend(_ svg: inout SVGDocument, _ area: PlotArea, _ rows: [[Int]]) {
    for (number, row) in rows.enumerated() {
      let y = area.top - 12 - 20 * Double(rows.count - 1 - number)
      var x = area.left
      for index in row {
        let style = index % SVGStyle.seriesCount
        svg.line(from: (x, y), to: (x + 24, y), class: "line s\(style)")
        if case .markers = series[index].style {
          svg.disc(x: x + 12, y: y, radius: 3, class: "f\(style)")
        }
        svg.text(series[index].name, x: x + 30, y: y + 4)
        x += 44 + SVGDocument.width(of: series[index].name)
      }
    }
  }
}
