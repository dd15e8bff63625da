import ArgumentParser

/// A file to write, whose extension tells the format.
struct OutputPath<Format: RawRepresentable & CaseIterable>: ExpressibleByArgument
where Format.RawValue == String {
  let path: String
  let format: Format

  init?(argument: String) {
    guard let dot = argument.lastIndex(of: "."),
      let format = Format(rawValue: argument[argument.index(after: dot)...].lowercased())
    else { return nil }
    path = argument
    self.format = format
  }

  static var allValueStrings: [String] { Format.allCases.map { "FILE.\($0.rawValue)" } }
}
