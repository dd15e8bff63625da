import ArgumentParser
import Glibc
import SignalPipeline
import SystemPackage

extension PSDPipe {
  /// Makes a dataset of labelled spectra.
  struct Generate: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Generate a dataset of labelled power spectra at any frequency offset.",
      discussion: """
        Writes a folder with psd.npy (N, bins) of linear densities, labels.npy, \
        conditions.jsonl and manifest.json; NumPy loads the arrays with np.load. With more \
        channels than the mean psd.npy is (N, channels, bins). The same seed makes the same \
        bytes on any number of threads. A run that was ended early goes on by --resume. --to - \
        writes samples to a pipe instead.

        EXAMPLES
          psdpipe generate train/ --preset sdr --count 12000 --seed 1
          psdpipe generate centred/ --preset clean --offset centred --count 2400
          psdpipe generate small/ --count 100 --normalized decibelsAboveFloor
          psdpipe generate bursty/ --count 12000 --channels mean,max,kurtosis
          psdpipe generate signals/ --count 8 --captures cu8 && psdpipe classify signals/captures
          psdpipe generate signals/ --count 8 --captures ci16 --sigmf --rate 1M
          psdpipe generate fading/ --preset clean --impairment fading --count 2400
          psdpipe generate tones/ --classes am,fsk --variants am=tone --variants fsk=msk,wide
          psdpipe generate --preset harsh --without fading --print-scenario > mine.json
          psdpipe generate mine/ --scenario mine.json --snr 5:10
          psdpipe generate busy/ --others 1:3 --bursts 2000:12000 --count 2400
          psdpipe generate big/ --count 100000 --iq --dry-run
          psdpipe generate big/ --count 100000 --iq --resume
          psdpipe generate one/ --seed 1 --only 4711
          psdpipe generate --to - --format cu8 --count 100 | psdpipe classify - --format cu8
          psdpipe generate --list-classes
        """)

    @Argument(help: ArgumentHelp("The folder to write.", valueName: "folder"))
    var target: String?

    @Flag(help: "Tell the classes that can be generated, one a line, and write nothing.")
    var listClasses = false

    @Argument(help: .hidden)
    var others: [String] = []

    @Option(parsing: .unconditional, help: "The number of examples (default: 1000).")
    var count: Int?

    @Option(
      help: """
        Also write features.npy in [0,1]: \
        \(PSDNormalization.named.map(\.name).joined(separator: ", ")).
        """)
    var normalized: PSDNormalization?

    @Option(
      help: """
        What to store of each bin, the mean and, with commas between them, what else: \
        \(SpectrumChannel.text(SpectrumChannel.allCases)) are the mean, the highest power of a \
        segment and the spectral kurtosis (default: mean).
        """)
    var channels: ChannelList?

    @Option(
      help: "Also write each example's samples to captures/, in this format, at -12 dBFS rms.",
      completion: SampleFormat.completion, transform: SampleFormat.init(option:))
    var captures: SampleFormat?

    @Flag(
      help: """
        Write the captures as SigMF recordings, N.sigmf-data and N.sigmf-meta, whose annotations \
        tell the signals' classes and the drawn conditions.
        """)
    var sigmf = false

    @Option(
      parsing: .unconditional,
      help: """
        The sample rate in Hz that the manifest and SigMF recordings claim; it changes no sample; \
        k, M and G are understood.
        """)
    var rate: Quantity?

    @Flag(help: "Replace a dataset that stands there, and its captures.")
    var overwrite = false

    @OptionGroup(title: "Output") var output: GenerationOptions
    @OptionGroup(title: "Signals") var synthesis: SynthesisOptions
    @OptionGroup(title: "Spectrum") var spectrum: SpectrumOptions
    @OptionGroup var workers: WorkerOptions

    var folder: String { target ?? "" }

    /// The number of examples that was asked for.
    private var givenCount: Int? { count ?? synthesis.fileContent?.count }

    /// The rate that manifest and recordings claim [Hz].
    var sampleRate: Double? { rate?.hertz ?? synthesis.fileContent?.sampleRate }

    func validate() throws {
      if listClasses { return }
      // What is wrong with a scenario file is told when the command runs.
      guard synthesis.isReadable else { return }
      let names = [target].compactMap(\.self) + others
      guard names.count <= 1 else {
        throw ValidationError(
          "\(names.joined(separator: ", ")) are several folders, one is written; "
            + "classes have commas between them: --classes am,fsk")
      }
      let isStream = output.to != nil
      guard target != nil || isStream || synthesis.printScenario else {
        throw ValidationError("name the <folder> to write, or add --to - for standard output")
      }
      if isStream {
        let others = [
          (folder, target != nil), ("--captures", captures != nil), ("--sigmf", sigmf),
          ("--rate", rate != nil), ("--normalized", normalized != nil),
          ("--channels", channels != nil), ("--overwrite", overwrite),
        ].filter(\.1).map(\.0)
        if let other = (others + spectrum.given).first {
          throw ValidationError("\(other) is of a dataset; leave it out with --to")
        }
      }
      guard captures != nil || !sigmf else {
        throw ValidationError("--sigmf needs --captures, which tells the format of the samples")
      }
      if let captures, !captures.isComplex {
        throw ValidationError("--captures is \(captures.rawValue), which has no room for Q")
      }
      if sigmf, let captures, !captures.isNamedBySigMF {
        throw ValidationError(
          "--captures is \(captures.rawValue), for which SigMF has no name; leave out --sigmf")
      }
      if let rate, !(rate.hertz > 0 && rate.hertz <= 1e12) {
        throw ValidationError("--rate is \(rate.hertz) Hz; it must be above 0, at most 1e12")
      }
      if let count = givenCount, !((isStream ? 0 : 1)...Self.countLimit).contains(count) {
        throw ValidationError("--count is \(count); it must be from 1 to \(Self.countLimit)")
      }
      _ = try examples
      if isStream { return }
      let least = spectrum.configuration.leastSamples(for: heldChannels)
      guard synthesis.samples >= least else {
        throw ValidationError(
          "--samples is \(synthesis.samples); a segment of the spectrum has "
            + "\(spectrum.configuration.segmentLength)"
            + (heldChannels.contains(.kurtosis) ? ", and the kurtosis takes two: \(least)" : ""))
      }
      try ValidationError.naming {
        try DatasetManifest.validate(heldChannels, of: spectrum.configuration)
      }
    }

    var heldChannels: [SpectrumChannel] { channels?.channels ?? [.mean] }

    /// Which examples are written.
    var examples: ExampleSelection {
      get throws { try output.examples(count: givenCount, limit: Self.countLimit) }
    }

    /// The order and the rolls of a training count examples in 32 bits.
    private static let countLimit = 1 << 32

    func run() throws {
      if listClasses {
        return try Console.output(ClassText(isTable: isatty(STDOUT_FILENO) == 1).text)
      }
      try synthesis.checkFile()
      if synthesis.printScenario {
        let scenario = Scenario(
          signals: synthesis.configuration, count: givenCount, sampleRate: sampleRate)
        return try Console.output(scenario.text())
      }
      if output.to == nil { try writeDataset() } else { try writeStream() }
    }
  }
}
