import ArgumentParser
import SignalPipeline

extension PSDNormalization {
  /// The normalisations by the names that options take, with their default parameters.
  static let named: [(name: String, value: PSDNormalization)] = [
    ("decibelsAboveFloor", .decibelsAboveFloor()), ("squareRootMinMax", .squareRootMinMax),
    ("decibelMinMax", .decibelMinMax), ("decibelPercentiles", .decibelPercentiles),
    ("linearMinMax", .linearMinMax), ("fixedDecibels", .fixedDecibels),
  ]

  /// The name that an option takes.
  var optionName: String { String(name.prefix { $0 != " " }) }

  /// The name and, where there are any, the parameters.
  var name: String {
    switch self {
    case .decibelsAboveFloor(let offset, let span):
      "decibelsAboveFloor (offset \(offset) dB, span \(span) dB)"
    default: Self.named.first { $0.value == self }?.name ?? ""
    }
  }
}

extension PSDNormalization: ExpressibleByArgument {
  /// Reads a normalisation by its name, with its default parameters.
  public init?(argument: String) {
    guard let match = Self.named.first(where: { $0.name == argument }) else { return nil }
    self = match.value
  }
}
