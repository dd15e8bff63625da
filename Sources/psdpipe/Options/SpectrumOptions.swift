import ArgumentParser
import SignalPipeline

/// The options of every subcommand that estimates a spectrum.
struct SpectrumOptions: ParsableArguments {
  @Option(parsing: .unconditional, help: "The number of frequency bins (the DFT length).")
  var bins = SpectrumConfiguration.default.bins

  @Option(
    parsing: .unconditional,
    help: "The samples of a segment, zeros filling it up to the bins (default: as many as bins).")
  var segmentLength: Int?

  @Option(
    parsing: .unconditional,
    help: "What neighbouring segments share, in samples or per cent (50%) of a segment.")
  var overlap = Overlap.share(0.5)

  @Option(
    help: """
      The window applied to each segment: \(Window.forms.joined(separator: ", ")) \
      (default: \(SpectrumConfiguration.default.window)).
      """,
    transform: { text in
      guard let window = Window(text) else {
        throw ValidationError("a window is one of \(Window.forms.joined(separator: ", "))")
      }
      return window
    })
  var window = SpectrumConfiguration.default.window

  @Option(help: "What is taken off each segment first: its mean or a straight line.")
  var detrend = SpectrumConfiguration.default.detrend

  @Option(
    help: """
      How the segments' powers become one: \(Averaging.forms.joined(separator: ", ")) \
      (default: \(SpectrumConfiguration.default.averaging)).
      """,
    transform: { text in
      guard let averaging = Averaging(text) else {
        throw ValidationError("an average is one of \(Averaging.forms.joined(separator: ", "))")
      }
      return averaging
    })
  var average = SpectrumConfiguration.default.averaging

  func validate() throws {
    try ValidationError.naming(["averaging": "average"]) {
      try configuration.validate()
    }
  }

  /// What the options mean to the library.
  var configuration: SpectrumConfiguration {
    let length = segmentLength ?? bins
    return SpectrumConfiguration(
      bins: bins, segmentLength: length, overlap: overlap.samples(of: length), window: window,
      detrend: detrend, averaging: average)
  }

  /// A part of a segment.
  enum Overlap: ExpressibleByArgument, CustomStringConvertible {
    case samples(Int)
    case share(Double)

    init?(argument: String) {
      if let samples = Int(argument) {
        self = .samples(samples)
      } else if argument.hasSuffix("%"), let percent = Double(argument.dropLast()),
        (-1e6...1e6).contains(percent)
      {
        self = .share(percent / 100)
      } else {
        return nil
      }
    }

    var description: String {
      switch self {
      case .samples(let samples): "\(samples)"
      case .share(let share): NumberText.fixed(100 * share, decimals: 0) + "%"
      }
    }

    /// Rounds a share down to whole samples.
    func samples(of segment: Int) -> Int {
      switch self {
      case .samples(let samples): samples
      case .share(let share): Int(clamping: Int128((share * Double(segment)).rounded(.down)))
      }
    }
  }
}

extension Detrend: ExpressibleByArgument {}
