import ArgumentParser
import SignalPipeline

/// `balanced`, or numbers with commas between them such as `1,2.5,1`.
extension ClassWeights: ExpressibleByArgument {
  public init?(argument: String) {
    if argument == "balanced" {
      self = .balanced
      return
    }
    let texts = argument.split(separator: ",", omittingEmptySubsequences: false)
    let weights = texts.compactMap { Double($0) }
    guard weights.count == texts.count else { return nil }
    self = .given(weights)
  }

  /// The weights as they are typed.
  var optionText: String {
    switch self {
    case .balanced: "balanced"
    case .given(let weights): weights.map { "\($0)" }.joined(separator: ",")
    }
  }
}
