import SignalPipeline

/// What an epoch of training reached, as text.
struct EpochText {
  private let report: EpochReport

  init(_ report: EpochReport) { self.report = report }

  /// One line for people.
  var line: String {
    func figure(_ value: Double) -> String { NumberText.fixed(value, decimals: 4) }
    return "epoch \(report.epoch): loss \(figure(report.trainingLoss)), "
      + "accuracy \(figure(report.trainingAccuracy)); validation loss "
      + "\(figure(report.validationLoss)), accuracy \(figure(report.validationAccuracy))"
      + (report.isBest ? " (best)" : "")
  }

  /// Accuracy against the epoch, for training and validation.
  static func plot(of history: [EpochReport]) -> LinePlot {
    let epochs = history.map { Double($0.epoch) }
    let last = history.last.map { NumberText.fixed($0.validationAccuracy, decimals: 4) } ?? "none"
    return LinePlot(
      title: "Training",
      summary: "Accuracy of \(history.count) epochs; the last validates \(last).",
      xAxis: PlotAxis("Epoch"), yAxis: PlotAxis("Accuracy", range: 0...1),
      series: [
        PlotSeries("training", x: epochs, y: history.map(\.trainingAccuracy)),
        PlotSeries("validation", x: epochs, y: history.map(\.validationAccuracy)),
      ])
  }
}
