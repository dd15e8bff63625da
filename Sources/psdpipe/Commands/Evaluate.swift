import ArgumentParser
import SignalPipeline

extension PSDPipe {
  /// Tells how good a model is on a dataset.
  struct Evaluate: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Tell a model's accuracy on datasets, by class, offset and SNR.",
      discussion: """
        Prints a summary; --out writes evaluation.json and pictures of the confusion matrix and \
        of the accuracy against offset, SNR and bandwidth. Several datasets are used as one: \
        classes of the same name are one class.

        EXAMPLES
          psdpipe generate test/ --preset sdr --count 4000 --seed 99
          psdpipe evaluate model.safetensors test/ --out report/
          psdpipe evaluate builtin test/
          psdpipe evaluate model.safetensors test/ recorded/
          psdpipe evaluate model.safetensors test/ --trained-on train/
          psdpipe evaluate founding.safetensors any/ --against model.safetensors --out report/
        """)

    @Argument(help: "A model file, or 'builtin'.")
    var model: String

    @Argument(help: "Dataset folders, one or more that are used as one.")
    var datasets: [String]

    @Option(help: "A folder for evaluation.json and the pictures.")
    var out: String?

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

    @OptionGroup var workers: WorkerOptions

    func validate() throws {
      guard (1...65_536).contains(offsetCells) else {
        throw ValidationError("--offset-cells is \(offsetCells); it must be from 1 to 65536")
      }
    }

    /// The datasets in words.
    private var dataset: String { datasets.joined(separator: ", ") }

    func run() throws {
      let models = try ([model] + against).map { (name: $0, model: try ModelOption.load($0)) }
      let data = try DatasetDirectory.read(datasets)
      for (name, model) in models { try check(data, fits: model, name) }
      for folder in trainedOn {
        for dataset in datasets { try checkNew(dataset, comparedWith: folder) }
      }
      if let out { try Folder.create(out) }
      let evaluation = try evaluation(of: models[0].model, on: data)
      try Console.output(EvaluationText(evaluation).summary)
      var others: [(name: String, evaluation: Evaluation)] = []
      for (name, model) in models.dropFirst() {
        let other = try self.evaluation(of: model, on: data)
        try Console.output("\n\(name)\n" + EvaluationText(other).summary)
        others.append((name, other))
      }
      guard let out else { return }
      try EvaluationFolder(out).write(evaluation, of: model, against: others)
      Console.note("\(out): evaluation.json and pictures")
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

    private func evaluation(of model: Model, on data: Dataset) throws -> Evaluation {
      try Evaluation(
        of: model, on: data.ordered(by: model.classes), offsetCells: offsetCells,
        workers: workers.count)
    }

    /// Says which model does not know the dataset's classes or spectra.
    private func check(_ data: Dataset, fits model: Model, _ name: String) throws {
      guard Set(data.classes) == Set(model.classes) else {
        throw FileError(
          .unsupported, path: dataset,
          reason: "its classes are \(data.classes.joined(separator: ", ")); "
            + "\(name) knows \(model.classes.joined(separator: ", ")): evaluate it on datasets "
            + "that have just these together")
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
