import ArgumentParser
import SignalPipeline

/// Classes with commas between them, such as `am,fsk`.
struct ClassList {
  let classes: [SignalClass]

  init(option argument: String) throws {
    classes = try argument.split(separator: ",", omittingEmptySubsequences: false).map { name in
      guard let known = SignalClass(rawValue: String(name)) else {
        let names = SignalClass.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("'\(name)' is none of \(names)")
      }
      return known
    }
  }
}
