extension EvaluationReport {
  /// What the model is and how good, and what stands out.
  func summary() throws -> HTMLPage.Section {
    let accuracy = evaluation.accuracy
    let network = try subject.model.makeNetwork()
    var tiles: [(name: String, value: String, note: String)] = [
      ("accuracy", Self.percent(accuracy.value), "95 % interval \(Self.interval(accuracy))"),
      ("balanced accuracy", Self.percent(evaluation.confusion.balancedAccuracy), "mean recall"),
      (
        "calibration error", Self.figure(evaluation.reliability.expectedCalibrationError),
        "expected (ECE), 15 bins"
      ), ("examples", "\(accuracy.count)", "\(names.count) classes"),
      ("parameters", "\(Self.trainable(network))", "\(Self.flops(network)) an example"),
    ]
    if let rejection = evaluation.rejection, rejection.threshold > 0 {
      tiles.insert(
        (
          "called unknown", Self.percent(rejection.rejected.value),
          "accuracy of the rest \(Self.percent(rejection.acceptedAccuracy.value))"
        ), at: 3)
    }
    return HTMLPage.Section(
      anchor: "summary", title: "Summary",
      content: [
        .element(
          "dl", ["class": "tiles"],
          tiles.map { tile in
            .element(
              "div", .element("dt", HTML(tile.name)),
              .element("dd", HTML(tile.value), .element("small", HTML(tile.note))))
          }),
        .paragraph(standout()),
        .facts([
          ("model", "\(name: subject.name)"),
          ("network", HTML(Self.text(of: network))),
          ("datasets", .names(sources.map(\.folder))),
          ("classes", .names(names)),
        ]), comparison(),
      ])
  }

  /// What stands out, in sentences made of the evaluation.
  private func standout() -> HTML {
    let wrong = evaluation.accuracy.count - evaluation.accuracy.successes
    guard wrong > 0 else { return "All \(evaluation.accuracy.count) examples were told rightly." }
    let confusion = evaluation.confusion
    var most = (truth: 0, predicted: 0, count: 0)
    for truth in names.indices {
      for predicted in names.indices where truth != predicted {
        let count = confusion[truth: truth, predicted: predicted]
        if count > most.count { most = (truth, predicted, count) }
      }
    }
    let support = evaluation.scores[most.truth].support
    let share = Self.percent(Double(most.count) / Double(support))
    let common: HTML = """
      The most common mistake takes \(name: names[most.truth]) for \
      \(name: names[most.predicted]): \(most.count) of \(support) (\(share)), and \
      \(most.count) of all \(wrong) mistakes.
      """
    return "\(common) \(weakest())"
  }

  /// Where accuracy is clearly lower than overall, if it is anywhere.
  private func weakest() -> HTML {
    guard !evaluation.curves.isEmpty else { return .empty }
    let overall = evaluation.accuracy.value
    // By the standard errors that a cell lies below the rest: a few examples prove little.
    func evidence(_ accuracy: Proportion) -> Double {
      (overall - accuracy.value) * Double(accuracy.count).squareRoot()
    }
    let low = evaluation.curves.flatMap { curve in
      curve.cells.filter { $0.accuracy.upper < evaluation.accuracy.lower }
        .map { (curve: curve, cell: $0) }
    }.max { evidence($0.cell.accuracy) < evidence($1.cell.accuracy) }
    guard let low else {
      return "No range of offset, signal-to-noise ratio or bandwidth is clearly worse."
    }
    let accuracy = low.cell.accuracy
    return """
      Accuracy is clearly lower where the \(Self.name(of: low.curve.quantity)) is \
      \(Self.range(low.cell, of: low.curve.quantity)): \(Self.percent(accuracy.value)) of \
      \(accuracy.count) (95 % interval \(Self.interval(accuracy))).
      """
  }

  /// The models beside it in a table; nothing if there are none.
  private func comparison() -> HTML {
    guard !others.isEmpty else { return .empty }
    return .table(
      "Models on these examples",
      [
        .words("model"), .numbers("accuracy"), .numbers("95 % interval"), .numbers("balanced"),
        .numbers("ECE"),
      ],
      ([subject] + others).map { entry in
        let accuracy = entry.evaluation.accuracy
        return [
          "\(name: entry.name)", HTML(Self.percent(accuracy.value)),
          HTML(Self.interval(accuracy)),
          HTML(Self.percent(entry.evaluation.confusion.balancedAccuracy)),
          HTML(Self.figure(entry.evaluation.reliability.expectedCalibrationError)),
        ]
      })
  }

  static func trainable(_ network: Network) -> Int {
    network.parameters.filter(\.isTrainable).reduce(0) { $0 + $1.range.count }
  }

  static func flops(_ network: Network) -> String {
    NumberText.withPrefix(
      Double(network.summary.reduce(0) { $0 + $1.flops }), unit: "FLOP", decimals: 1)
  }

  private static func text(of network: Network) -> String {
    "\(network.description.layers.count) layers, input \(network.inputShape), "
      + "\(trainable(network)) trainable parameters, \(flops(network)) an example"
  }

  static func name(of quantity: AccuracyCurve.Quantity) -> String {
    switch quantity {
    case .offset: "frequency offset"
    case .snr: "signal-to-noise ratio"
    case .bandwidth: "occupied bandwidth"
    }
  }

  /// The ends of a cell with their unit.
  static func range(_ cell: AccuracyCurve.Cell, of quantity: AccuracyCurve.Quantity) -> String {
    let decimals = quantity == .snr ? 1 : 3
    let unit = quantity == .snr ? "dB" : "cycles/sample"
    let ends = [cell.lower, cell.upper].map {
      PlotAxis.minus(NumberText.fixed($0, decimals: decimals))
    }
    return "\(ends[0]) to \(ends[1]) \(unit)"
  }
}
