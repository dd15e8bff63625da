extension EvaluationReport {
  /// What the model calls unknown, rightly and wrongly.
  func unknowns() -> HTMLPage.Section {
    HTMLPage.Section(
      anchor: "unknowns", title: "Unknowns", content: rejections() + strangers())
  }

  /// How much of each known class is called unknown.
  private func rejections() -> [HTML] {
    guard let rejection = evaluation.rejection, rejection.threshold > 0 else {
      return [
        .paragraph(
          """
          The model has no confidence threshold: it always names a class, and never answers \
          unknown.
          """)
      ]
    }
    let threshold = NumberText.fixed(rejection.threshold, decimals: 4)
    let told: HTML = """
      Below a confidence of \(threshold) the model answers unknown: \
      \(Self.percent(rejection.rejected.value)) of the examples of classes that it knows. Of the \
      others \(Self.percent(rejection.acceptedAccuracy.value)) are told rightly.
      """
    guard let shares = rejection.rejectedByClass else { return [.paragraph(told)] }
    return [
      .paragraph(told),
      .table(
        "Examples of known classes that are called unknown",
        [
          .words("class"), .numbers("called unknown"), .numbers("95 % interval"),
          .numbers("examples"),
        ],
        zip(names, shares).map { name, share in
          [
            "\(name: name)", HTML(Self.percent(share.value)), HTML(Self.interval(share)),
            "\(share.count)",
          ]
        }),
    ]
  }

  /// What becomes of classes that the model does not know.
  private func strangers() -> [HTML] {
    guard let unknowns = evaluation.unknowns else {
      return [
        .paragraph(
          """
          These examples are all of classes that the model knows. A dataset of other signals and \
          \(HTML.element("code", "--unknown")) with their classes tell how many of those it lets \
          pass.
          """)
      ]
    }
    let all = unknowns.count > 1 ? [UnknownClass.all(of: unknowns)] : []
    let rows = (unknowns + all).map { unknown in
      [
        "\(name: unknown.name)", HTML(Self.figure(unknown.areaUnderCurve)),
        HTML(Self.percent(unknown.rejected.value)), HTML(Self.interval(unknown.rejected)),
        takenFor(unknown), "\(unknown.rejected.count)",
      ]
    }
    return [
      .table(
        "Examples of classes that the model does not know",
        [
          .words("class"), .numbers("AUROC"), .numbers("called unknown"),
          .numbers("95 % interval"), .words("else mostly taken for"), .numbers("examples"),
        ], rows),
      .paragraph(
        """
        AUROC: how often an example of a known class has the higher confidence of the two, when one \
        is compared with an example of this class. At 1 some threshold parts them wholly; at 0.5 \
        the confidence says nothing.
        """),
    ]
  }

  private func takenFor(_ unknown: UnknownClass) -> HTML {
    guard let most = unknown.takenFor.max(), most > 0,
      let place = unknown.takenFor.firstIndex(of: most)
    else { return "–" }
    return "\(name: names[place]) (\(most))"
  }
}
