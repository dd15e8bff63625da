import ArgumentParser
import SignalPipeline

/// Presets with commas between them, such as `founding,aps`.
struct NetworkList {
  let networks: [Architecture]

  init(option argument: String) throws {
    networks = try argument.split(separator: ",", omittingEmptySubsequences: false).map { name in
      guard let known = Architecture(rawValue: String(name)) else {
        let names = Architecture.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("'\(name)' is none of \(names)")
      }
      return known
    }
  }
}
