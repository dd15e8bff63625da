extension Window: CustomStringConvertible {
  /// The windows without a parameter, by name.
  private static let plain: [(name: String, window: Window)] = [
    ("rectangular", .rectangular), ("hann", .hann), ("hamming", .hamming),
    ("blackman", .blackman), ("blackmanHarris", .blackmanHarris), ("flatTop", .flatTop),
  ]

  /// What ``init(_:)`` takes, parameters in capitals.
  public static let forms = plain.map(\.name) + ["kaiser:BETA", "gaussian:SIGMA"]

  /// For example `hann` or `kaiser:8.6`; coefficients are only counted.
  public var description: String {
    switch self {
    case .kaiser(let beta): "kaiser:\(beta)"
    case .gaussian(let sigma): "gaussian:\(sigma)"
    case .coefficients(let values): "\(values.count) coefficients"
    default: Self.plain.first { $0.window == self }?.name ?? ""
    }
  }

  /// Reads a window by its name, with a parameter where it has one; `nil` for any other text.
  public init?(_ text: String) {
    if let match = Self.plain.first(where: { $0.name == text }) {
      self = match.window
      return
    }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let value = Double(parts[1]) else { return nil }
    switch parts[0] {
    case "kaiser": self = .kaiser(beta: value)
    case "gaussian": self = .gaussian(sigma: value)
    default: return nil
    }
  }
}

extension Window: Codable {
  /// Decodes a name or an array of coefficients.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let values = try? container.decode([Double].self) {
      self = .coefficients(values)
      return
    }
    let text = try container.decode(String.self)
    guard let window = Self(text) else {
      throw DecodingError.dataCorruptedError(
        in: container,
        debugDescription: "'\(text)' is no window; there are \(Self.forms.joined(separator: ", ")) "
          + "and arrays of coefficients")
    }
    self = window
  }

  /// Encodes the name or the coefficients.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if case .coefficients(let values) = self {
      try container.encode(values)
    } else {
      try container.encode(description)
    }
  }
}
