import ArgumentParser
import SignalPipeline

/// What is told of a spectrum, and in which units.
struct SpectrumPresentation: ParsableArguments {
  /// Whether powers or levels are told.
  enum Kind: String, EnumerableFlag {
    case db, linear

    static func help(for value: Kind) -> ArgumentHelp? {
      switch value {
      case .db: "Tell decibels alone, in .json and .npy too."
      case .linear: "Tell powers alone, in .svg too."
      }
    }
  }

  @Option(help: "Tell the density, right for noise, or the spectrum, right for tones.")
  var scale = SpectrumUnit.Scale.density

  @Option(
    parsing: .unconditional,
    help: "The voltage of a sample of 1: powers are then in V² instead of FS².")
  var voltsPerFs: Double?

  @Flag var kind: Kind?

  @Flag(help: "Tell each bin's 95 % interval in CSV, and shade it in .svg.")
  var confidence = false

  @Flag(help: "Tell each bin's spectral kurtosis in CSV and JSON: noise has 1, a tone 0.")
  var kurtosis = false

  @Option(parsing: .unconditional, help: "Tell so many of the most prominent peaks.")
  var peaks: Int?

  @Option(
    defaultAsFlag: Share(value: 0.99), parsing: .next,
    help: "Tell the band that holds this share of the power.")
  var occupiedBandwidth: Share? = nil

  @Flag(help: "Let only what is above the noise floor count in the occupied bandwidth.")
  var subtractNoise = false

  @Flag(help: "Tell the density of the noise between the signals.")
  var noiseFloor = false

  func validate() throws {
    if let voltsPerFs, !(1e-9...1e9).contains(voltsPerFs) {
      throw ValidationError("--volts-per-fs is \(voltsPerFs); it must be from 1e-9 to 1e9 V")
    }
    if let peaks, !(1...1000).contains(peaks) {
      throw ValidationError("--peaks is \(peaks); it must be from 1 to 1000")
    }
    if let share = occupiedBandwidth?.value, !(1e-6...1 - 1e-6).contains(share) {
      throw ValidationError(
        "--occupied-bandwidth is \(share); it must be above 0 and below 1, such as 99% or 0.99")
    }
    if subtractNoise, occupiedBandwidth == nil {
      throw ValidationError("--subtract-noise needs --occupied-bandwidth, which it changes")
    }
  }

  /// Checks that the average is one whose noise is known, where that is needed.
  func validate(with averaging: Averaging) throws {
    guard averaging == .maximum || averaging == .minimum else { return }
    let needy = [
      ("--confidence", confidence), ("--noise-floor", noiseFloor),
      ("--subtract-noise", subtractNoise),
    ]
    for (option, isSet) in needy where isSet {
      throw ValidationError(
        "\(option) needs to know how noise varies, which --average \(averaging) does not tell")
    }
  }

  /// What is measured.
  var measures: SpectrumMeasures.Configuration {
    .init(
      peaks: peaks ?? 0, occupiedShare: occupiedBandwidth?.value, countsNoise: !subtractNoise,
      noiseFloor: noiseFloor)
  }

  /// The unit for samples of a rate [Hz].
  func unit(sampleRate: Double?) -> SpectrumUnit {
    SpectrumUnit(scale, sampleRate: sampleRate, fullScale: voltsPerFs)
  }
}

/// A part of a whole, as `0.99` or `99%`.
struct Share: ExpressibleByArgument, CustomStringConvertible {
  let value: Double

  init(value: Double) { self.value = value }

  init?(argument: String) {
    let isPercent = argument.hasSuffix("%")
    guard let number = Double(isPercent ? String(argument.dropLast()) : argument) else {
      return nil
    }
    value = isPercent ? number / 100 : number
  }

  var description: String { "\(Float(100 * value))%" }
}

extension SpectrumUnit.Scale: ExpressibleByArgument {}
