internal import SystemPackage

extension FileError {
  /// Tells what the operating system refused, in its own words.
  ///
  /// - Parameters:
  ///   - path: The file's path.
  ///   - action: What was tried, such as `open`.
  ///   - error: What it threw, an `Errno`.
  ///   - place: Where in the file, if it was open.
  package init(path: String, doing action: String, _ error: any Error, place: String? = nil) {
    let isMissing = [.noSuchFileOrDirectory, .notDirectory].contains(error as? Errno)
    self.init(
      isMissing ? .missing : .inputOutput, path: path, place: place,
      reason: "cannot \(action): \(error)")
  }

  /// Tells what the operating system refused to write: a folder that is not there is no missing
  /// input.
  ///
  /// - Parameters:
  ///   - path: The file's path.
  ///   - action: What was tried, such as `write`.
  ///   - error: What it threw, an `Errno`.
  init(writing path: String, doing action: String, _ error: any Error) {
    self.init(.inputOutput, path: path, reason: "cannot \(action): \(error)")
  }
}
