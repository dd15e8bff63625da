import ArgumentParser
import SignalPipeline

/// What `generate` may draw.
struct SynthesisOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A JSON file that tells all of this; options override it. docs/scenarios.md has the keys.",
      valueName: "file.json"),
    completion: .file(extensions: ["json"]))
  var scenario: ScenarioFile?

  @Option(
    help: """
      The impairments: clean (offset and noise only), sdr (a low-cost radio) or harsh (all there \
      are) (default: sdr).
      """)
  var preset: ImpairmentRanges.Preset?

  @Option(
    help: ArgumentHelp(
      """
      Make an impairment always occur, with a range for its first quantity; may be repeated: \
      \(ImpairmentOption.names). docs/impairments.md explains them.
      """, valueName: "name[=low:high]"),
    transform: ImpairmentOption.init(argument:))
  var impairment: [ImpairmentOption] = []

  @Option(
    help: ArgumentHelp(
      "Take an impairment out of the preset; may be repeated.", valueName: "name"),
    transform: ImpairmentOption.part(named:))
  var without: [ImpairmentRanges.Part] = []

  @Option(
    name: .customLong("others"), parsing: .unconditional,
    help: ArgumentHelp(
      """
      Put further signals beside each, how many as LOW:HIGH or one number; docs/scenarios.md \
      tells the rest.
      """, valueName: "low:high"))
  var otherSignals: CountRange?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      Switch each signal on in bursts alone, of LOW:HIGH samples or one number; docs/scenarios.md \
      tells the rest.
      """, valueName: "low:high"))
  var bursts: CountRange?

  @Flag(help: "Print the scenario that these options make, and generate nothing.")
  var printScenario = false

  @Option(
    parsing: .unconditional,
    help: """
      The frequency offsets: any, centred (±300 Hz at 48 kHz), or in cycles/sample one number, a \
      list with commas or a band as LOW:HIGH (default: any).
      """)
  var offset: SynthesisConfiguration.Offset?

  @Option(
    parsing: .unconditional,
    help: "The range of SNR in the occupied bandwidth in dB, as LOW:HIGH or one number.")
  var snr: NumberRange?

  @Option(
    parsing: .unconditional,
    help: "The range of occupied bandwidth in cycles/sample, as LOW:HIGH or one number.")
  var bandwidth: NumberRange?

  @Option(
    help: """
      The classes, with commas between them, such as am,noise; --list-classes tells them \
      (default: \(SignalClass.standard.map(\.rawValue).joined(separator: ","))).
      """,
    completion: .list(SignalClass.allCases.map(\.rawValue)),
    transform: ClassList.init(option:))
  var classes: ClassList?

  @Option(
    help: ArgumentHelp(
      """
      Draw examples of a class from these variants of it, such as fsk=msk,wide; may be repeated; \
      --list-classes tells them.
      """, valueName: "class=name,..."),
    transform: VariantOption.init(argument:))
  var variants: [VariantOption] = []

  @Option(
    name: .customLong("samples"), parsing: .unconditional,
    help: """
      The length of an example in samples (default: \(SynthesisConfiguration.default.samples)).
      """)
  var askedSamples: Int?

  @Option(
    parsing: .unconditional,
    help: """
      The seed; the same seed makes the same bytes (default: \
      \(SynthesisConfiguration.default.seed)).
      """)
  var seed: UInt64?

  func validate() throws {
    for asked in impairment where without.contains(asked.part) {
      let name = asked.part.rawValue
      throw ValidationError("--impairment \(name) and --without \(name) contradict each other")
    }
    for (place, asked) in variants.enumerated()
    where variants[..<place].contains(where: { $0.signalClass == asked.signalClass }) {
      throw ValidationError(
        "--variants tells \(asked.signalClass.rawValue) twice; its variants have commas between "
          + "them")
    }
    guard isReadable else { return }
    do {
      try configuration.validate()
    } catch let error where ImpairmentRanges.Part(field: error.field) != nil {
      throw ValidationError("--impairment \(error.field) \(error.reason)")
    } catch let error
      where ["variants", "others", "bursts"].contains(
        error.field.prefix { $0 != "." })
    {
      let path = error.field.split(separator: ".").joined(separator: " ")
      throw ValidationError("--\(path) \(error.reason)")
    } catch {
      try ValidationError.naming { throw error }
    }
  }

  /// The scenario file's content, if there is one and it can be read.
  var fileContent: Scenario? { try? scenario?.content.get() }

  /// Whether the scenario file, if there is one, can be read.
  var isReadable: Bool { scenario == nil || fileContent != nil }

  /// Throws what is wrong with the scenario file.
  func checkFile() throws { _ = try scenario?.content.get() }

  /// The length of an example [samples].
  var samples: Int { configuration.samples }

  /// What the options mean to the library.
  var configuration: SynthesisConfiguration {
    var configuration = fileContent?.signals ?? .default
    if let classes {
      configuration.classes = classes.classes
      // What the file tells of a class that was not chosen serves nothing.
      let kept = configuration.variants?.filter { classes.classes.contains($0.key) }
      configuration.variants = kept?.isEmpty == true ? nil : kept
    }
    for asked in variants {
      configuration.variants = configuration.variants ?? [:]
      configuration.variants?[asked.signalClass] = asked.names
    }
    if let askedSamples { configuration.samples = askedSamples }
    if let seed { configuration.seed = seed }
    if let snr { configuration.snr = snr.range }
    if let bandwidth { configuration.bandwidth = bandwidth.range }
    if let offset { configuration.offset = offset }
    if let preset { configuration.impairments = preset.ranges }
    if let otherSignals {
      var law = configuration.others ?? .default
      law.probability = 1
      law.count = otherSignals.range
      configuration.others = law
    }
    if let bursts {
      var law = configuration.bursts ?? .default
      law.probability = 1
      law.duration = bursts.range
      configuration.bursts = law
    }
    for asked in impairment { configuration.impairments.require(asked.part, range: asked.range) }
    for part in without { configuration.impairments.remove(part) }
    return configuration
  }
}

extension ImpairmentRanges.Preset: ExpressibleByArgument {}

extension ImpairmentRanges.Part {
  /// The part that a field of the library's checks belongs to, such as `spur.range`.
  init?(field: String) {
    self.init(rawValue: String(field.prefix { $0 != "." }))
  }
}
