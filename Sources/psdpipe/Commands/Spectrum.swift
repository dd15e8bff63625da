import ArgumentParser
import Glibc
import SignalPipeline
import SystemPackage

extension PSDPipe {
  /// Estimates one spectrum of a whole capture, or one spectrum after another.
  struct Spectrum: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "psd",
      abstract: "Estimate the power spectral density of a capture.",
      discussion: """
        Welch's method over the whole capture, or with --every over one stretch of it after the \
        other, as they come. With a sample rate frequencies are in Hz and densities in FS²/Hz, \
        otherwise in cycles/sample and FS²/(cycle/sample); full scale is 1.

        Standard output gets what --as says; without it CSV, or nothing if a file is named. Where \
        peaks, bandwidth or floor are asked for, or --every is, a terminal gets a table and \
        anything else JSON lines.

        EXAMPLES
          psdpipe psd capture.cu8 --rate 2.4M > psd.csv
          psdpipe psd capture.cu8 --rate 2.4M --center 433.92M --out psd.svg --out psd.npy
          psdpipe psd capture.cu8 --rate 2.4M --waterfall waterfall.png
          psdpipe psd capture.cu8 --rate 2.4M --peaks 5 --occupied-bandwidth --noise-floor
          rtl_sdr -f 100M -s 2.4M - | psdpipe psd - --format cu8 --rate 2.4M --every 1s
        """)

    /// What standard output gets.
    enum Form: String, CaseIterable, ExpressibleByArgument { case csv, json, table }

    /// The pictures of a waterfall, by extension.
    enum Picture: String, CaseIterable { case png, svg }

    @Argument(help: "A capture; - is standard input.")
    var input: String

    @Option(
      help: """
        A file to write, by its extension: .csv, .json, .npy or .svg; may be repeated.
        """)
    var out: [OutputPath<SpectrumText.Form>] = []

    @Option(
      help: "Also draw levels over time and frequency, in a .png or .svg; may be repeated.")
    var waterfall: [OutputPath<Picture>] = []

    @Option(name: .customLong("as"), help: "What standard output gets: csv, json or table.")
    var form: Form?

    @Option(
      parsing: .unconditional,
      help: """
        One spectrum for each so long a stretch: 1s, 200ms, 50us, 5min, 1h or samples (65536).
        """)
    var every: StreamTime?

    @Option(
      parsing: .unconditional,
      help: """
        Only this capture segment of a SigMF recording, from 0; segments of different centre \
        frequencies have no spectrum in common. `inspect` lists them.
        """)
    var segment: Int?

    @OptionGroup(title: "Presentation") var presentation: SpectrumPresentation
    @OptionGroup(title: "Capture") var capture: CaptureOptions
    @OptionGroup(title: "Spectrum") var spectrum: SpectrumOptions
    @OptionGroup var workers: WorkerOptions

    func validate() throws {
      try ValidationError.naming { try opening.validate() }
      try FilePlace.checkDistinct(out.map(\.path) + waterfall.map(\.path), inputs: [input])
      if every != nil, let picture = out.first(where: { $0.format == .svg }) {
        throw ValidationError(
          "--every makes many spectra, and \(picture.path) holds one; --waterfall draws many")
      }
      if case .samples = every {
        _ = try every?.samples(
          option: "--every", rate: nil, segment: spectrum.configuration.segmentLength)
      }
      try checkKurtosis()
      try presentation.validate(with: spectrum.configuration.averaging)
    }

    /// Checks that kurtosis, where it is asked for, has an output that tells it.
    private func checkKurtosis() throws {
      guard presentation.kurtosis else { return }
      let toldInFile = out.contains { $0.format == .csv || $0.format == .json }
      let isTold = form.map { $0 != .table } ?? (out.isEmpty && waterfall.isEmpty)
      if !toldInFile, !isTold {
        throw ValidationError("--kurtosis is told in CSV and JSON; no output is one of them")
      }
    }

    /// How the capture is opened.
    private var opening: CaptureConfiguration {
      var configuration = capture.configuration
      configuration.segment = segment
      return configuration
    }

    func run() throws {
      // A stream is read once: what cannot be written is told before.
      for path in out.map(\.path) + waterfall.map(\.path) { try OutputFile.check(path) }
      Wisdom.use()
      // A live stream ends with what it has when its user has seen enough.
      Interruption.watch()
      do {
        try estimate()
      } catch let error as FileError where Interruption.isPending && error.path == input {
        // An interrupted input may hold less than a segment, which is nobody's fault.
      }
      try Interruption.check()
    }

    private func estimate() throws {
      var reader = try CaptureOpening.open(
        FilePath(input), opening, isInterrupted: { Interruption.isPending })
      if capture.center != nil, reader.info.sampleRate == nil {
        throw ValidationError(
          "--center needs --rate, which \(input) does not tell: without, frequencies are relative")
      }
      let configuration = try spectrum.read()
      let text = SpectrumText(
        capture: reader.info, presentation: presentation, isSeries: every != nil)
      let stretch = try every?.samples(
        option: "--every", rate: reader.info.sampleRate, segment: configuration.segmentLength)
      var estimator = try WelchEstimator(configuration, kurtosis: presentation.kurtosis)
      var picture = waterfall.isEmpty ? nil : try Waterfall(configuration)
      let files = try out.map { try SpectrumFile($0, text: text, bins: configuration.bins) }
      let form = standardForm
      var header = form == .csv ? text.csvHeader : ""
      let watch: ((Span<IQSample>) -> Void)? = picture == nil ? nil : { picture?.add($0) }
      var rows = 0
      var fault: FileError?
      do {
        try estimator.read(
          &reader, every: stretch, workers: workers.count, samples: watch
        ) { row in
          let record = text.record(of: row)
          for file in files { try file.add(record) }
          switch form {
          case .csv: try Console.output(header + text.csv(of: record))
          case .json: try Console.output(text.json(of: record))
          case .table: try Console.output(text.table(of: record))
          case nil: break
          }
          header = ""
          rows += 1
        }
      } catch let error as FileError where error.path == reader.info.path && rows > 0 {
        // What a stream held before its fault is kept.
        fault = error
      }
      if reader.replacedCount > 0 {
        Console.error("psdpipe: \(input): \(reader.replacedCount) samples replaced by 0")
      }
      for file in files { try file.commit() }
      if let picture = picture.take() { try write(picture, text) }
      if let fault { throw fault }
    }

    private func write(_ picture: consuming Waterfall, _ text: SpectrumText) throws {
      let plot = WaterfallPlot(
        picture, title: text.title, unit: text.unit, centre: text.frequencies.centre)
      for output in waterfall {
        switch output.format {
        case .png: try OutputFile.write(plot.png(), to: output.path)
        case .svg: try OutputFile.write(plot.svg().text, to: output.path)
        }
      }
    }

    /// What standard output gets, or nothing.
    private var standardForm: Form? {
      if let form { return form }
      let hasMeasures = !presentation.measures.isEmpty
      if every != nil || hasMeasures, isatty(STDOUT_FILENO) == 1 { return .table }
      if !out.isEmpty || !waterfall.isEmpty { return nil }
      return every != nil || hasMeasures ? .json : .csv
    }
  }
}
