import ArgumentParser
import Glibc

/// Where a path leads, whatever way it is written.
enum FilePlace {
  /// Checks that no output replaces the input or another output.
  ///
  /// - Throws: `ValidationError` naming the path.
  static func checkDistinct(_ outputs: [String], input: String) throws {
    let source = input == "-" ? nil : absolute(input)
    var places = Set<String>()
    for path in outputs {
      let place = absolute(path)
      if place == source {
        throw ValidationError(
          "\(path) is the input, which would be lost; give the output a new name")
      }
      guard places.insert(place).inserted else {
        throw ValidationError("\(path) is to be written twice; give each output a name of its own")
      }
    }
  }

  /// The path without links and dots, as far as it is there.
  private static func absolute(_ path: String) -> String {
    if let found = real(path) { return found }
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let folder = parts.dropLast().joined(separator: "/")
    let parent = real(folder.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : folder)
    return (parent ?? folder) + "/" + (parts.last ?? "")
  }

  private static func real(_ path: String) -> String? {
    guard let found = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(found) }
    return unsafe String(cString: found)
  }
}
