extension EvaluationReport {
  /// Where along frequency the network looks.
  func attention() -> HTMLPage.Section {
    func section(_ content: [HTML]) -> HTMLPage.Section {
      HTMLPage.Section(anchor: "attention", title: "Where the network looks", content: content)
    }
    guard !profiles.isEmpty else {
      return section([
        .paragraph(
          names.count < 2
            ? "A model of one class has nothing to tell apart: its answer hangs on no frequency."
            : "No example was told rightly, so there is no right answer to take apart.")
      ])
    }
    let left = names.indices.filter { label in !profiles.contains { $0.label == label } }
    let none: HTML =
      left.isEmpty
      ? .empty : " No example of \(HTML.names(left.map { names[$0] })) was told rightly."
    return section([
      .paragraph(
        """
        A stretch of 1/32 of the band is faded to the noise floor and the network asked again: what \
        the log-odds of the right class lose is what it saw there. Below 0, hiding the stretch \
        makes the class more likely. Means over rightly told examples, each with its signal moved \
        to the middle.\(none)
        """),
      .element(
        "div", ["class": "figures"],
        profiles.map { profile in
          .element("figure", .drawing(LinePlot(profile, of: names[profile.label]).svg()))
        }),
    ])
  }
}
