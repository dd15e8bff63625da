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
    let plots = LinePlot.training(history)
    return LinePlot.column(
      [plots.loss, plots.accuracy], title: plots.loss.title,
      summary: "Loss and accuracy of \(history.count) epochs; "
        + "\(plots.loss.caption.isEmpty ? "none ended" : plots.loss.caption).")
  }

  private static func figure(_ value: Double) -> String { NumberText.fixed(value, decimals: 4) }
}
