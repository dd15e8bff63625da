import ArgumentParser
import SignalPipeline

extension ClassWeights {
  /// Reads `balanced`, or numbers with commas between them such as `1,2.5,1`.
  init(option text: String) throws {
    if text == "balanced" {
      self = .balanced
      return
    }
    let texts = text.split(separator: ",", omittingEmptySubsequences: false)
    let weights = texts.compactMap { Double($0) }
    guard weights.count == texts.count else {
      throw ValidationError("it must be balanced, or numbers such as 1,2.5,1")
    }
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
