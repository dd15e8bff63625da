/// A drawn parameter of a signal: a quantity, or the name of a choice.
public enum SignalParameter: Hashable, Sendable {
  /// A quantity, in the unit of its name.
  case number(Double)
  /// A choice, such as `qpsk`.
  case text(String)
}

extension SignalParameter: Codable {
  public init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    // The text first: the decoder would take `inf` for an infinity.
    if let text = try? value.decode(String.self) {
      self = .text(text)
    } else {
      self = .number(try value.decode(Double.self))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    switch self {
    case .number(let number): try value.encode(number)
    case .text(let text): try value.encode(text)
    }
  }
}

extension SignalParameter: ExpressibleByFloatLiteral, ExpressibleByStringLiteral {
  public init(floatLiteral value: Double) { self = .number(value) }

  public init(stringLiteral value: String) { self = .text(value) }
}
