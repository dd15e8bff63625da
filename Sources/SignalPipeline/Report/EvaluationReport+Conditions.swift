extension EvaluationReport {
  /// Accuracy against signal-to-noise ratio, offset and bandwidth.
  func conditions() -> HTMLPage.Section {
    func section(_ content: [HTML]) -> HTMLPage.Section {
      HTMLPage.Section(anchor: "conditions", title: "Conditions", content: content)
    }
    guard !evaluation.curves.isEmpty else {
      return section([
        .paragraph(
          """
          The dataset does not tell the conditions of its examples (it has no conditions.jsonl), so \
          accuracy is not told against signal-to-noise ratio, offset and bandwidth.
          """)
      ])
    }
    let order: [AccuracyCurve.Quantity] = [.snr, .offset, .bandwidth]
    var figures = order.compactMap { quantity in
      evaluation.curve(quantity).map { curve in
        HTML.figure(plot(curve).svg(), caption(of: curve))
      }
    }
    if let map {
      figures.insert(
        .figure(
          HeatMap(map).svg(),
          """
          Both at once, in percent: the stronger a field's colour, the more mistakes; a dot where \
          there is no example. Few examples make a field uncertain: 9 right ones of 10 can be \
          anything from 60 to 98 %.
          """), at: min(2, figures.count))
    }
    return section(
      [.element("div", ["class": "figures"], figures)]
        + order.compactMap(evaluation.curve).map(self.figures(of:)))
  }

  private func caption(of curve: AccuracyCurve) -> HTML {
    let outside =
      curve.outside == 0 ? "" : " \(curve.outside) examples lie outside and are left out."
    let total = curve.cells.reduce(0) { $0 + $1.accuracy.count }
    return """
      Accuracy in each of \(curve.cells.count) ranges, of \(total) examples in all, and its 95 % \
      interval (Wilson).\(outside)
      """
  }

  private func plot(_ curve: AccuracyCurve) -> LinePlot {
    var plot = LinePlot(
      curve, against: others.map { ($0.name, $0.evaluation) }, named: subject.name)
    // From the tenth below all intervals, so that differences near 1 are seen, too.
    let least = plot.series.flatMap { $0.interval?.lower ?? [] }.filter(\.isFinite).min() ?? 0
    plot.yAxis.range = min(0.9, (least * 10).rounded(.down) / 10)...1
    plot.size = (400, 290 + (others.isEmpty ? 0 : 20 * Double(others.count + 1)))
    return plot
  }

  private func figures(of curve: AccuracyCurve) -> HTML {
    let name = Self.name(of: curve.quantity)
    return .folded(
      "Figures: accuracy against \(name)",
      .table(
        "Accuracy against \(name)",
        [
          .words(name), .numbers("accuracy"), .numbers("95 % interval"), .numbers("right"),
          .numbers("examples"),
        ],
        curve.cells.filter { $0.accuracy.count > 0 }.map { cell in
          [
            HTML(Self.range(cell, of: curve.quantity)), HTML(Self.percent(cell.accuracy.value)),
            HTML(Self.interval(cell.accuracy)), "\(cell.accuracy.successes)",
            "\(cell.accuracy.count)",
          ]
        }))
  }
}
