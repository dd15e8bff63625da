/// All that is told about a model on datasets, as one page.
///
/// The same models and datasets give the same bytes, on any number of threads.
package struct EvaluationReport: Sendable {
  /// A model and what it reached.
  package struct Entry: Sendable {
    /// What the user calls it.
    package let name: String
    /// The model.
    package let model: Model
    /// What it reached.
    package let evaluation: Evaluation

    /// Creates an entry from its parts.
    package init(name: String, model: Model, evaluation: Evaluation) {
      self.name = name
      self.model = model
      self.evaluation = evaluation
    }
  }

  /// A folder that examples come from.
  package struct Source: Sendable {
    /// The folder's path.
    package let folder: String
    /// What it says about itself.
    package let manifest: DatasetManifest

    /// Creates a source from its parts.
    package init(folder: String, manifest: DatasetManifest) {
      self.folder = folder
      self.manifest = manifest
    }
  }

  /// The most mistakes that are shown.
  package static let mistakeCount = 8

  let subject: Entry
  let others: [Entry]
  let scored: ScoredDataset
  let sources: [Source]
  let command: String
  let map: AccuracyMap?
  let worst: WorstMistakes
  let profiles: [OcclusionProfile]

  /// Computes what the page shows beyond the evaluation.
  ///
  /// - Parameters:
  ///   - subject: The model that the page is about.
  ///   - others: Models to draw beside it.
  ///   - scored: What the model said of the examples.
  ///   - sources: The folders that the examples come from.
  ///   - command: The command line that makes the page again.
  ///   - workers: The largest number of threads; the result never depends on it.
  /// - Throws: ``FileError`` when a spectrum can't be read.
  package init(
    of subject: Entry, against others: [Entry] = [], scored: ScoredDataset, sources: [Source],
    command: String, workers: Int
  ) throws {
    self.subject = subject
    self.others = others
    self.scored = scored
    self.sources = sources
    self.command = command
    let correct = zip(scored.scores.labels, scored.scores.predictions).map { $0 == $1 }
    map =
      scored.conditions.isEmpty
      ? nil : AccuracyMap(conditions: scored.conditions, correct: correct)
    worst = try WorstMistakes(of: scored, count: Self.mistakeCount, workers: workers)
    profiles = try OcclusionProfile.profiles(of: scored, workers: workers)
  }

  /// The page.
  ///
  /// - Throws: ``FileError`` when the spectrum of an example that is shown can't be read,
  ///   ``ConfigurationError`` when the model's network can't be built.
  package func page() throws -> HTMLPage {
    let folders = sources.map(\.folder)
    return HTMLPage(
      title: "How good is \(name: subject.name) on \(HTML.names(folders))?",
      plainTitle: "\(subject.name) on \(folders.joined(separator: ", ")) – psdpipe evaluate",
      sections: [
        try summary(), confusion(), classes(), conditions(), calibration(), unknowns(),
        try mistakes(), attention(), training(), try configuration(),
      ])
  }

  var evaluation: Evaluation { subject.evaluation }

  /// The names of the model's classes.
  var names: [String] { subject.model.classes }

  /// A share, such as `98.7 %`, that no line's end parts.
  static func percent(_ share: Double) -> String {
    "\(NumberText.fixed(100 * share, decimals: 1))\u{A0}%"
  }

  /// A share with its 95 % interval.
  static func interval(_ share: Proportion) -> String {
    "\(percent(share.lower)) to \(percent(share.upper))"
  }

  /// A figure with four decimals.
  static func figure(_ value: Double) -> String {
    PlotAxis.minus(NumberText.fixed(value, decimals: 4))
  }
}
