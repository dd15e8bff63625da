extension SynthesisConfiguration.Offset: Codable {
  private enum CodingKeys: CodingKey { case band }

  /// Reads `"any"`, `"centred"`, a number, a list of numbers or `{"band": [low, high]}`.
  public init(from decoder: any Decoder) throws {
    if let fields = try? decoder.container(keyedBy: CodingKeys.self) {
      self = .band(try fields.decode(ClosedRange<Double>.self, forKey: .band))
      return
    }
    let value = try decoder.singleValueContainer()
    if let number = try? value.decode(Double.self) {
      self = .fixed(frequency: number)
    } else if let numbers = try? value.decode([Double].self) {
      self = .list(numbers)
    } else {
      switch try? value.decode(String.self) {
      case "any": self = .any
      case "centred": self = .centred
      case let other:
        let found = other.map { "\"\($0)\" is none of them" } ?? "something else is there"
        throw DecodingError.dataCorruptedError(
          in: value,
          debugDescription:
            "\"any\", \"centred\", a number, a list of numbers or {\"band\": [low, high]} is "
            + "expected; \(found)")
      }
    }
  }

  public func encode(to encoder: any Encoder) throws {
    if case .band(let band) = self {
      var fields = encoder.container(keyedBy: CodingKeys.self)
      try fields.encode(band, forKey: .band)
      return
    }
    var value = encoder.singleValueContainer()
    switch self {
    case .any: try value.encode("any")
    case .centred: try value.encode("centred")
    case .fixed(let frequency): try value.encode(frequency)
    case .list(let frequencies): try value.encode(frequencies)
    case .band: break
    }
  }
}
