import SignalPipeline

/// An evaluation as lines for people.
struct EvaluationText {
  let evaluation: Evaluation

  init(_ evaluation: Evaluation) { self.evaluation = evaluation }

  /// The accuracy, the scores of each class and the worst cells.
  var summary: String {
    let accuracy = evaluation.accuracy
    var text = """
      accuracy   \(figure(accuracy.value)) (\(accuracy.successes) of \(accuracy.count), \
      95 % interval \(figure(accuracy.lower)) to \(figure(accuracy.upper)))
      calibration error \(figure(evaluation.reliability.expectedCalibrationError)), \
      negative log-likelihood \(figure(evaluation.reliability.negativeLogLikelihood))

      """
    if let rejection = evaluation.rejection {
      text += """
        unknown    \(figure(rejection.rejected.value)) below the threshold of \
        \(figure(rejection.threshold)); accuracy of the rest \
        \(figure(rejection.acceptedAccuracy.value))

        """
    }
    text += "class       precision  recall      f1   examples\n"
    for score in evaluation.scores + [evaluation.macroAverage] {
      text += left(score.name, 12) + right(figure(score.precision), 9)
      text += right(figure(score.recall), 8) + right(figure(score.f1), 8)
      text += right(String(score.support), 11) + "\n"
    }
    let unknowns = evaluation.unknowns ?? []
    for unknown in unknowns + (unknowns.count > 1 ? [UnknownClass.all(of: unknowns)] : []) {
      text += """
        unknown to the model: \(unknown.name), AUROC \(figure(unknown.areaUnderCurve)), \
        \(figure(unknown.rejected.value)) of \(unknown.rejected.count) called unknown

        """
    }
    for curve in evaluation.curves {
      guard let worst = curve.worst else { continue }
      text += "worst \(curve.quantity.rawValue) cell: \(figure(worst.accuracy.value)) of "
      text += "\(worst.accuracy.count) from \(figure(worst.lower)) to \(figure(worst.upper))\n"
    }
    return text
  }

  private func figure(_ value: Double) -> String { NumberText.fixed(value, decimals: 4) }

  private func left(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
