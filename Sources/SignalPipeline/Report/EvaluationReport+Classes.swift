extension EvaluationReport {
  /// Which class was taken for which.
  func confusion() -> HTMLPage.Section {
    HTMLPage.Section(
      anchor: "confusion", title: "Confusion matrix",
      content: [
        .figure(
          HeatMap(evaluation.confusion, title: "Examples of each class").svg(),
          """
          A row a true class, a column what it was taken for: the number of examples and its share \
          of the row. What is right stands on the diagonal.
          """)
      ])
  }

  /// Precision, recall and F1 of each class.
  func classes() -> HTMLPage.Section {
    let rows = evaluation.scores.enumerated().map { index, score in
      let hits = evaluation.confusion[truth: index, predicted: index]
      return row(
        of: score, named: "\(name: score.name)",
        interval: Self.interval(Proportion(hits, of: score.support)))
    }
    let average = row(of: evaluation.macroAverage, named: "macro average", interval: "")
    return HTMLPage.Section(
      anchor: "classes", title: "Classes",
      content: [
        .table(
          "Precision, recall and F1 of each class",
          [
            .words("class"), .numbers("precision"), .numbers("recall"),
            .numbers("95 % interval"), .numbers("F1"), .numbers("examples"),
            .numbers("predictions"),
          ], rows + [average]),
        .paragraph(
          """
          Precision: the share of what was called so that is. Recall, with its 95 % interval: the \
          share of what is so that was found. F1: their harmonic mean.
          """),
      ])
  }

  private func row(of score: ClassScore, named name: HTML, interval: String) -> [HTML] {
    [
      name, HTML(Self.percent(score.precision)), HTML(Self.percent(score.recall)), HTML(interval),
      HTML(Self.figure(score.f1)), HTML("\(score.support)"), HTML("\(score.predicted)"),
    ]
  }
}
