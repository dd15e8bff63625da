import ArgumentParser
import SignalPipeline

/// The options of every subcommand that reads captures.
struct CaptureOptions: ParsableArguments {
  @Option(
    help: """
      The sample format: \(SampleFormat.optionNames); or another tool's name for it, such as \
      cs16, fc32 or hackrf, all in docs/formats.md (default: what the file's header or name says).
      """,
    completion: SampleFormat.completion, transform: SampleFormat.init(option:))
  var format: SampleFormat?

  @Option(
    parsing: .unconditional,
    help: """
      The sample rate in Hz; k, M and G are understood (2.4M) (default: what header or name say).
      """)
  var rate: Quantity?

  @Option(
    parsing: .unconditional,
    help: """
      The centre frequency in Hz; k, M and G are understood (433.92M) (default: what header or \
      name say).
      """)
  var center: Quantity?

  @Option(
    parsing: .unconditional,
    help: "Bytes to skip before the first sample; the file is then raw, its header not looked at.")
  var skipBytes = 0

  @Flag(help: "Replace NaN and infinite samples by zero instead of stopping at them.")
  var replaceNonfinite = false

  @Option(
    help: "What becomes of real samples: convert (to complex ones at half the rate) or refuse.")
  var real = CaptureConfiguration.default.realInput

  @Flag(help: "Swap I and Q, for recordings that store Q first.")
  var iqSwap = false

  @Flag(help: "Change the sign of Q: the spectrum is mirrored about 0 Hz.")
  var conjugate = false

  @Flag(
    name: .customLong("remove-dc"),
    help: "Take the offset of I and Q off, the line at 0 Hz of cheap receivers.")
  var removeDC = false

  @Option(parsing: .unconditional, help: "A gain on all samples in dB.")
  var gain = SampleAdjustment.none.gain

  @Flag(
    help: """
      Hold samples against the SHA-512 digest of their SigMF metadata first, and metadata against \
      that of its collection.
      """)
  var verify = false

  func validate() throws {
    try ValidationError.naming(["sampleRate": "rate"]) { try configuration.validate() }
  }

  /// What the options mean to the library.
  var configuration: CaptureConfiguration {
    CaptureConfiguration(
      format: format, sampleRate: rate?.hertz, centerFrequency: center?.hertz,
      skipBytes: skipBytes, replaceNonfinite: replaceNonfinite, realInput: real,
      adjustment: SampleAdjustment(
        swapIQ: iqSwap, conjugate: conjugate, removeDC: removeDC, gain: gain),
      verifiesDigest: verify)
  }
}

extension RealInput: ExpressibleByArgument {}

extension SampleFormat {
  /// Every format by its SigMF name.
  static let optionNames = allCases.map(\.rawValue).joined(separator: ", ")

  /// What a shell completes an option to.
  static let completion = CompletionKind.list(allCases.map(\.rawValue))

  /// Reads a format by its SigMF name or one that people use.
  init(option argument: String) throws {
    guard let format = try? SampleFormat(named: argument) else {
      throw ValidationError("it must be one of \(Self.optionNames)")
    }
    self = format
  }
}
