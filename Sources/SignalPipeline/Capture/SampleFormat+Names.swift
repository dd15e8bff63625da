/// The one place where names and file extensions become formats.
extension SampleFormat {
  /// The names of the format, its SigMF datatype first; case does not matter.
  public var names: [String] {
    switch self {
    case .cu8: ["cu8", "rtl", "rtlsdr", "rtl-sdr", "rtl_sdr", "uc8", "complex16u"]
    case .ci8: ["ci8", "cs8", "sc8", "hackrf", "complex16s"]
    case .ci16: ["ci16_le", "ci16", "cs16", "cs16_le", "sc16", "complex32s"]
    case .cf32: ["cf32_le", "cf32", "fc32", "complex64", "cfile", "gr_complex", "gnuradio"]
    }
  }

  /// The file extensions that tell the format; case does not matter.
  ///
  /// `.complex…` are Universal Radio Hacker's, which counts the bits of I and Q together.
  public var fileExtensions: [String] {
    switch self {
    case .cu8: ["cu8", "complex16u"]
    case .ci8: ["ci8", "cs8", "complex16s"]
    case .ci16: ["ci16", "cs16", "sc16", "complex32s"]
    case .cf32: ["cf32", "fc32", "cfile", "complex64", "complex"]
    }
  }

  /// File extensions of captures that do not tell the format.
  public static let formatlessExtensions = ["bin", "iq", "raw", "data", "dat"]

  /// Creates the format that a name stands for.
  ///
  /// - Throws: ``ConfigurationError`` that lists every format's names.
  public init(named name: String) throws(ConfigurationError) {
    let lower = name.lowercased()
    guard let format = Self.allCases.first(where: { $0.names.contains(lower) }) else {
      let known = Self.allCases.map { format in
        "\(format.rawValue) (\(format.names.dropFirst().joined(separator: ", ")))"
      }
      throw ConfigurationError(
        "format", "is '\(name)'; it must be one of \(known.joined(separator: ", "))")
    }
    self = format
  }

  /// Creates the format that a file's extension tells, or `nil` where it tells none.
  public init?(fileExtension: String) {
    let lower = fileExtension.lowercased()
    guard let format = Self.allCases.first(where: { $0.fileExtensions.contains(lower) }) else {
      return nil
    }
    self = format
  }

  /// Whether a file of this extension is taken for a capture, its format told or not.
  package static func isCapture(fileExtension: String) -> Bool {
    SampleFormat(fileExtension: fileExtension) != nil
      || formatlessExtensions.contains(fileExtension.lowercased())
  }
}
