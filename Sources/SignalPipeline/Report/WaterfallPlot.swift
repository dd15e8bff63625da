/// A waterfall with its axes: frequency to the right, time downwards, levels as colours.
package struct WaterfallPlot: Sendable {
  /// What stands above the picture.
  package let title: String

  /// What stands under the title, and describes the picture to readers that do not see it.
  package let caption: String

  /// The levels of the first and the last colour [dB]: lower and higher ones have the same.
  package let levels: ClosedRange<Double>

  /// One pixel for each row and column.
  package let cells: Raster

  private let frequency: PlotAxis
  private let time: PlotAxis
  private let bar: PlotAxis

  /// Lays out what a waterfall holds, which has at least one row.
  ///
  /// Colours reach from the 5th percentile of the levels to the 99.9th, or over 20 dB where that
  /// is less, so that neither a single burst nor a gap sets them.
  ///
  /// - Parameters:
  ///   - waterfall: The rows and columns.
  ///   - title: What stands above the picture.
  ///   - unit: What levels are told in, with the sample rate where it is known.
  ///   - centre: The frequency of bin 0 Hz [Hz]; needs a sample rate.
  package init(
    _ waterfall: borrowing Waterfall, title: String, unit: SpectrumUnit, centre: Double = 0
  ) {
    let (rows, columns) = (waterfall.rows, waterfall.columns)
    precondition(rows > 0, "a picture of no rows")
    let bins = waterfall.configuration.bins
    let factor = unit.factor(noiseBandwidth: waterfall.noiseBandwidth)
    let values = waterfall.powers.map { Decibels.level(Double($0) * factor) }
    levels = Self.range(of: values)
    let (low, span) = (levels.lowerBound, levels.upperBound - levels.lowerBound)
    cells = Raster(
      width: columns, height: rows,
      pixels: values.map { level in
        let share = (level - low) / span
        // What is not above the lowest, NaN too, has its colour.
        return share > 0 ? UInt8(min(share, 1) * Double(Raster.colors - 1)) : 0
      })

    let rate = unit.sampleRate
    frequency = PlotAxis(frequenciesAt: rate, centre: centre)
    let length = Double(rows * waterfall.samplesPerRow)
    let duration = length / (rate ?? 1)
    // Kiloseconds are nobody's unit.
    time = PlotAxis(
      "Time", unit: rate == nil ? "samples" : "s", range: 0...duration,
      takesPrefix: rate != nil && duration < 1)
    bar = PlotAxis(
      unit.scale == .density ? "Density" : "Power", unit: unit.levelDescription, range: levels)
    self.title = title
    let reduced =
      waterfall.binsPerColumn == 1 ? "" : ", the highest of \(waterfall.binsPerColumn) a column"
    let row = Double(waterfall.samplesPerRow)
    caption =
      "\(bins) bins\(reduced); a row is "
      + (rate.map { NumberText.withPrefix(row / $0, unit: "s") }
        ?? "\(waterfall.samplesPerRow) samples")
  }

  private static func range(of values: [Double]) -> ClosedRange<Double> {
    let sorted = values.filter(\.isFinite).sorted()
    guard let last = sorted.last else { return -20...0 }
    let low = sorted[sorted.count / 20]
    let high = min(last, sorted[Int(Double(sorted.count - 1) * 0.999)])
    return low...max(high, low + 20)
  }

  /// The picture as a PNG file, whose cells are whole pixels.
  package func png() -> [UInt8] {
    let width = cells.width * max(1, Waterfall.columnLimit / cells.width)
    let height = cells.height * max(1, Waterfall.rowLimit / cells.height)
    let layout = Layout<Raster>(self, width: Double(width), height: Double(height))
    var raster = Raster(width: Int(layout.size.width), height: Int(layout.size.height))
    layout.draw(self, on: &raster)
    return raster.png
  }

  /// The picture as a drawing that holds its cells as a PNG.
  package func svg() -> SVGDocument {
    let layout = Layout<SVGDocument>(self, width: 720, height: 450)
    var svg = SVGDocument(
      width: layout.size.width, height: layout.size.height, title: title,
      summary: "Levels over frequency and time: \(caption).")
    layout.draw(self, on: &svg)
    return svg
  }

  /// Where everything stands on one kind of canvas [px].
  private struct Layout<Surface: Canvas> {
    typealias Ticks = (marks: [(value: Double, text: String)], unit: String)

    let size: (width: Double, height: Double)
    private let plot: (width: Double, height: Double)
    private let left: Double
    private let top: Double
    private let barLeft: Double
    private let columns: Ticks
    private let rows: Ticks
    private let levels: Ticks
    private let barWidth = 18.0
    private let tick = 6.0

    init(_ picture: WaterfallPlot, width: Double, height: Double) {
      /// As many ticks as have room, at least two.
      func ticks(_ axis: PlotAxis, _ room: Double) -> Ticks {
        axis.ticks(over: axis.limits(low: 0, high: 1), ticks: Int(room))
      }
      func widest(_ ticks: Ticks) -> Double {
        ticks.marks.map { Surface.width(of: $0.text) }.max() ?? 0
      }
      let line = 2 * Surface.capitals
      rows = ticks(picture.time, height / (2.5 * line))
      levels = ticks(picture.bar, height / (2.5 * line))
      // Long texts ask for fewer ticks.
      let broad = widest(ticks(picture.frequency, width / 75))
      columns = ticks(picture.frequency, width / (broad + 2 * line))
      plot = (width, height)
      left = (line + widest(rows) + tick + 12).rounded()
      top = (2 * line + 24).rounded()
      let overhang = max(16, widest(columns) / 2)
      barLeft = (left + width + overhang).rounded()
      size = (
        (barLeft + barWidth + tick + 8 + widest(levels) + 1.5 * line).rounded(),
        (top + height + tick + 2 * line + 16).rounded()
      )
    }

    func draw(_ picture: WaterfallPlot, on canvas: inout Surface) {
      let capitals = Surface.capitals
      let bottom = top + plot.height
      func text(
        _ text: String, _ x: Double, _ y: Double, _ anchor: SVGDocument.Anchor = .middle,
        class name: String = "", angle: Double = 0
      ) {
        canvas.text(text, x: x, y: y, anchor: anchor, class: name, angle: angle)
      }
      let middle = left + plot.width / 2
      let title = SVGDocument.shortened(picture.title, to: plot.width, width: Surface.width)
      text(title, middle, 12 + capitals, class: "title")
      text(picture.caption, middle, top - 12)
      canvas.fill(picture.cells, x: left, y: top, width: plot.width, height: plot.height)
      canvas.frame(x: left, y: top, width: plot.width, height: plot.height)

      let frequencies = picture.frequency.limits(low: 0, high: 1)
      let span = frequencies.upperBound - frequencies.lowerBound
      for mark in columns.marks {
        let x = left + (mark.value - frequencies.lowerBound) / span * plot.width
        canvas.line(from: (x, bottom), to: (x, bottom + tick), class: "frame")
        text(mark.text, x, bottom + tick + 6 + capitals)
      }
      text(picture.frequency.text(unit: columns.unit), middle, size.height - 10)

      let times = picture.time.limits(low: 0, high: 1)
      for mark in rows.marks {
        let y = top + mark.value / times.upperBound * plot.height
        canvas.line(from: (left - tick, y), to: (left, y), class: "frame")
        text(mark.text, left - tick - 4, y + capitals / 2, .end)
      }
      text(
        picture.time.text(unit: rows.unit), 8 + capitals, top + plot.height / 2, angle: -90)

      let colors = Raster(
        width: 1, height: Raster.colors, pixels: (0..<UInt8(Raster.colors)).reversed())
      canvas.fill(colors, x: barLeft, y: top, width: barWidth, height: plot.height)
      canvas.frame(x: barLeft, y: top, width: barWidth, height: plot.height)
      let (low, high) = (picture.levels.lowerBound, picture.levels.upperBound)
      for mark in levels.marks {
        let y = bottom - (mark.value - low) / (high - low) * plot.height
        canvas.line(
          from: (barLeft + barWidth, y), to: (barLeft + barWidth + tick, y), class: "frame")
        text(mark.text, barLeft + barWidth + tick + 4, y + capitals / 2, .start)
      }
      text(
        picture.bar.text(unit: levels.unit), size.width - 8, top + plot.height / 2, angle: -90)
    }
  }
}
