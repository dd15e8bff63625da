import ArgumentParser
import SignalPipeline

/// The options of every subcommand that estimates a spectrum.
struct SpectrumOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: """
      The number of frequency bins (the DFT length) (default: \
      \(SpectrumConfiguration.default.bins)).
      """)
  var bins: Int?

  @Option(
    parsing: .unconditional,
    help: "The samples of a segment, zeros filling it up to the bins (default: as many as bins).")
  var segmentLength: Int?

  @Option(
    parsing: .unconditional,
    help: """
      What neighbouring segments share, in samples or per cent of a segment (default: \
      \(Overlap.default)).
      """)
  var overlap: Overlap?

  @Option(
    help: """
      The window applied to each segment: \(Window.forms.joined(separator: ", ")), or a NumPy \
      array of your own, FILE.npy (default: \(SpectrumConfiguration.default.window)).
      """,
    transform: { text in
      if text.hasSuffix(".npy") { return .file(text) }
      guard let window = Window(text) else {
        throw ValidationError(
          "a window is one of \(Window.forms.joined(separator: ", ")), or FILE.npy")
      }
      return .known(window)
    })
  var window: WindowChoice?

  @Option(
    help: """
      What is taken off each segment first: its mean or a straight line (default: \
      \(SpectrumConfiguration.default.detrend.rawValue)).
      """)
  var detrend: Detrend?

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
  var average: Averaging?

  /// The names of the options that were given, such as `--bins`.
  var given: [String] {
    [
      ("--bins", bins != nil), ("--segment-length", segmentLength != nil),
      ("--overlap", overlap != nil), ("--window", window != nil), ("--detrend", detrend != nil),
      ("--average", average != nil),
    ].filter(\.1).map(\.0)
  }

  func validate() throws {
    try ValidationError.naming(["averaging": "average"]) {
      try configuration.validate()
    }
  }

  /// What the options mean to the library, but for a window that is in a file.
  var configuration: SpectrumConfiguration {
    let standard = SpectrumConfiguration.default
    let length = segmentLength ?? bins ?? standard.bins
    return SpectrumConfiguration(
      bins: bins ?? standard.bins, segmentLength: length,
      overlap: (overlap ?? .default).samples(of: length),
      window: (window ?? .known(standard.window)).known ?? .rectangular,
      detrend: detrend ?? standard.detrend, averaging: average ?? standard.averaging)
  }

  /// What the options mean to the library.
  ///
  /// - Throws: ``FileError`` for a file that holds no window, `ValidationError` for one of another
  ///   length than the segments.
  func read() throws -> SpectrumConfiguration {
    var configuration = configuration
    guard case .file(let path) = window else { return configuration }
    let array = try NPYFile.read(path, as: Double.self)
    guard array.shape.count == 1 else {
      throw FileError(
        .unsupported, path: path, place: "shape",
        reason: "it is \(array.shape); a window has one axis, its samples")
    }
    configuration.window = .coefficients(array.values)
    try ValidationError.naming { try configuration.validate() }
    return configuration
  }

  /// A window, or where its coefficients are.
  enum WindowChoice {
    case known(Window)
    case file(String)

    /// The window, if no file need be read.
    var known: Window? {
      guard case .known(let window) = self else { return nil }
      return window
    }
  }

  /// A part of a segment.
  enum Overlap: ExpressibleByArgument, CustomStringConvertible {
    case samples(Int)
    case share(Double)

    static let `default` = share(0.5)

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
