/// The one place where names and file extensions become formats.
extension SampleFormat {
  /// The names of the format, its SigMF datatype first; case does not matter.
  ///
  /// Complex `i16` is known as `ci16`, `cs16`, `sc16` and `c16`, real `i16` as `ri16`, `rs16`,
  /// `i16` and `s16`, and so on for each type. Little-endian is what a name means that does not
  /// tell the order of bytes; `le`, `_le`, `be` and `_be` tell it.
  public var names: [String] {
    let endings = number.byteCount == 1 ? [""] : endings
    let regular = endings.flatMap { ending in stems.map { $0 + ending } }
    return [rawValue] + (regular + irregularNames).filter { $0 != rawValue }
  }

  /// The file extensions that tell the format; case does not matter.
  ///
  /// `.complex…` are Universal Radio Hacker's, which counts the bits of I and Q together.
  public var fileExtensions: [String] {
    let endings = number.byteCount == 1 ? [""] : endings.filter { !$0.hasSuffix("le") }
    return endings.flatMap { ending in stems.map { $0 + ending } } + irregularExtensions
  }

  /// File extensions of captures that do not tell the format.
  public static let formatlessExtensions = ["bin", "iq", "raw", "data", "dat"]

  /// The formats that most captures have, for messages that cannot list them all.
  public static let usual: [SampleFormat] = [.cu8, .ci8, .ci16, .cf32]

  /// Creates the format that a name stands for.
  ///
  /// - Throws: ``ConfigurationError`` that lists every format, and the usual ones' other names.
  public init(named name: String) throws(ConfigurationError) {
    let lower = name.lowercased()
    guard let format = Self.allCases.first(where: { $0.names.contains(lower) }) else {
      let known = Self.allCases.map { format in
        Self.usual.contains(format)
          ? "\(format.rawValue) (\(format.names.dropFirst().joined(separator: ", ")))"
          : format.rawValue
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

  /// The format's names without an order of bytes.
  private var stems: [String] {
    let bits = number.rawValue.dropFirst()
    let prefixes: [String] =
      switch (isComplex, number) {
      case (true, .u8), (true, .u16), (true, .u32): ["cu", "uc"]
      case (true, .i8), (true, .i16), (true, .i24), (true, .i32): ["ci", "cs", "sc", "c"]
      case (true, .f32), (true, .f64): ["cf", "fc"]
      case (false, .u8), (false, .u16), (false, .u32): ["ru", "u"]
      case (false, .i8), (false, .i16), (false, .i24), (false, .i32): ["ri", "rs", "i", "s"]
      case (false, .f32), (false, .f64): ["rf", "f"]
      }
    return prefixes.map { $0 + bits }
  }

  private var endings: [String] {
    switch byteOrder {
    case .littleEndian: ["", "_le", "le"]
    case .bigEndian: ["_be", "be"]
    }
  }

  private var irregularNames: [String] {
    switch self {
    case .cu8: ["rtl", "rtlsdr", "rtl-sdr", "rtl_sdr", "complex16u"]
    case .ci8: ["hackrf", "complex16s"]
    case .ci16: ["usrp", "complex32s"]
    case .cf32: ["complex64", "cfile", "gr_complex", "gnuradio"]
    default: wideNames
    }
  }

  private var irregularExtensions: [String] {
    switch self {
    case .cu8: ["complex16u"]
    case .ci8: ["complex16s"]
    case .ci16: ["complex32s"]
    case .cf32: ["cfile", "complex64", "complex"]
    default: wideNames
    }
  }

  /// The names after the bits of I and Q together of formats that are not usual.
  private var wideNames: [String] {
    switch rawValue {
    case "cu16_le": ["complex32u"]
    case "cf64_le": ["complex128"]
    default: []
    }
  }
}
