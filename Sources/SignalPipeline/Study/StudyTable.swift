/// The findings of a study as text: a line a group as CSV, and tables of Markdown.
struct StudyTable {
  private let findings: StudyFindings
  private let command: String

  /// - Parameters:
  ///   - findings: What is told.
  ///   - command: The command line that makes it again.
  init(_ findings: StudyFindings, command: String) {
    self.findings = findings
    self.command = command
  }

  /// The groups as CSV, with all figures.
  var csv: String {
    var head = ["network", "training", "changed", "value", "seeds", "parameters", "flops"]
    head += ["training_examples", "epochs", "converged"]
    for name in ["in_range", "anywhere", "worst_cell", "consistent"] {
      head += [name, "\(name)_least", "\(name)_greatest", "\(name)_half_width"]
    }
    head.append("greatest_logit_change")
    let rows = [head] + findings.groups.map(Self.csvCells)
    return rows.map { $0.joined(separator: ",") + "\n" }.joined()
  }

  private static func csvCells(of group: StudyFindings.Group) -> [String] {
    let changed = group.variation?.quantity
    let value = changed == .reference ? nil : group.variation?.value
    var cells = [group.network.rawValue, group.treatment.rawValue, changed?.rawValue ?? ""]
    cells.append(value.map { "\($0)" } ?? "")
    cells += ["\(group.inRange.count)", "\(group.parameters)", "\(group.flops)"]
    cells += ["\(group.trainingExamples)", "\(group.epochs.mean)", "\(group.converged)"]
    for spread in [group.inRange, group.anywhere, group.worstCell, group.consistent] {
      cells += ["\(spread.mean)", "\(spread.least)", "\(spread.greatest)"]
      cells.append(spread.halfWidth.map { "\($0)" } ?? "")
    }
    return cells + ["\(group.greatestChange)"]
  }

  /// The findings as Markdown.
  var markdown: String {
    """
    # Shift invariance of \(StudyText.count(findings.configuration.networks.count, "network"))

    `\(command)`, psdpipe \(findings.configuration.version)

    \(StudyText(findings).settings.map { "- \($0)" }.joined(separator: "\n"))

    ## Networks

    \(Self.table(Self.columns, findings.presets.map(Self.cells)))
    \(StudyText.legend(findings))

    ## Sizes

    \(Self.table(Self.sizeColumns, Self.sizes(of: findings)))
    \(sweep)
    """
  }

  private var sweep: String {
    guard !findings.sweep.isEmpty else { return "" }
    return """

      ## What the asker tried

      \(StudyText(findings).sweep)

      \(Self.table(Self.sweepColumns, findings.sweep.map(Self.sweepCells)))
      """
  }

  /// The columns of the networks' table; the first two are words.
  static let columns = [
    "network", "training", "in range", "anywhere", "worst cell", "consistent", "max |Δlogit|",
    "epochs", "converged",
  ]

  /// The row of a network.
  static func cells(of group: StudyFindings.Group) -> [String] {
    [group.network.rawValue, group.treatment.name] + figures(of: group)
  }

  /// The columns of the sizes' table; the first is a word.
  static let sizeColumns = ["network", "parameters", "MFLOP"]

  /// The rows of the networks' sizes.
  static func sizes(of findings: StudyFindings) -> [[String]] {
    findings.configuration.networks.compactMap { network in
      findings.presets.first { $0.network == network }.map { group in
        [
          network.rawValue, "\(group.parameters)",
          NumberText.fixed(Double(group.flops) / 1e6, decimals: 1),
        ]
      }
    }
  }

  /// The columns of the sweep's table; the first is a word.
  static let sweepColumns = ["changed", "to"] + Array(columns[2..<8]) + ["parameters"]

  /// The row of a change.
  static func sweepCells(of group: StudyFindings.Group) -> [String] {
    let variation = group.variation
    let isReference = variation?.quantity == .reference
    return [
      isReference ? "nothing" : variation?.quantity.name ?? "",
      isReference ? "" : "\(variation?.value ?? 0)",
    ] + Array(figures(of: group).dropLast()) + ["\(group.parameters)"]
  }

  private static func figures(of group: StudyFindings.Group) -> [String] {
    let spreads = [group.inRange, group.anywhere, group.worstCell, group.consistent]
    var cells = spreads.map(StudyText.spread)
    cells.append(StudyText.change(group.greatestChange))
    cells.append(NumberText.fixed(group.epochs.mean, decimals: 1))
    cells.append("\(group.converged) of \(group.inRange.count)")
    return cells
  }

  /// A table of Markdown.
  static func table(_ columns: [String], _ rows: [[String]]) -> String {
    // A bar would end the cell.
    let head = columns.map { $0.replacing("|", with: "\\|") }
    return ([head, columns.map { _ in "---" }] + rows).map {
      "| \($0.joined(separator: " | ")) |\n"
    }.joined()
  }
}
