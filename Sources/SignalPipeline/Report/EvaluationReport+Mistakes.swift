extension EvaluationReport {
  /// The mistakes that were made with the most confidence.
  func mistakes() throws(FileError) -> HTMLPage.Section {
    let words: HTML =
      worst.mistakes.isEmpty
      ? "There is no mistake."
      : """
      The wrong answers given with the most confidence, each beside the rightly told examples \
      whose features are nearest: one of the class that it was taken for and one of its own. All \
      are drawn with the signal in the middle, in dB below their highest point.
      """
    var content = [HTML.paragraph(words)]
    for (index, mistake) in worst.mistakes.enumerated() {
      content += try panels(of: mistake, number: index + 1)
    }
    return HTMLPage.Section(anchor: "mistakes", title: "Worst mistakes", content: content)
  }

  private func panels(
    of mistake: WorstMistakes.Mistake, number: Int
  ) throws(FileError) -> [HTML] {
    let label = names[mistake.label]
    let taken = names[mistake.prediction]
    let confidence = NumberText.fixed(mistake.confidence, decimals: 4)
    var plots = [
      try plot(
        mistake.example, "\(number): \(label)", "taken for \(taken)",
        "Mistake \(number): an example of \(label) that was taken for \(taken) with a confidence "
          + "of \(confidence).")
    ]
    var missing: [String] = []
    for (name, neighbour) in [(taken, mistake.nearestPredicted), (label, mistake.nearestTrue)] {
      guard let neighbour else {
        missing.append(name)
        continue
      }
      plots.append(
        try plot(
          neighbour.example, "\(name), the nearest",
          "distance \(NumberText.fixed(neighbour.distance, decimals: 2))",
          "Beside mistake \(number): of the rightly told examples of \(name) the nearest, at a "
            + "distance of \(NumberText.fixed(neighbour.distance, decimals: 2))."))
    }
    // One scale for all, so that they compare.
    let low = plots.compactMap(\.yAxis.range?.lowerBound).min() ?? -1
    for index in plots.indices { plots[index].yAxis.range = low...0 }
    let none: HTML =
      missing.isEmpty ? .empty : " No example of \(HTML.names(missing)) was told rightly."
    return [
      .element("h3", "\(number). \(name: label), taken for \(name: taken)"),
      .paragraph("Confidence \(confidence); \(place(of: mistake.example)).\(none)"),
      .element("div", ["class": "panels"], plots.map { HTML.drawing($0.svg()) }),
    ]
  }

  private func plot(
    _ example: Int, _ title: String, _ caption: String, _ summary: String
  ) throws(FileError) -> LinePlot {
    let dataset = scored.dataset
    let spectrum = try dataset.spectra.values(of: example)
    return LinePlot(
      example: spectrum[..<dataset.spectrum.bins],
      centre: dataset.conditions.isEmpty ? nil : dataset.conditions[example].offset,
      title: title, caption: caption, summary: summary)
  }

  /// Where an example stands and what it was made with.
  private func place(of example: Int) -> HTML {
    let dataset = scored.dataset
    let part = dataset.parts.enumerated().first { $0.element.rows.contains(example) }
    let row = example - (part?.element.rows.lowerBound ?? 0)
    let folder = part.map { sources.indices.contains($0.offset) ? sources[$0.offset].folder : "" }
    let stands: HTML = "row \(row) of \(name: folder ?? "")"
    guard !dataset.conditions.isEmpty else { return stands }
    let conditions = dataset.conditions[example]
    func number(_ value: Double, _ decimals: Int) -> String {
      PlotAxis.minus(NumberText.fixed(value, decimals: decimals))
    }
    return """
      \(stands), SNR \(number(conditions.snr, 1)) dB, offset \(number(conditions.offset, 3)), \
      bandwidth \(number(conditions.bandwidth, 3)) cycles/sample
      """
  }
}
