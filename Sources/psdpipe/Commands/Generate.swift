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
        bytes on any number of threads.

        EXAMPLES
          psdpipe generate train/ --preset sdr --count 12000 --seed 1
          psdpipe generate centred/ --preset clean --offset centred --count 2400
          psdpipe generate small/ --count 100 --normalized decibelsAboveFloor
          psdpipe generate bursty/ --count 12000 --channels mean,max,kurtosis
          psdpipe generate signals/ --count 8 --captures cu8 && psdpipe classify signals/captures
          psdpipe generate signals/ --count 8 --captures ci16 --sigmf --rate 1M
          psdpipe generate --list-classes
        """)

    @Argument(help: ArgumentHelp("The folder to write.", valueName: "folder"))
    var target: String?

    @Flag(help: "Tell the classes that can be generated, one a line, and write nothing.")
    var listClasses = false

    @Argument(help: .hidden)
    var others: [String] = []

    @Option(parsing: .unconditional, help: "The number of examples.")
    var count = 1000

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
        Write the captures as SigMF recordings, N.sigmf-data and N.sigmf-meta, whose annotation \
        tells the class and the drawn conditions.
        """)
    var sigmf = false

    @Option(
      parsing: .unconditional,
      help: "The sample rate in Hz that SigMF recordings claim; k, M and G are understood.")
    var rate: Quantity?

    @Flag(help: "Replace a dataset that stands there, and its captures.")
    var overwrite = false

    @OptionGroup(title: "Signals") var synthesis: SynthesisOptions
    @OptionGroup(title: "Spectrum") var spectrum: SpectrumOptions
    @OptionGroup var workers: WorkerOptions

    private var folder: String { target ?? "" }

    func validate() throws {
      if listClasses { return }
      guard target != nil else { throw ValidationError("Missing expected argument '<folder>'") }
      guard others.isEmpty else {
        throw ValidationError(
          "\(([folder] + others).joined(separator: ", ")) are several folders, one is written; "
            + "classes have commas between them: --classes am,fsk")
      }
      guard captures != nil || !sigmf else {
        throw ValidationError("--sigmf needs --captures, which tells the format of the samples")
      }
      guard sigmf || rate == nil else {
        throw ValidationError("--rate is told in SigMF recordings only; add --sigmf")
      }
      if let rate, !(rate.hertz > 0 && rate.hertz <= 1e12) {
        throw ValidationError("--rate is \(rate.hertz) Hz; it must be above 0, at most 1e12")
      }
      guard (1...Self.countLimit).contains(count) else {
        throw ValidationError("--count is \(count); it must be from 1 to \(Self.countLimit)")
      }
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

    private var heldChannels: [SpectrumChannel] { channels?.channels ?? [.mean] }

    /// Removes the captures that a dataset came with, but not those of the one in its place.
    private func removeCaptures(of old: DatasetManifest, but new: DatasetManifest) throws {
      for index in 0..<(old.captures == nil ? 0 : old.count) {
        let kept = index < new.count ? new.captureNames(of: index) : []
        for name in old.captureNames(of: index) where !kept.contains(name) {
          try Folder.remove(file: FilePath(folder).appending("captures").appending(name).string)
        }
        try Interruption.check()
      }
    }

    /// The order and the rolls of a training count examples in 32 bits.
    private static let countLimit = 1 << 32

    /// What may be in memory of examples that are not written yet [bytes].
    private static let blockLimit = 1 << 28

    /// What one thread reuses from example to example.
    private struct Station: ~Copyable {
      var generator: SignalGenerator
      var estimator: WelchEstimator
    }

    /// What is written of one example.
    private struct Row {
      var density: [Float]
      var features: [Float]
      var capture: [UInt8]
      var label: Int
      var conditions: SynthesisConditions
    }

    func run() throws {
      if listClasses {
        return try Console.output(ClassText(isTable: isatty(STDOUT_FILENO) == 1).text)
      }
      let signals = synthesis.configuration
      let spectrum = try spectrum.read()
      let channels = heldChannels
      let features = normalized.map {
        FeatureConfiguration(
          bins: spectrum.bins, roll: .none, binsPerFeature: 1, normalization: $0,
          channels: channels)
      }
      let transform = try features.map { try FeatureTransform($0) }
      let manifest = DatasetManifest(
        count: count, spectrum: spectrum, window: signals.samples, channels: channels,
        classes: signals.classes.map(\.rawValue),
        captures: captures.map { sigmf ? ["sigmf-data", "sigmf-meta"] : [$0.fileExtensions[0]] },
        features: features, seed: signals.seed, generator: try JSONValue(encoding: signals),
        provenance: "psdpipe \(SignalPipelineVersion.current) generate")
      let replaced = overwrite ? try? DatasetDirectory.readManifest(folder) : nil
      // Before the first temporary file, which an interruption is to remove.
      Interruption.watch()
      var writer = try DatasetWriter(folder, manifest: manifest, overwrite: overwrite)
      let encoder = try captures.map { try CaptureEncoder(format: $0, level: -12) }
      let captureFolder = FilePath(folder).appending("captures")
      if captures != nil { try Folder.create(captureFolder.string) }
      let progress = ProgressLine()
      // One block's rows are in memory at a time, whatever the number of examples.
      let rowSize =
        (channels.count * spectrum.bins + (transform?.count ?? 0)) * MemoryLayout<Float>.size
        + (captures?.bytesPerSample ?? 0) * signals.samples
      let block = max(workers.count, min(64 * workers.count, Self.blockLimit / rowSize))
      for first in stride(from: 0, to: count, by: block) {
        let rows = try Parallel.map(
          min(block, count - first), workers: workers.count,
          state: {
            Station(
              generator: try SignalGenerator(signals),
              estimator: try WelchEstimator(spectrum, channels: channels))
          }
        ) { station, index in
          let example = station.generator.example(first + index)
          station.estimator.add(example.samples.span)
          guard let density = station.estimator.finish()?.values(of: channels) else {
            preconditionFailure("validate() sees to it that an example holds enough segments")
          }
          var features = [Float](repeating: 0, count: transform?.count ?? 0)
          if let transform {
            var span = features.mutableSpan
            transform.apply(density.span, of: channels, rotation: 0, to: &span)
          }
          return Row(
            density: density, features: features,
            capture: encoder?.encode(example.samples) ?? [], label: example.label,
            conditions: example.conditions)
        }
        for (index, row) in rows.enumerated() {
          let drawn = row.conditions
          try writer.append(
            density: row.density, label: row.label,
            conditions: ExampleConditions(
              offset: drawn.offset, snr: drawn.snr, bandwidth: drawn.bandwidth),
            details: drawn.impairments, features: row.features)
          if let captures {
            let path = captureFolder.appending("\(drawn.signalClass.rawValue)-\(first + index)")
            if sigmf {
              try SigMFWriter.write(
                SyntheticRecording.metadata(
                  of: drawn, samples: signals.samples, format: captures, sampleRate: rate?.hertz),
                samples: row.capture, to: path)
            } else {
              try OutputFile.write(
                row.capture, to: "\(path.string).\(captures.fileExtensions[0])")
            }
          }
        }
        try Interruption.check()
        progress.update(done: first + rows.count, of: count, unit: "examples")
      }
      if let replaced { try removeCaptures(of: replaced, but: manifest) }
      try writer.commit()
      progress.finish()
      Console.note("\(folder): \(count) examples in \(Int(progress.elapsed.rounded(.up))) s")
    }
  }
}
