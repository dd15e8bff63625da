extension EvaluationReport {
  /// What everything was set to, and how to make it again.
  func configuration() throws -> HTMLPage.Section {
    HTMLPage.Section(
      anchor: "configuration", title: "Configuration",
      content: [
        .element("h3", "Make this page again"), .element("pre", .command(command)),
        .element("h3", "Model"),
        .facts(try modelFacts()), try layers(),
      ] + sources.flatMap(facts(of:)))
  }

  private func modelFacts() throws -> [(name: String, value: HTML)] {
    let model = subject.model
    let provenance = model.provenance
    let figures = provenance.figures.sorted { $0.key < $1.key }
      .map { key, value in
        "\(key) \(NumberText.fixed(value, decimals: value == value.rounded() ? 0 : 4))"
      }.joined(separator: ", ")
    var facts: [(name: String, value: HTML)] = [
      ("window", "\(model.window) samples"), ("spectrum", "\(model.spectrum)"),
      ("features", HTML(try features())),
      (
        "decision",
        HTML(
          "temperature \(NumberText.fixed(Double(model.temperature), decimals: 4)), unknown below "
            + NumberText.fixed(Double(model.confidenceThreshold), decimals: 4))
      ),
      (
        "trained by",
        "\(HTML.command("psdpipe \(provenance.recipe)")), version \(provenance.version)"
      ), ("trained on", "\(name: provenance.dataset)"),
      ("seed", HTML(provenance.seed.map { "\($0)" } ?? "not told")),
      ("reached", HTML(figures.isEmpty ? "nothing" : figures)),
      ("evaluated by", HTML("psdpipe \(SignalPipelineVersion.current)")),
    ]
    if let bandwidths = model.bandwidths {
      let ends = [bandwidths.lowerBound, bandwidths.upperBound]
        .map { NumberText.fixed($0, decimals: 3) }
      facts.insert(("bandwidths", "\(ends[0]) to \(ends[1]) of the sample rate"), at: 1)
    }
    if let rate = model.sampleRate {
      facts.insert(
        ("sample rate", HTML(NumberText.withPrefix(rate, unit: "samples/s"))), at: 1)
    }
    return facts
  }

  /// How spectra become the network's input.
  private func features() throws -> String {
    let features = subject.model.features
    var map = ""
    // A map of powers is an object of one key, its name, and what it is set to.
    if case .object(let normalization) = try JSONValue(encoding: features.normalization),
      let (name, value) = normalization.first
    {
      map = ", \(name)"
      if case .object(let parameters) = value {
        let told = try parameters.sorted { $0.key < $1.key }.map { key, value in
          "\(key) \(String(decoding: try JSON.encode(value, path: key), as: UTF8.self))"
        }
        if !told.isEmpty { map += " (\(told.joined(separator: ", ")))" }
      }
    }
    return "channels \(SpectrumChannel.text(features.channels)), roll \(features.roll.rawValue), "
      + "mean of \(features.binsPerFeature) bins\(map)"
  }

  private func layers() throws -> HTML {
    let rows = try subject.model.makeNetwork().summary.map { layer in
      [
        HTML("\(layer.place) \(layer.name)"), HTML("\(layer.outputShape)"),
        HTML(layer.parameterCount == 0 ? "" : "\(layer.parameterCount)"),
        HTML(layer.flops == 0 ? "" : NumberText.fixed(Double(layer.flops) / 1e6, decimals: 3)),
      ]
    }
    return .folded(
      "Layers",
      .table(
        "The network's layers",
        [.words("layer"), .numbers("output"), .numbers("parameters"), .numbers("MFLOP")], rows))
  }

  private func facts(of source: Source) -> [HTML] {
    let manifest = source.manifest
    var generator = HTML.empty
    if let value = manifest.generator,
      let text = try? JSON.encode(value, layout: .indented, path: source.folder)
    {
      generator = .folded("What generated it", .lines(String(decoding: text, as: UTF8.self)))
    }
    return [
      .element("h3", "Dataset \(name: source.folder)"),
      .facts([
        ("examples", "\(manifest.count)"),
        ("classes", .names(manifest.classes)),
        ("spectrum", "\(manifest.spectrum)"),
        ("channels", HTML(SpectrumChannel.text(manifest.channels))),
        ("seed", HTML(manifest.seed.map { "\($0)" } ?? "none: not generated")),
        ("made by", HTML(manifest.provenance)),
      ]), generator,
    ]
  }
}
