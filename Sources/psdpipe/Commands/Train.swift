import ArgumentParser
import SignalPipeline

extension PSDPipe {
  /// Trains a network on a dataset and writes a model.
  struct Train: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Train a network on a dataset and write a model file.",
      discussion: """
        The examples are split 60/20/20 by the seed: training, validation (the best epoch, the \
        temperature, the confidence threshold) and test. The same seed gives the same model on \
        any number of threads. A checkpoint beside the model is written after every epoch; \
        --resume goes on from it.

        EXAMPLES
          psdpipe train train/ --out model.safetensors
          psdpipe train centred/ --network founding --roll none --out founding.safetensors
          psdpipe train train/ --out model.safetensors --log log.jsonl --curves curves.svg
        """)

    @Argument(help: "A dataset folder.")
    var dataset: String

    @Option(help: "The model file to write.")
    var out: String

    @Option(help: "Write one JSON object an epoch.")
    var log: String?

    @Option(help: "Draw loss and accuracy against the epoch as SVG.")
    var curves: String?

    @Option(help: "The share of right predictions that may be called unknown.")
    var falseRejection = 0.05

    @Flag(help: "Go on from the checkpoint of an interrupted training.")
    var resume = false

    @OptionGroup(title: "Network") var network: NetworkOptions
    @OptionGroup(title: "Training") var training: TrainingOptions
    @OptionGroup var workers: WorkerOptions

    func validate() throws {
      guard (0..<1).contains(falseRejection) else {
        throw ValidationError(
          "'--false-rejection' is \(falseRejection); it must be at least 0 and below 1.")
      }
    }

    func run() throws {
      let data = try DatasetDirectory.read(dataset)
      let split = try Split(of: data, seed: training.seed)
      var trainer = try makeTrainer(for: data)
      let progress = ProgressLine()
      let checkpoint = out + ".checkpoint"
      let examples = split.training.count * (trainer.configuration.epochs - trainer.state.epoch)
      var done = 0
      let outcome = try trainer.train(
        on: data, split: split, workers: workers.count,
        report: { event in
          switch event {
          case .step(let step):
            done += step.examples
            progress.update(
              done: done, of: examples, unit: "examples",
              note: "epoch \(step.epoch)/\(step.epochs)")
          case .epoch(let report):
            progress.finish()
            Console.error(EpochText(report).line)
          case .checkpoint: break
          }
          return true
        }, save: { try $0.write(to: checkpoint) })
      progress.finish()
      let model = try Model(
        network: trainer.network.description, parameters: trainer.state.bestParameters,
        features: trainer.features, spectrum: data.spectrum,
        window: data.window ?? Model.defaultWindow, classes: data.classes,
        provenance: provenance(of: trainer)
      ).calibrated(
        on: data, examples: split.validation, falseRejectionRate: falseRejection,
        workers: workers.count)
      try ModelFile.write(model, to: out)
      try writeCurves(of: trainer.state.history)
      try Folder.remove(file: checkpoint)
      if outcome == .stoppedEarly { Console.error("stopped early: no better validation loss") }
      Console.error(
        "trained \(trainer.state.epoch) epochs in "
          + "\(NumberText.fixed(progress.elapsed, decimals: 1)) s")
      let evaluation = try Evaluation(
        of: model, on: data, examples: split.test, offsetCells: 16, workers: workers.count)
      try Console.output("test split of \(dataset)\n" + EvaluationText(evaluation).summary)
    }

    private func makeTrainer(for data: Dataset) throws -> Trainer {
      let features = network.features(bins: data.spectrum.bins)
      try features.validate()
      let description = try network.description(classes: data.classes.count)
      let checkpoint = out + ".checkpoint"
      guard resume else {
        return try Trainer(
          Network(description), features: features, configuration: training.configuration)
      }
      let saved = try Checkpoint(reading: checkpoint)
      guard saved.network == description, saved.features == features,
        saved.configuration == training.configuration
      else {
        throw FileError(
          .malformed, path: checkpoint,
          reason: "was written with other options; resume with the same ones")
      }
      return try Trainer(resuming: saved)
    }

    /// How the model came to be, for those who find it years later.
    private func provenance(of trainer: Trainer) -> Provenance {
      let best = trainer.state.best
      return Provenance(
        version: SignalPipelineVersion.current,
        recipe: CommandLine.arguments.dropFirst().joined(separator: " "),
        seed: training.seed, dataset: dataset,
        figures: [
          "epochs": Double(trainer.state.epoch), "best_epoch": Double(best?.epoch ?? 0),
          "validation_accuracy": best?.validationAccuracy ?? 0,
          "validation_loss": best?.validationLoss ?? 0,
        ])
    }

    private func writeCurves(of history: [EpochReport]) throws {
      if let log {
        let lines = try history.map { try JSON.encode($0, path: log) + [UInt8(ascii: "\n")] }
        try OutputFile.write(Array(lines.joined()), to: log)
      }
      if let curves { try OutputFile.write(EpochText.plot(of: history).svg().text, to: curves) }
    }
  }
}
