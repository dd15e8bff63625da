import SignalPipeline

/// What epochs of training reached, as text and as curves.
struct EpochText {
  private let report: EpochReport

  init(_ report: EpochReport) { self.report = report }

  /// One line for people.
  var line: String {
    "epoch \(report.epoch): loss \(Self.figure(report.trainingLoss)), "
      + "accuracy \(Self.figure(report.trainingAccuracy)); validation loss "
      + "\(Self.figure(report.validationLoss)), accuracy \(Self.figure(report.validationAccuracy))"
      + (report.isBest ? " (best)" : "")
  }

  /// Loss and accuracy against the epoch, for training and validation.
  static func curves(of history: [EpochReport]) -> SVGDocument {
    var loss = plot(of: history, PlotAxis("Loss", unit: "nats"), \.trainingLoss, \.validationLoss)
    loss.title = "Training"
    let best = history.last { $0.isBest }.map {
      "best epoch \($0.epoch): validation loss \(figure($0.validationLoss)), "
        + "accuracy \(figure($0.validationAccuracy))"
    }
    loss.caption = best ?? ""
    let least = history.flatMap { [$0.trainingAccuracy, $0.validationAccuracy] }.min() ?? 0
    // From the tenth below the least, so that differences near 1 are seen, too.
    let from = max(0, (least * 10 - 0.5).rounded(.down) / 10)
    var accuracy = plot(
      of: history, PlotAxis("Accuracy", range: min(from, 0.9)...1), \.trainingAccuracy,
      \.validationAccuracy)
    accuracy.series = accuracy.series.map {
      PlotSeries(x: $0.x, y: $0.y, style: $0.style)
    }
    return LinePlot.column(
      [loss, accuracy], title: loss.title,
      summary: "Loss and accuracy of \(history.count) epochs; \(best ?? "none ended").")
  }

  private static func plot(
    of history: [EpochReport], _ axis: PlotAxis, _ training: (EpochReport) -> Double,
    _ validation: (EpochReport) -> Double
  ) -> LinePlot {
    let epochs = history.map { Double($0.epoch) }
    // Of more epochs, discs would hide the lines.
    let style = history.count <= 40 ? PlotSeries.Style.markers : .line
    var plot = LinePlot(
      title: "", summary: "", xAxis: PlotAxis("Epoch"), yAxis: axis,
      series: [
        PlotSeries("training", x: epochs, y: history.map(training), style: style),
        PlotSeries("validation", x: epochs, y: history.map(validation), style: style),
      ])
    plot.xAxis.counts = true
    plot.size.height = 320
    return plot
  }

  private static func figure(_ value: Double) -> String { NumberText.fixed(value, decimals: 4) }
}
