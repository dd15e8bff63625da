import ArgumentParser
import SignalPipeline

extension PSDPipe {
  /// Tells how good a model is on a dataset.
  struct Evaluate: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Tell a model's accuracy on datasets, by class, offset and SNR.",
      discussion: """
        Prints a summary; --out writes evaluation.json and pictures of the confusion matrix and \
        of the accuracy against offset, SNR and bandwidth; --report writes one page with these \
        and more. Several datasets are used as one: classes of the same name are one class.

        EXAMPLES
          psdpipe generate test/ --preset sdr --count 4000 --seed 99
          psdpipe evaluate model.safetensors test/ --out report/
          psdpipe evaluate model.safetensors test/ --report report.html
          psdpipe evaluate model.safetensors test/ others/ --unknown css,ssb
          psdpipe evaluate builtin test/
          psdpipe evaluate model.safetensors test/ recorded/
          psdpipe evaluate model.safetensors test/ --trained-on train/
          psdpipe evaluate founding.safetensors any/ --against model.safetensors --out report/
          psdpipe evaluate model.safetensors test/ --invariance
        """)

    @Argument(help: "A model file, or 'builtin'.")
    var model: String

    @Argument(help: "Dataset folders, one or more that are used as one.")
    var datasets: [String]

    @Option(help: "A folder for evaluation.json and the pictures.")
    var out: String?

    @Option(
      help: """
        One page for any browser, on screen and on paper: figures, pictures, the worst mistakes, \
        where the network looks.
        """)
    var report: String?

    @Option(
      help: """
        Classes of the datasets, with commas between them, that the models do not know: how many \
        of their examples are called unknown is told, and accuracy is of the others.
        """)
    var unknown: String?

    @Option(help: "Another model to draw beside it in the pictures; may be repeated.")
    var against: [String] = []

    @Option(
      help: """
        A dataset that the model was trained on: an example that is in both is an error; may be \
        repeated.
        """)
    var trainedOn: [String] = []

    @Option(
      parsing: .unconditional, help: "The number of cells of the accuracy against offset.")
    var offsetCells = 64

    @Flag(
      help: """
        Shift every spectrum by every number of bins, and the samples of datasets made with --iq \
        by whole and parts of bins, and tell what changes.
        """)
    var invariance = false

    @Option(
      parsing: .unconditional,
      help: """
        The number of shifts of a spectrum at which --invariance computes logits (default: 64 where \
        the features must be the same, else all).
        """)
    var shifts: Int?

    @OptionGroup var workers: WorkerOptions

    func validate() throws {
      guard shifts == nil || invariance else {
        throw ValidationError("--shifts goes with --invariance")
      }
      guard (1...65_536).contains(offsetCells) else {
        throw ValidationError("--offset-cells is \(offsetCells); it must be from 1 to 65536")
      }
      guard Set(unknownClasses).count == unknownClasses.count, !unknownClasses.contains("") else {
        throw ValidationError(
          "--unknown is '\(unknown ?? "")'; class names stand once, none of them empty")
      }
      guard let report else { return }
      guard report != "-" else {
        throw ValidationError("--report takes a file's name; the summary goes to standard output")
      }
      let inputs =
        ([model] + against)
        + datasets.flatMap { folder in
          DatasetDirectory.File.allCases.map { $0.path(in: folder) }
        }
      try FilePlace.checkDistinct([report], inputs: inputs)
    }

    /// The names of the classes that no model knows.
    private var unknownClasses: [String] {
      unknown?.split(separator: ",", omittingEmptySubsequences: false).map(String.init) ?? []
    }

    /// The datasets in words.
    private var dataset: String { datasets.joined(separator: ", ") }

    func run() throws {
      let models = try ([model] + against).map { (name: $0, model: try ModelOption.load($0)) }
      let data = try DatasetDirectory.read(datasets)
      let sources = try datasets.map {
        EvaluationReport.Source(folder: $0, manifest: try DatasetDirectory.readManifest($0))
      }
      for (name, model) in models { try check(data, fits: model, name) }
      for folder in trainedOn {
        for dataset in datasets { try checkNew(dataset, comparedWith: folder) }
      }
      if let shifts, !(1...data.spectrum.bins).contains(shifts) {
        throw ValidationError(
          "--shifts is \(shifts); spectra of \(data.spectrum.bins) bins have 1 to "
            + "\(data.spectrum.bins)")
      }
      if let out { try Folder.create(out) }
      if let report { try OutputFile.check(report) }
      let scored = try ScoredDataset(
        of: models[0].model, on: ordered(data, for: models[0].model), workers: workers.count)
      var evaluation = try Evaluation(scored, offsetCells: offsetCells)
      try Console.output(EvaluationText(evaluation).summary)
      if invariance {
        evaluation.invariance = try measureInvariance(of: models[0].model, on: data)
      }
      var others: [EvaluationReport.Entry] = []
      for (name, model) in models.dropFirst() {
        let other = try Evaluation(
          of: model, on: ordered(data, for: model), offsetCells: offsetCells,
          workers: workers.count)
        try Console.output("\n\(name)\n" + EvaluationText(other).summary)
        others.append(EvaluationReport.Entry(name: name, model: model, evaluation: other))
      }
      if let out {
        try EvaluationFolder(out).write(
          evaluation, of: model, against: others.map { ($0.name, $0.evaluation) })
        Console.note("\(out): evaluation.json and pictures")
      }
      if let report {
        let page = try EvaluationReport(
          of: EvaluationReport.Entry(name: model, model: models[0].model, evaluation: evaluation),
          against: others, scored: scored, sources: sources, command: command,
          workers: workers.count
        ).page()
        try OutputFile.write(page.text, to: report)
        Console.note("\(report): the report")
      }
      try evaluation.invariance.map(checkExactness)
    }

    /// The command that writes the same report, wherever to and on however many threads.
    private var command: String {
      let cells = offsetCells == 64 ? [] : ["--offset-cells", "\(offsetCells)"]
      let strangers = unknown.map { ["--unknown", CommandText.word($0)] } ?? []
      let beside = against.flatMap { ["--against", CommandText.word($0)] }
      return
        (["psdpipe", "evaluate"] + ([model] + datasets).map(CommandText.word) + strangers + beside
        + cells + ["--report", "report.html"]).joined(separator: " ")
    }

    /// Says which example the model has seen.
    private func checkNew(_ dataset: String, comparedWith folder: String) throws {
      let overlap = try DatasetOverlap(of: folder, and: dataset)
      guard let example = overlap.example else {
        return try Console.output("no example of \(dataset) is in \(folder)\n")
      }
      throw FileError(
        .unsupported, path: dataset, place: "row \(example.second)",
        reason: "\(overlap.count) examples are in \(folder), this one in row \(example.first): "
          + "a model's accuracy is told by others than it was trained on; generate them with "
          + "another --seed")
    }

    /// The dataset with the model's classes first, then those that it does not know.
    private func ordered(_ data: Dataset, for model: Model) -> Dataset {
      data.ordered(by: model.classes + unknownClasses)
    }

    /// Says which model does not know the dataset's classes or spectra.
    private func check(_ data: Dataset, fits model: Model, _ name: String) throws {
      let known = Set(model.classes)
      let strangers = Set(unknownClasses)
      func fault(_ reason: String) -> FileError {
        FileError(.unsupported, path: dataset, reason: reason)
      }
      if let stranger = unknownClasses.first(where: known.contains) {
        throw fault("--unknown names the class \(stranger), which \(name) knows")
      }
      if let stranger = unknownClasses.first(where: { !data.classes.contains($0) }) {
        throw fault(
          "--unknown names the class \(stranger); the dataset's are "
            + data.classes.joined(separator: ", "))
      }
      guard Set(data.classes) == known.union(strangers) else {
        let others = data.classes.filter { !known.contains($0) }
        let mend =
          known.isSubset(of: data.classes)
          ? ", or say --unknown \(CommandText.word(others.joined(separator: ","))) to tell what the "
            + "model makes of what it does not know" : ""
        throw fault(
          "its classes are \(data.classes.joined(separator: ", ")); "
            + "\(name) knows \(model.classes.joined(separator: ", ")): evaluate it on datasets "
            + "that have just these together" + mend)
      }
      guard data.spectrum == model.spectrum else {
        throw FileError(
          .unsupported, path: dataset,
          reason: "its spectra have \(data.spectrum); "
            + "\(name) takes \(model.spectrum): generate it anew with these")
      }
      let channels = model.features.channels
      guard channels.allSatisfy(data.channels.contains) else {
        throw FileError(
          .unsupported, path: dataset,
          reason: "its spectra have \(SpectrumChannel.text(data.channels)); \(name) takes "
            + "\(SpectrumChannel.text(channels)): generate it anew with --channels")
      }
    }
  }
}
