import ArgumentParser
import SignalPipeline
import SystemPackage

extension PSDPipe {
  /// Estimates one spectrum of a whole capture.
  struct Spectrum: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "psd",
      abstract: "Estimate the power spectral density of a capture.",
      discussion: """
        Welch's method over the whole capture. Without --out, CSV goes to standard output. With \
        --rate frequencies are in Hz and densities in FS²/Hz, otherwise in cycles/sample and \
        FS²/(cycle/sample); full scale is 1.

        EXAMPLES
          psdpipe psd capture.cu8 --rate 2.4M > psd.csv
          psdpipe psd capture.cu8 --rate 2.4M --center 433.92M --out psd.svg --out psd.npy
          rtl_sdr -f 100M -n 2400000 - | psdpipe psd - --format cu8 --rate 2.4M --out fm.svg
        """)

    @Argument(help: "A capture; - is standard input.")
    var input: String

    @Option(
      help: """
        A file to write, by its extension: .csv, .json, .npy (linear densities) or .svg; may be \
        repeated.
        """)
    var out: [OutputPath<SpectrumText.Form>] = []

    @Option(
      parsing: .unconditional,
      help: """
        Only this capture segment of a SigMF recording, from 0; segments of different centre \
        frequencies have no spectrum in common. `inspect` lists them.
        """)
    var segment: Int?

    @OptionGroup(title: "Capture") var capture: CaptureOptions
    @OptionGroup(title: "Spectrum") var spectrum: SpectrumOptions
    @OptionGroup var workers: WorkerOptions

    func validate() throws {
      try ValidationError.naming { try opening.validate() }
    }

    /// How the capture is opened.
    private var opening: CaptureConfiguration {
      var configuration = capture.configuration
      configuration.segment = segment
      return configuration
    }

    func run() throws {
      // A stream is read once: what cannot be written is told before.
      for output in out { try OutputFile.check(output.path) }
      Wisdom.use()
      var reader = try CaptureOpening.open(FilePath(input), opening)
      if capture.center != nil, reader.info.sampleRate == nil {
        throw ValidationError(
          "--center needs --rate, which \(input) does not tell: without, frequencies are relative")
      }
      let estimate = try PowerSpectrum(
        of: &reader, using: spectrum.configuration, workers: workers.count)
      if reader.replacedCount > 0 {
        Console.error("psdpipe: \(input): \(reader.replacedCount) samples replaced by 0")
      }
      let text = SpectrumText(spectrum: estimate, capture: reader.info)
      if out.isEmpty { try Console.output(text.csv) }
      for output in out {
        switch output.format {
        case .csv: try OutputFile.write(text.csv, to: output.path)
        case .json: try OutputFile.write(text.json, to: output.path)
        case .svg: try OutputFile.write(text.svg, to: output.path)
        case .npy:
          try NPYFile.write(estimate.density, shape: [estimate.density.count], to: output.path)
        }
      }
    }
  }
}
