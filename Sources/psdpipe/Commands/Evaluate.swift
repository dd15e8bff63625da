import ArgumentParser
import SignalPipeline

extension PSDPipe {
  /// Tells how good a model is on a dataset.
  struct Evaluate: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Tell a model's accuracy on a dataset, by class, offset and SNR.",
      discussion: """
        Prints a summary; --out writes evaluation.json and pictures of the confusion matrix and \
        of the accuracy against offset, SNR and bandwidth.

        EXAMPLES
          psdpipe generate test/ --preset sdr --count 4000 --seed 99
          psdpipe evaluate model.safetensors test/ --out report/
          psdpipe evaluate builtin test/
          psdpipe evaluate founding.safetensors any/ --against model.safetensors --out report/
        """)

    @Argument(help: "A model file, or 'builtin'.")
    var model: String

    @Argument(help: "A dataset folder.")
    var dataset: String

    @Option(help: "A folder for evaluation.json and the pictures.")
    var out: String?

    @Option(help: "Another model to draw beside it in the pictures; may be repeated.")
    var against: [String] = []

    @Option(help: "The number of cells of the accuracy against offset.")
    var offsetCells = 64

    @OptionGroup var workers: WorkerOptions

    func run() throws {
      let dataset = try DatasetDirectory.read(dataset)
      let evaluation = try Evaluation(
        of: ModelOption.load(model), on: dataset, offsetCells: offsetCells, workers: workers.count)
      try Console.output(EvaluationText(evaluation).summary)
      var others: [(name: String, evaluation: Evaluation)] = []
      for name in against {
        let other = try Evaluation(
          of: ModelOption.load(name), on: dataset, offsetCells: offsetCells,
          workers: workers.count)
        try Console.output("\n\(name)\n" + EvaluationText(other).summary)
        others.append((name, other))
      }
      guard let out else { return }
      try EvaluationFolder(out).write(evaluation, of: model, against: others)
      Console.error("\(out): evaluation.json and pictures")
    }
  }
}
