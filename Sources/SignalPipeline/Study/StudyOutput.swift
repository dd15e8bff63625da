/// The files that tell what a study came to.
struct StudyOutput {
  private let findings: StudyFindings
  private let times: [(run: StudyRun, time: StudyTime)]
  private let command: String

  /// - Parameters:
  ///   - findings: What is told.
  ///   - times: How long each training took.
  ///   - command: The command line that makes it again.
  init(
    _ findings: StudyFindings, times: [(run: StudyRun, time: StudyTime)], command: String
  ) {
    self.findings = findings
    self.times = times
    self.command = command
  }

  /// Writes `study.csv`, `study.json`, `study.md`, `study.html`, and of the times, which alone
  /// differ from run to run, `times.csv` and `times.md`.
  ///
  /// - Throws: ``FileError`` if the folder can't be written.
  func write(into folder: StudyFolder) throws(FileError) {
    let json = folder.file("study.json")
    let table = StudyTable(findings, command: command)
    try OutputFile.write(table.csv, to: folder.file("study.csv"))
    try OutputFile.write(
      JSON.encode(findings, layout: .indented, path: json) + [UInt8(ascii: "\n")], to: json)
    try OutputFile.write(table.markdown, to: folder.file("study.md"))
    try OutputFile.write(
      StudyPage(findings, command: command).page().text, to: folder.file("study.html"))
    try OutputFile.write(timeTable, to: folder.file("times.csv"))
    try OutputFile.write(timeMarkdown, to: folder.file("times.md"))
  }

  private var timeTable: String {
    "network,training,changed,value,seed,seconds,examples_per_second\n"
      + times.map { run, time in
        let value = run.variation.map { $0.quantity == .reference ? "" : "\($0.value)" } ?? ""
        return "\(run.network.rawValue),\(run.treatment.rawValue),"
          + "\(run.variation?.quantity.rawValue ?? ""),\(value),\(run.seed),"
          + "\(NumberText.fixed(time.seconds, decimals: 2)),"
          + "\(NumberText.fixed(time.rate, decimals: 1))\n"
      }.joined()
  }

  private var timeMarkdown: String {
    let rows = findings.configuration.networks.map { network in
      let own = times.filter { $0.run.network == network && $0.run.variation == nil }.map(\.time)
      return [network.rawValue] + Self.cells(of: own)
    }
    let sweep = times.filter { $0.run.variation != nil }.map(\.time)
    let all =
      rows + (sweep.isEmpty ? [] : [["sweep"] + Self.cells(of: sweep)])
      + [["all"] + Self.cells(of: times.map(\.time))]
    return """
      # Times of training

      Wall time of training and validation on this machine, as busy as it was; they are kept apart
      since no run repeats them. Making the data and testing come on top.

      \(StudyTable.table(["network", "trainings", "seconds in all", "examples/s"], all))
      """
  }

  private static func cells(of times: [StudyTime]) -> [String] {
    let sum = times.reduce(into: StudyTime()) { sum, time in
      sum.seconds += time.seconds
      sum.examples += time.examples
    }
    return [
      "\(times.count)", NumberText.fixed(sum.seconds, decimals: 1),
      NumberText.fixed(sum.rate, decimals: 0),
    ]
  }
}
