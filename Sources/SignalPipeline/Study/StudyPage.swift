/// The findings of a study as one page.
struct StudyPage {
  let findings: StudyFindings
  private let command: String

  /// - Parameters:
  ///   - findings: What is told.
  ///   - command: The command line that makes it again.
  init(_ findings: StudyFindings, command: String) {
    self.findings = findings
    self.command = command
  }

  /// The page.
  func page() -> HTMLPage {
    HTMLPage(
      title: "The same signal at another frequency",
      plainTitle: "The same signal at another frequency – psdpipe study",
      sections: [summary, ends, offsets, shifts] + (findings.sweep.isEmpty ? [] : [sweep])
        + [sizes, configuration])
  }

  private var summary: HTMLPage.Section {
    let columns = Array(StudyTable.columns.prefix(5))
    return HTMLPage.Section(
      anchor: "summary", title: "Summary",
      content: [
        .paragraph(
          """
          Trained on power spectra of signals near 0 Hz, and tested there and at any other \
          frequency: \(StudyText.count(findings.configuration.networks.count, "network")), each as \
          measured, with spectra rolled at random while training, and on the same signals generated \
          anew anywhere in the band.
          """),
        .element("ul", [:], verdicts.map { .element("li", HTML($0)) }),
        Self.table(
          "Accuracy. \(StudyText.legend(findings))", columns, words: 2,
          findings.presets.map { Array(StudyTable.cells(of: $0).prefix(5)) }),
        .folded(
          "Figures: 95 % intervals",
          Self.table(
            "The mean over the seeds ± Student's 95 % interval", columns, words: 2,
            findings.presets.map { group in
              [group.network.rawValue, group.treatment.name]
                + [group.inRange, group.anywhere, group.worstCell].map(Self.interval)
            })),
      ])
  }

  /// What each treatment comes to, in words.
  private var verdicts: [String] {
    StudyTreatment.allCases.compactMap { treatment in
      let groups = findings.presets.filter { $0.treatment == treatment }
        .sorted { $0.anywhere.mean < $1.anywhere.mean }
      guard let worst = groups.first, let best = groups.last else { return nil }
      func text(_ group: StudyFindings.Group) -> String {
        "\(group.network.rawValue) \(StudyText.share(group.inRange.mean)) in range, "
          + "\(StudyText.share(group.anywhere.mean)) anywhere"
      }
      let ends = groups.count == 1 ? text(worst) : "from \(text(worst)), to \(text(best))"
      return "\(treatment.name): \(ends)"
    }
  }

  private var ends: HTMLPage.Section {
    HTMLPage.Section(
      anchor: "ends", title: "In range and anywhere",
      content: [
        .paragraph(
          """
          The longer the way from the disc to the square, the more a network hangs on where it was \
          trained. Lines reach from the least to the greatest of the seeds, the dashed line is \
          guessing.
          """),
        .element("div", ["class": "figures"], endPlots.map(Self.figure)),
      ])
  }

  private var offsets: HTMLPage.Section {
    HTMLPage.Section(
      anchor: "offset", title: "Accuracy against the offset",
      content: [
        .paragraph(
          """
          One drawing a network, one line a training, the mean over the seeds in each of \
          \(findings.cells.count) cells of the band; 0 is where the centred training signals are, \
          the dashed line is guessing.
          """),
        .element("div", ["class": "panels"], offsetPlots.map(Self.figure)),
      ])
  }

  private var shifts: HTMLPage.Section {
    let own = findings.configuration
    let columns = [0, 1, 5, 6]
    return HTMLPage.Section(
      anchor: "shifts", title: "Circular shifts",
      content: [
        .paragraph(
          """
          \(own.shiftedExamples) in-range test spectra, each shifted round the circle \(own.shifts) \
          times over the whole band: the share of answers that stay, and the largest change of a \
          logit, of all seeds. Nothing changes but the place; a network that is invariant has 1 and \
          0, one that is but for rounding has some 1e-6.
          """),
        Self.table(
          "Answers under circular shifts", columns.map { StudyTable.columns[$0] }, words: 2,
          findings.presets.map { group in
            let cells = StudyTable.cells(of: group)
            return columns.map { cells[$0] }
          }),
      ])
  }

  private var sweep: HTMLPage.Section {
    HTMLPage.Section(
      anchor: "sweep", title: "What the asker tried",
      content: [
        .paragraph(HTML(StudyText(findings).sweep)),
        .figure(
          sweepPlot,
          """
          What each change does where the network was trained, and what it does elsewhere. The \
          dashed line is guessing.
          """),
        Self.table(
          "One thing changed at a time", StudyTable.sweepColumns, words: 1,
          findings.sweep.map(StudyTable.sweepCells)),
      ])
  }

  private var sizes: HTMLPage.Section {
    HTMLPage.Section(
      anchor: "sizes", title: "Sizes",
      content: [
        Self.table(
          "Trained parameters and operations for one example", StudyTable.sizeColumns, words: 1,
          StudyTable.sizes(of: findings)),
        .paragraph(
          """
          Times of training stand in times.csv and times.md: they alone are not the same in every \
          run.
          """),
      ])
  }

  private var configuration: HTMLPage.Section {
    HTMLPage.Section(
      anchor: "settings", title: "How it was made",
      content: [
        .paragraph(.command(command)), .paragraph("psdpipe \(findings.configuration.version)"),
        .element("ul", [:], StudyText(findings).settings.map { .element("li", HTML($0)) }),
      ])
  }

  private static func figure(_ svg: SVGDocument) -> HTML { .element("figure", .drawing(svg)) }

  private static func interval(_ spread: Spread) -> String {
    StudyText.share(spread.mean) + (spread.halfWidth.map { " ± \(StudyText.share($0))" } ?? "")
  }

  private static func table(
    _ caption: String, _ columns: [String], words: Int, _ rows: [[String]]
  ) -> HTML {
    .table(
      caption,
      columns.enumerated().map { $0 < words ? .words($1) : .numbers($1) },
      rows.map { $0.map { HTML($0) } })
  }
}
