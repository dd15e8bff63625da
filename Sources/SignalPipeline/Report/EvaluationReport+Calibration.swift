extension EvaluationReport {
  /// Whether the model's probabilities can be believed.
  func calibration() -> HTMLPage.Section {
    let after = evaluation.reliability
    let temperature = NumberText.fixed(evaluation.temperature, decimals: 3)
    var plot = LinePlot(calibrationOf: evaluation)
    plot.size = (400, 380)
    let rows = after.bins.filter { $0.accuracy.count > 0 }.map { bin in
      [
        HTML(
          "\(NumberText.fixed(bin.lower, decimals: 3)) to "
            + NumberText.fixed(bin.upper, decimals: 3)),
        HTML(Self.percent(bin.confidence)), HTML(Self.percent(bin.accuracy.value)),
        HTML(Self.interval(bin.accuracy)), "\(bin.accuracy.count)",
      ]
    }
    return HTMLPage.Section(
      anchor: "calibration", title: "Calibration",
      content: [
        .paragraph(verdict()), temperatures(temperature),
        .figure(
          plot.svg(),
          """
          Of the examples that were told with a confidence, the share that is right, over 15 ranges \
          of confidence. On the dashed line both agree; below it the model claims too much.
          """),
        .folded(
          "Figures: accuracy against confidence",
          .table(
            "Accuracy against confidence",
            [
              .words("confidence"), .numbers("mean confidence"), .numbers("accuracy"),
              .numbers("95 % interval"), .numbers("examples"),
            ], rows)),
      ])
  }

  /// What the model claims and what is so.
  private func verdict() -> HTML {
    let accuracy = evaluation.accuracy
    let claims = evaluation.reliability.bins.reduce(0) {
      $0 + $1.confidence * Double($1.accuracy.count)
    }
    let claimed = claims / Double(max(accuracy.count, 1))
    let word =
      claimed > accuracy.upper
      ? "it claims too much" : claimed < accuracy.lower ? "it claims too little" : "these agree"
    return """
      On average the model is \(Self.percent(claimed)) sure and \(Self.percent(accuracy.value)) of \
      its answers are right: \(word) (the accuracy's 95 % interval is \(Self.interval(accuracy))).
      """
  }

  /// Errors before and after the temperature.
  private func temperatures(_ temperature: String) -> HTML {
    let before = evaluation.uncalibrated.map { [("1 (as trained)", $0)] } ?? []
    let all = before + [("\(temperature) (the model's)", evaluation.reliability)]
    return .table(
      """
      Expected calibration error (ECE) and negative log-likelihood (NLL), by what the logits are \
      divided by
      """,
      [.words("temperature"), .numbers("ECE"), .numbers("NLL [nats]")],
      all.map { name, reliability in
        [
          HTML(name), HTML(Self.figure(reliability.expectedCalibrationError)),
          HTML(Self.figure(reliability.negativeLogLikelihood)),
        ]
      })
  }
}
