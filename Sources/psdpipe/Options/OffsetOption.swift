import ArgumentParser
import SignalPipeline

extension SynthesisConfiguration.Offset: ExpressibleByArgument {
  /// Reads `any`, `centred`, a number of cycles/sample, several with commas, or `LOW:HIGH`.
  public init?(argument: String) {
    switch argument {
    case "any": self = .any
    case "centred": self = .centred
    default:
      if argument.contains(":") {
        guard let band = NumberRange(argument: argument) else { return nil }
        self = .band(band.range)
        return
      }
      let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
      let values = parts.compactMap { Double($0) }
      guard values.count == parts.count, values.allSatisfy(\.isFinite) else { return nil }
      self = values.count == 1 ? .fixed(frequency: values[0]) : .list(values)
    }
  }
}
