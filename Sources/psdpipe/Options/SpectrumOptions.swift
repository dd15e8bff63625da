import ArgumentParser
import SignalPipeline

/// The options of every subcommand that estimates a spectrum.
struct SpectrumOptions: ParsableArguments {
  @Option(parsing: .unconditional, help: "The number of frequency bins (the DFT length).")
  var bins = SpectrumConfiguration.default.bins

  @Option(
    parsing: .unconditional,
    help: "Samples that neighbouring segments share (default: half the bins).")
  var overlap: Int?

  @Option(help: "The window applied to each segment.")
  var window = SpectrumConfiguration.default.window

  func validate() throws {
    try ValidationError.naming { try configuration.validate() }
  }

  /// What the options mean to the library.
  var configuration: SpectrumConfiguration {
    SpectrumConfiguration(bins: bins, overlap: overlap ?? bins / 2, window: window)
  }
}

extension Window: ExpressibleByArgument {}
