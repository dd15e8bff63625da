import ArgumentParser
import Glibc
import SignalPipeline
import Synchronization
import SystemPackage

extension PSDPipe {
  /// Tells the class of the signal in each window of each input.
  struct Classify: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Tell the class of the signals in captures.",
      discussion: """
        Writes one record a window and one summary an input: JSON lines on a pipe, a table on \
        a terminal. 'noise' says that nothing stands above the noise floor, 'unknown' that no class reaches the model's confidence threshold.

        EXAMPLES
          psdpipe classify capture.cu8
          psdpipe classify captures/ --as csv
          psdpipe classify capture.cu8 --rate 2M --annotate
          psdpipe classify capture.cu8 --rate 2M --bands --window 262144
          rtl_sdr -f 433.92M -s 1M - | psdpipe classify - --format cu8 --rate 1M
        """)

    @Argument(
      help: """
        Captures, folders of captures, SigMF archives and collections; - is standard input.
        """)
    var inputs: [String]

    @Option(name: [.long, .customShort("m")], help: "A model file (default: the built-in model).")
    var model: String?

    @Option(parsing: .unconditional, help: "The window in samples (default: the model's).")
    var window: Int?

    @Flag(help: "Classify an input or a capture segment that is shorter than a window, too.")
    var short = false

    @Option(name: .customLong("as"), help: "The form of the output: json, csv or table.")
    var form: PredictionWriter.Form?

    @Flag(
      help: """
        Also find the occupied bands of each window and classify each by itself: one more record \
        a band, with centre, width, SNR and why a class is unknown. Longer windows reach \
        narrower bands.
        """)
    var bands = false

    @Flag(
      help: """
        Also write SigMF annotations beside each capture, in N.sigmf-meta, or, for what is SigMF \
        already, in N.psdpipe.sigmf-meta; no file is changed, and one that stands there is an \
        error before anything is classified.
        """)
    var annotate = false

    @OptionGroup(title: "Capture") var capture: CaptureOptions
    @OptionGroup var workers: WorkerOptions

    func validate() throws {
      guard (inputs + [model]).count(where: { $0 == "-" }) <= 1 else {
        throw ValidationError("- is given twice; standard input can be read only once")
      }
      guard !annotate || !inputs.contains("-") else {
        throw ValidationError("--annotate writes beside files; - is none")
      }
    }

    func run() throws {
      let model = try ModelOption.load(model)
      Wisdom.use()
      if let window, !model.windows.contains(window) {
        throw ValidationError(
          "--window is \(window) samples; with this model it must be from "
            + "\(model.windows.lowerBound) to \(model.windows.upperBound)")
      }
      if bands, model.bandwidths == nil {
        throw FileError(
          .unsupported, path: self.model ?? BuiltInModel.path, place: "key bandwidths",
          reason: "is missing, and --bands needs it; train the model anew, on a dataset whose "
            + "conditions tell the bandwidths")
      }
      if bands, model.features.channels != [.mean] {
        throw FileError(
          .unsupported, path: self.model ?? BuiltInModel.path, place: "key features.channels",
          reason:
            "is \(SpectrumChannel.text(model.features.channels)); --bands takes "
            + "models of the mean alone")
      }
      let opening = capture.configuration
      let paths = try CaptureWalk.files(
        in: inputs.map { FilePath($0) }, verifying: opening.verifiesDigest)
      let form = form ?? (isatty(STDOUT_FILENO) == 1 ? .table : .json)
      let writer = PredictionWriter(
        form: form, classes: model.classes, listsWindows: paths.count == 1, listsBands: bands)
      // Where annotations can't go is told before the work, not after it.
      let annotations =
        try annotate
        ? Mutex(SigMFAnnotationWriter(classes: model.classes, inputs: paths, opening: opening))
        : nil
      let failures = Atomic(0)
      // A live stream ends with its summary when its user has seen enough.
      Interruption.watch()
      @Sendable func fail(_ error: FileError) throws {
        if paths.count == 1 { throw error }
        Console.error("psdpipe: \(error)")
        failures.add(1, ordering: .relaxed)
      }
      try Console.output(writer.header)
      try BatchClassifier(
        model,
        configuration: .init(
          window: window, acceptsShort: short, bands: bands ? .default : nil)
      ).classify(
        paths, opening: opening, workers: workers.count,
        isInterrupted: { Interruption.isPending }
      ) { event in
        try Console.output(writer.text(of: event))
        if case .failure(let error) = event { try fail(error) }
        do {
          _ = try annotations?.withLock { try $0.add(event) }
        } catch let error as FileError {
          try fail(error)
        }
      }
      try Interruption.check()
      if failures.load(ordering: .relaxed) > 0 { throw ExitCode(ExitStatus.someFailed.rawValue) }
    }
  }
}

extension PredictionWriter.Form: ExpressibleByArgument {}
