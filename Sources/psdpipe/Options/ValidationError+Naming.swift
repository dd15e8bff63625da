import ArgumentParser
import SignalPipeline

extension ValidationError {
  /// Runs a check of the library's and names the option that the field at fault comes from.
  ///
  /// - Parameters:
  ///   - options: The options whose names are not their field's with hyphens.
  ///   - check: A configuration's check.
  /// - Throws: ``ValidationError`` such as `--batch-size is 0; it must be from 1 to 1048576`.
  static func naming(
    _ options: [String: String] = [:], _ check: () throws -> Void
  ) throws {
    do {
      try check()
    } catch let error as ConfigurationError {
      let option =
        options[error.field]
        ?? error.field.reduce(into: "") { name, letter in
          if letter.isUppercase { name += "-" }
          name += letter.lowercased()
        }
      throw ValidationError("--\(option) \(error.reason)")
    }
  }
}
