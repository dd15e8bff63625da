extension EvaluationReport {
  /// How the model was trained, epoch by epoch.
  func training() -> HTMLPage.Section {
    func section(_ content: [HTML]) -> HTMLPage.Section {
      HTMLPage.Section(anchor: "training", title: "Training", content: content)
    }
    guard let history = subject.model.provenance.history, !history.isEmpty else {
      return section([
        .paragraph(
          """
          The model does not tell what its epochs came to: it was trained by a version of psdpipe \
          that did not note it, or by other means.
          """)
      ])
    }
    let plots = LinePlot.training(history)
    var loss = plots.loss
    var accuracy = plots.accuracy
    loss.title = "Loss"
    loss.caption = ""
    accuracy.title = "Accuracy"
    loss.size = (400, 290)
    accuracy.size = (400, 290)
    return section([
      .element(
        "div", ["class": "figures"],
        .element("figure", .drawing(loss.svg())), .element("figure", .drawing(accuracy.svg()))),
      .paragraph(
        """
        What the model keeps is that of the epoch with the least validation loss\
        \(plots.loss.caption.isEmpty ? "" : ": \(plots.loss.caption)").
        """),
      .folded(
        "Figures: each epoch",
        .table(
          "Epochs",
          [
            .words("epoch"), .numbers("learning rate"), .numbers("training loss"),
            .numbers("training accuracy"), .numbers("validation loss"),
            .numbers("validation accuracy"),
          ], history.map(row))),
    ])
  }

  private func row(of epoch: EpochReport) -> [HTML] {
    [
      HTML("\(epoch.epoch)\(epoch.isBest ? " (best so far)" : "")"),
      HTML(NumberText.fixed(epoch.learningRate, decimals: 6)),
      HTML(Self.figure(epoch.trainingLoss)), HTML(Self.percent(epoch.trainingAccuracy)),
      HTML(Self.figure(epoch.validationLoss)), HTML(Self.percent(epoch.validationAccuracy)),
    ]
  }
}
