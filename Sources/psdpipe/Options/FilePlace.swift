import ArgumentParser
import Glibc
import SystemPackage

/// Where a path leads, whatever way it is written.
enum FilePlace {
  /// Checks that no output replaces an input or another output.
  ///
  /// - Throws: `ValidationError` naming the path.
  static func checkDistinct(_ outputs: [String], inputs: [String]) throws {
    let sources = Set(inputs.filter { $0 != "-" }.map(absolute))
    var places = Set<String>()
    for path in outputs {
      let place = absolute(path)
      guard !sources.contains(place) else {
        throw ValidationError(
          "\(path) is an input, which would be lost; give the output a new name")
      }
      guard places.insert(place).inserted else {
        throw ValidationError("\(path) is to be written twice; give each output a name of its own")
      }
    }
  }

  /// The path without links and dots, as far as it is there.
  private static func absolute(_ path: String) -> String {
    if let found = real(path) { return found }
    let normal = FilePath(path).lexicallyNormalized()
    var folder = normal.removingLastComponent()
    if folder.isEmpty { folder = "." }
    if let parent = real(folder.string) { folder = FilePath(parent) }
    return folder.appending(normal.lastComponent.map { [$0] } ?? []).string
  }

  private static func real(_ path: String) -> String? {
    guard let found = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(found) }
    return unsafe String(cString: found)
  }
}
