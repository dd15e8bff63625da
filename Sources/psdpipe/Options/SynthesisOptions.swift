import ArgumentParser
import SignalPipeline

/// What `generate` may draw.
struct SynthesisOptions: ParsableArguments {
  /// The named sets of impairments.
  enum Preset: String, CaseIterable, ExpressibleByArgument {
    /// Offset and noise only.
    case clean
    /// What a cheap receiver and a real channel do.
    case sdr
  }

  @Option(help: "The impairments: clean (offset and noise only) or sdr.")
  var preset = Preset.sdr

  @Option(
    parsing: .unconditional,
    help: "The frequency offsets: any, centred (±300 Hz at 48 kHz) or cycles/sample.")
  var offset = SynthesisConfiguration.Offset.any

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

  @Option(parsing: .unconditional, help: "The length of an example in samples.")
  var samples = SynthesisConfiguration.default.samples

  @Option(parsing: .unconditional, help: "The seed; the same seed makes the same bytes.")
  var seed: UInt64 = SynthesisConfiguration.default.seed

  func validate() throws {
    try ValidationError.naming { try configuration.validate() }
  }

  /// What the options mean to the library.
  var configuration: SynthesisConfiguration {
    var configuration = SynthesisConfiguration.default
    if let classes { configuration.classes = classes.classes }
    configuration.samples = samples
    configuration.seed = seed
    if let snr { configuration.snr = snr.range }
    if let bandwidth { configuration.bandwidth = bandwidth.range }
    configuration.offset = offset
    configuration.impairments = preset == .clean ? .clean : .sdr
    return configuration
  }
}

/// Classes with commas between them, such as `am,fsk`.
struct ClassList {
  let classes: [SignalClass]

  init(option argument: String) throws {
    classes = try argument.split(separator: ",", omittingEmptySubsequences: false).map { name in
      guard let known = SignalClass(rawValue: String(name)) else {
        let names = SignalClass.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("'\(name)' is none of \(names)")
      }
      return known
    }
  }
}

extension SynthesisConfiguration.Offset: ExpressibleByArgument {
  /// Reads `any`, `centred` or a number of cycles/sample.
  public init?(argument: String) {
    switch argument {
    case "any": self = .any
    case "centred": self = .centred
    default:
      guard let value = Double(argument), value.isFinite else { return nil }
      self = .fixed(frequency: value)
    }
  }
}
