import ArgumentParser
import SignalPipeline

extension PSDPipe {
  /// Trains a network on a dataset and writes a model.
  struct Train: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Train a network on datasets and write a model file.",
      discussion: """
        The examples are split 60/20/20 by the seed: training, validation (the best epoch, the \
        temperature, the confidence threshold) and test. The same seed gives the same model on \
        any number of threads. A checkpoint beside the model is written after every epoch; \
        --resume goes on from it. Several datasets are used as one: classes of the same name are \
        one class, and each dataset is split by itself.

        EXAMPLES
          psdpipe train train/ --out model.safetensors
          psdpipe train centred/ --network founding --roll none --out founding.safetensors
          psdpipe train train/ --out model.safetensors --log log.jsonl --curves curves.svg
          psdpipe train bursty/ --channels mean,kurtosis --out model.safetensors
          psdpipe train train/ --schedule cosine --warm-up 0.05 --out m.safetensors
          psdpipe train train/ --optimizer sgd --learning-rate 0.05 --clip-norm 1 --out m
          psdpipe train uneven/ --class-weights balanced --out m.safetensors
          psdpipe train generated/ recorded/ --out m.safetensors
        """)

    @Argument(help: "Dataset folders, one or more that are used as one.")
    var datasets: [String]

    @Option(help: "The model file to write.")
    var out: String

    @Option(help: "Write one JSON object an epoch, as the epochs end.")
    var log: String?

    @Option(help: "Draw loss and accuracy against the epoch as SVG.")
    var curves: String?

    @Option(
      parsing: .unconditional,
      help: "The share of right predictions that may be called unknown.")
    var falseRejection = 0.05

    @Option(
      parsing: .unconditional,
      help: """
        The distance of the spectrum's bins in Hz, where frequencies are to count in Hz: captures \
        of another rate are resampled (default: frequencies relative to the rate).
        """)
    var binWidth: Quantity?

    @Flag(help: "Go on from the checkpoint of an interrupted training.")
    var resume = false

    @OptionGroup(title: "Network") var network: NetworkOptions
    @OptionGroup(title: "Training") var training: TrainingOptions
    @OptionGroup var workers: WorkerOptions

    func validate() throws {
      guard (0..<1).contains(falseRejection) else {
        throw ValidationError(
          "--false-rejection is \(falseRejection); it must be at least 0 and below 1")
      }
      if let binWidth, !(binWidth.hertz > 0 && binWidth.hertz < 1e12) {
        throw ValidationError(
          "--bin-width is \(binWidth.hertz) Hz; it must be above 0 and below 1e12")
      }
      let outputs = [out, checkpoint, log, curves].compactMap { $0 }
      guard !outputs.contains("-") else {
        throw ValidationError("- is no output of train; the summary goes to standard output")
      }
      let inputs =
        (Architecture(rawValue: network.network) == nil ? [network.network] : [])
        + datasets.flatMap { folder in
          DatasetDirectory.File.allCases.map { $0.path(in: folder) }
        }
      try FilePlace.checkDistinct(outputs, inputs: inputs)
    }

    /// The datasets in words.
    var dataset: String { datasets.joined(separator: ", ") }

    /// Where a training that is not finished yet lies.
    var checkpoint: String { out + ".checkpoint" }

    func run() throws {
      // An hour of training is not for nothing: what cannot be written is told before.
      for path in [out, checkpoint, log, curves].compactMap({ $0 }) { try OutputFile.check(path) }
      let data = try DatasetDirectory.read(datasets)
      let split = try split(data)
      var trainer = try makeTrainer(for: data)
      _ = try model(of: trainer, for: data).makeNetwork()
      NetworkText(trainer.network, features: trainer.features, bandwidths: data.bandwidths)
        .narrowness.map { Console.note("note: \($0)") }
      let progress = ProgressLine()
      let outcome = try train(&trainer, on: data, split: split, progress: progress)
      if outcome == .stoppedByCaller {
        progress.finish()
        let epoch = trainer.state.epoch
        Console.error(
          epoch > 0
            ? "psdpipe: interrupted after epoch \(epoch); --resume goes on from it"
            : "psdpipe: interrupted before the end of the first epoch; nothing was written")
        try Interruption.check()
      }
      let model = try model(of: trainer, for: data).calibrated(
        on: data, examples: split.validation, falseRejectionRate: falseRejection,
        workers: workers.count)
      try ModelFile.write(model, to: out)
      if let curves {
        try OutputFile.write(EpochText.curves(of: trainer.state.history).text, to: curves)
      }
      try Folder.remove(file: checkpoint)
      if outcome == .stoppedEarly { Console.note("stopped early: no better validation loss") }
      Console.note(
        "trained \(trainer.state.epoch) epochs in "
          + "\(NumberText.fixed(progress.elapsed, decimals: 1)) s")
      let evaluation = try Evaluation(
        of: model, on: data, examples: split.test, offsetCells: 16, workers: workers.count)
      try Console.output("test split of \(dataset)\n" + EvaluationText(evaluation).summary)
    }

    /// Trains to the end, or until the user interrupts it.
    private func train(
      _ trainer: inout Trainer, on data: Dataset, split: Split, progress: ProgressLine
    ) throws -> TrainingOutcome {
      Interruption.watch()
      let examples = split.training.count * (trainer.configuration.epochs - trainer.state.epoch)
      var done = 0
      var running = RunningScore()
      do {
        return try trainer.train(
          on: data, split: split, workers: workers.count,
          report: { event in
            switch event {
            case .step(let step):
              done += step.examples
              running.add(step)
              progress.update(
                done: done, of: examples, unit: "examples", note: running.text)
            case .epoch(let report):
              progress.finish()
              Console.note(EpochText(report).line)
            case .checkpoint: break
            }
            return !Interruption.isPending
          },
          save: { saved in
            try saved.write(to: checkpoint)
            try writeLog(of: saved.state.history)
          })
      } catch let error as TrainingError {
        if resume, case .mismatch(let reason) = error { throw misfit(reason) }
        throw FileError(.malformed, path: dataset, reason: "\(error)")
      }
    }

    private func split(_ data: Dataset) throws -> Split {
      guard data.classes.count >= 2 else {
        throw FileError(
          .malformed, path: dataset,
          reason: "has only the class \(data.classes.joined()); to tell classes apart takes two")
      }
      do {
        return try Split(of: data, seed: training.seed)
      } catch {
        throw FileError(.malformed, path: dataset, reason: "\(error)")
      }
    }

    private func makeTrainer(for data: Dataset) throws -> Trainer {
      do {
        try data.spectrum.validateForModel()
      } catch {
        throw FileError(
          .unsupported, path: dataset, place: "key spectrum.\(error.field)", reason: error.reason)
      }
      let features = try network.features(bins: data.spectrum.bins, channels: data.channels)
      try ValidationError.naming { try features.validate() }
      guard features.channels.allSatisfy(data.channels.contains) else {
        throw FileError(
          .unsupported, path: dataset,
          reason: "its spectra have \(SpectrumChannel.text(data.channels)); "
            + network.demand(for: features.channels))
      }
      try training.check(classes: data.classes)
      try training.check(features)
      let built = try network.build(
        features: features, classes: data.classes.count, of: dataset)
      guard resume else {
        return try Trainer(built, features: features, configuration: training.configuration)
      }
      return try goOn(with: built, features: features, classes: data.classes)
    }

    /// The best that was reached, not calibrated yet.
    private func model(of trainer: Trainer, for data: Dataset) throws -> Model {
      Model(
        network: trainer.network.description, parameters: trainer.state.bestParameters,
        features: trainer.features, spectrum: data.spectrum,
        window: data.window ?? max(Model.defaultWindow, data.spectrum.segmentLength),
        bandwidths: data.bandwidths, binWidth: binWidth?.hertz, classes: data.classes,
        provenance: provenance(of: trainer))
    }

    /// How the model came to be, for those who find it years later.
    private func provenance(of trainer: Trainer) -> Provenance {
      let best = trainer.state.best
      return Provenance(
        version: SignalPipelineVersion.current, recipe: recipe, seed: training.seed,
        dataset: dataset,
        figures: [
          "epochs": Double(trainer.state.epoch), "best_epoch": Double(best?.epoch ?? 0),
          "validation_accuracy": best?.validationAccuracy ?? 0,
          "validation_loss": best?.validationLoss ?? 0,
        ],
        history: trainer.state.history)
    }

    /// What decides the model's bytes; threads, --resume and where files went do not.
    private var recipe: String {
      (["train"] + datasets + network.arguments + training.arguments
        + ["--false-rejection", "\(falseRejection)"]
        + (binWidth.map { ["--bin-width", "\($0.hertz)"] } ?? [])).joined(separator: " ")
    }

    private func writeLog(of history: [EpochReport]) throws {
      guard let log else { return }
      let lines = try history.map { try JSON.encode($0, path: log) + [UInt8(ascii: "\n")] }
      try OutputFile.write(Array(lines.joined()), to: log)
    }
  }
}
