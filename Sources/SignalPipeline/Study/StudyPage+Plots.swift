extension StudyPage {
  /// The accuracy of guessing.
  private var chance: Double { 1 / Double(findings.configuration.signals.classes.count) }

  private static let axis = PlotAxis("Accuracy", range: 0...1)

  /// In range against anywhere, a drawing for each treatment.
  var endPlots: [SVGDocument] {
    StudyTreatment.allCases.compactMap { treatment in
      let groups = findings.presets.filter { $0.treatment == treatment }
      guard !groups.isEmpty else { return nil }
      return plot(
        "Trained \(Self.phrase(of: treatment))", groups.map { ($0.network.rawValue, $0) })
    }
  }

  /// What each change of the sweep does in range and anywhere.
  var sweepPlot: SVGDocument {
    plot(
      "The founding network, changed",
      findings.sweep.map { group in
        let cells = StudyTable.sweepCells(of: group)
        return ("\(cells[0]) \(cells[1])", group)
      })
  }

  private func plot(
    _ title: String, _ rows: [(name: String, group: StudyFindings.Group)]
  ) -> SVGDocument {
    let text = rows.map { row in
      "\(row.name) \(StudyText.share(row.group.inRange.mean)) in range, "
        + "\(StudyText.share(row.group.anywhere.mean)) anywhere"
    }
    return DotPlot(
      title: title, summary: "Accuracy: \(text.joined(separator: "; ")).",
      names: ["in range", "anywhere"], axis: Self.axis,
      rows: rows.map { row in
        DotPlot.Row(
          name: row.name,
          dots: [row.group.inRange, row.group.anywhere].map { spread in
            DotPlot.Dot(value: spread.mean, spread: spread.least...spread.greatest)
          })
      }, guide: chance
    ).svg()
  }

  /// Accuracy against the offset, a drawing for each network.
  var offsetPlots: [SVGDocument] {
    findings.configuration.networks.map { network in
      let groups = findings.presets.filter { $0.network == network }
      let text = groups.map { group in
        "\(group.treatment.name) \(StudyText.share(group.offsets.min() ?? 0)) to "
          + StudyText.share(group.offsets.max() ?? 0)
      }
      var plot = LinePlot(
        title: network.rawValue,
        summary: "Accuracy of \(network.rawValue) in cells of the offset: "
          + "\(text.joined(separator: "; ")).",
        xAxis: PlotAxis("Offset", unit: "cycles/sample", range: -0.5...0.5), yAxis: Self.axis,
        series: groups.map { group in
          PlotSeries(group.treatment.name, x: findings.cells, y: group.offsets)
        })
      plot.guides = [chance]
      plot.size = (360, 300)
      return plot.svg()
    }
  }

  private static func phrase(of treatment: StudyTreatment) -> String {
    switch treatment {
    case .measured: "as measured"
    case .rolled: "with random rolls"
    case .redrawn: "on redrawn offsets"
    case .canonical: "with rolls, canonical in tests"
    }
  }
}
