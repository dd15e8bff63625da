import Glibc
import SignalPipeline

extension PSDPipe.Generate {
  /// The rms level of captures [dBFS].
  static let level = -12.0

  /// What may be in memory of examples that are not written yet [bytes].
  private static let waitingLimit = 1 << 28

  /// How many examples at most tell the size of what is text.
  private static let probes = 16

  /// Writes the dataset, or goes on with it.
  func writeDataset() throws {
    let plan = try plan()
    if output.resume, try DatasetWriter.isComplete(folder, manifest: plan.manifest) {
      return Console.note("\(folder): all \(plan.manifest.count) examples are there")
    }
    guard try hasRoom(for: plan) else { return }
    // Before the first file, which an interruption is to leave in order. A limit on the size of
    // files is an error like a full disk, and no reason to end at once.
    Interruption.watch()
    signal(SIGXFSZ, SIG_IGN)
    var writer = try DatasetWriter(
      folder, manifest: plan.manifest, overwrite: overwrite, resume: output.resume,
      name: Self.option)
    do {
      try append(plan, to: &writer)
    } catch {
      writer.keepWhole()
      throw told(error, kept: writer.savedCount)
    }
    let kept = writer.savedCount
    do {
      try writer.commit()
    } catch {
      throw told(error, kept: kept)
    }
  }

  private func plan() throws -> GenerationPlan {
    let signals = synthesis.configuration
    let spectrum = try spectrum.read()
    let channels = heldChannels
    let features = normalized.map {
      FeatureConfiguration(
        bins: spectrum.bins, roll: .none, binsPerFeature: 1, normalization: $0,
        channels: channels)
    }
    let examples = try examples
    return GenerationPlan(
      signals: signals, examples: examples,
      manifest: DatasetManifest(
        count: examples.count, spectrum: spectrum, window: signals.samples,
        sampleRate: sampleRate, channels: channels, classes: signals.classes.map(\.rawValue),
        captures: captures.map { sigmf ? ["sigmf-data", "sigmf-meta"] : [$0.fileExtensions[0]] },
        captureFormat: captures?.rawValue, iq: output.iq ? true : nil,
        examples: output.only.isEmpty ? nil : examples, features: features, seed: signals.seed,
        generator: try JSONValue(encoding: signals),
        provenance: "psdpipe \(SignalPipelineVersion.current) generate"),
      transform: try features.map { try FeatureTransform($0) },
      encoder: try captures.map { try CaptureEncoder(format: $0, level: Self.level) })
  }

  /// Makes the examples that are not there yet, a few of them at a time in memory.
  private func append(_ plan: GenerationPlan, to writer: inout DatasetWriter) throws {
    let count = plan.examples.count
    let start = writer.count
    let progress = ProgressLine()
    let clock = ContinuousClock()
    var (saved, cost) = (clock.now, Duration.zero)
    let ahead = max(
      workers.count, min(16 * workers.count, Self.waitingLimit / max(1, plan.rowSize)))
    try Parallel.stream(
      count - start, workers: workers.count, ahead: ahead, state: { try plan.station() }
    ) { station, place in
      plan.row(start + place, at: &station)
    } take: { row, place in
      try write(row, example: plan.examples[start + place], to: &writer)
      progress.update(done: place + 1, of: count - start, unit: "examples")
      try Interruption.check()
      // Bringing it to the disk takes a twentieth of the time at most.
      guard clock.now - saved > max(.seconds(0.25), cost * 20) else { return }
      saved = clock.now
      try writer.checkpoint()
      cost = clock.now - saved
    }
    // What fits is kept if the rest does not.
    try writer.checkpoint()
    progress.finish()
    Console.note(
      "\(folder): \(count - start) examples in \(Int(progress.elapsed.rounded(.up))) s")
  }

  private func write(
    _ row: GenerationPlan.Row, example: Int, to writer: inout DatasetWriter
  ) throws {
    let drawn = row.conditions
    var files: [[UInt8]] = []
    if let captures {
      files.append(row.capture)
      if sigmf {
        files.append(
          try SigMFWriter.text(
            of: metadata(of: row, format: captures), samples: row.capture,
            path: "\(folder): example \(example)"))
      }
    }
    try writer.append(
      density: row.density, label: row.label, conditions: grouped(drawn),
      details: drawn.details, features: row.features, samples: row.samples, captures: files)
  }

  private func grouped(_ drawn: SynthesisConditions) -> ExampleConditions {
    ExampleConditions(offset: drawn.offset, snr: drawn.snr, bandwidth: drawn.bandwidth)
  }

  private func metadata(
    of row: GenerationPlan.Row, format: SampleFormat
  ) throws -> SigMFMetadata {
    try SyntheticRecording.metadata(
      of: row.conditions, samples: synthesis.samples, format: format, sampleRate: sampleRate)
  }

  /// The option that a key of the manifest comes from.
  private static func option(_ key: String) -> String? {
    switch key {
    case "generator.seed", "generator.samples", "generator.classes", "features.bins",
      "features.channels":
      return nil  // told by another key
    case "provenance": return "version of psdpipe"
    case "window": return "--samples"
    case "sampleRate": return "--rate"
    case "examples": return "--only"
    case "captures": return "--captures or --sigmf"
    case "captureFormat": return "--captures"
    case "spectrum.averaging": return "--average"
    default: break
    }
    if key.hasPrefix("features") { return "--normalized" }
    if key.hasPrefix("generator.impairments") { return "--preset" }
    let field = key.split(separator: ".").first { !["generator", "spectrum"].contains($0) } ?? ""
    return field.reduce(into: "--") { name, letter in
      if letter.isUppercase { name += "-" }
      name += letter.lowercased()
    }
  }

  /// Adds to an error what can be done about it.
  private func told(_ error: any Error, kept: Int) -> any Error {
    guard kept > 0 else { return error }
    let advice = "\(kept) of \((try? examples.count) ?? 0) examples are kept, --resume goes on"
    guard var told = error as? FileError, told.kind == .inputOutput else {
      Console.note("\(folder): \(advice)")
      return error
    }
    told.reason += "; \(advice)"
    return told
  }

  /// Tells the size of the dataset, and whether it is to be written.
  ///
  /// - Throws: ``FileError`` if the disk has less room.
  private func hasRoom(for plan: GenerationPlan) throws -> Bool {
    let size = try size(of: plan)
    let free = Folder.freeBytes(at: folder)
    let there = DatasetWriter.unfinishedBytes(in: folder)
    let room =
      (there > 0 ? ", \(Self.text(bytes: there)) of it are there" : "")
      + (free.map { ", \(Self.text(bytes: $0)) are free" } ?? "")
    let kind = size.files.contains { $0.isEstimate } ? "about " : ""
    let total = "\(kind)\(Self.text(bytes: size.total))"
    if output.dryRun {
      let width = size.files.map { "\($0.bytes)".count }.max() ?? 0
      var text = size.files.map { file in
        let bytes = "\(file.bytes)"
        return String(repeating: " ", count: width - bytes.count) + bytes + "  " + file.name
          + (file.isEstimate ? " (about)" : "") + "\n"
      }.joined()
      text += "\(folder): \(plan.examples.count) examples, \(total)\(room)\n"
      try Console.output(text)
    }
    if let free, free < size.needed - there {
      throw FileError(
        .inputOutput, path: folder,
        reason: "the dataset takes \(total)\(room): make room, choose another disk or a smaller "
          + "--count")
    }
    if !output.dryRun {
      Console.note("\(folder): \(plan.examples.count) examples, \(total)\(room)")
    }
    return !output.dryRun
  }

  /// Tells the size of the dataset, from its first examples where it is text.
  private func size(of plan: GenerationPlan) throws -> DatasetSize {
    let probes = min(plan.examples.count, max(1, min(Self.probes, (1 << 20) / synthesis.samples)))
    var station = try plan.station()
    var (lines, metadata) = (0, 0)
    for place in 0..<probes {
      let row = plan.row(place, at: &station)
      lines += try DatasetSize.lineBytes(
        conditions: grouped(row.conditions), label: row.label,
        className: row.conditions.signalClass.rawValue, details: row.conditions.details)
      if sigmf, let captures {
        metadata += try SigMFWriter.text(
          of: self.metadata(of: row, format: captures), path: folder
        ).count
      }
    }
    var files: [Double] = []
    if let encoder = plan.encoder {
      files.append(Double(encoder.format.bytesPerSample * synthesis.samples))
      // The probes lack the digest and its key.
      if sigmf { files.append(Double(metadata) / Double(probes) + 150) }
    }
    return try DatasetSize(
      of: plan.manifest, lineBytes: Double(lines) / Double(probes), captureBytes: files)
  }

  /// Bytes as people read them, such as `1.53 GB`.
  private static func text(bytes: Int) -> String {
    NumberText.withPrefix(Double(bytes), unit: "B", decimals: bytes < 1000 ? 0 : 2)
  }
}
