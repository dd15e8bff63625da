extension LinePlot {
  /// Loss and accuracy of training and validation against the epoch.
  ///
  /// - Parameter history: The epochs, in their order.
  /// - Returns: The plot of the loss, whose caption tells the best epoch, and that of the accuracy.
  package static func training(_ history: [EpochReport]) -> (loss: LinePlot, accuracy: LinePlot) {
    let best = history.last { $0.isBest }.map {
      "best epoch \($0.epoch): validation loss \(figure($0.validationLoss)), "
        + "accuracy \(figure($0.validationAccuracy))"
    }
    let told = "of \(history.count) epochs; \(best ?? "none ended")."
    var loss = plot(of: history, PlotAxis("Loss", unit: "nats"), \.trainingLoss, \.validationLoss)
    loss.title = "Training"
    loss.summary = "Loss \(told)"
    loss.caption = best ?? ""
    let least = history.flatMap { [$0.trainingAccuracy, $0.validationAccuracy] }.min() ?? 0
    // From the tenth below the least, so that differences near 1 are seen, too.
    let from = max(0, (least * 10 - 0.5).rounded(.down) / 10)
    var accuracy = plot(
      of: history, PlotAxis("Accuracy", range: min(from, 0.9)...1), \.trainingAccuracy,
      \.validationAccuracy)
    accuracy.summary = "Accuracy \(told)"
    return (loss, accuracy)
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
