internal import SystemPackage

extension FileError {
  /// Creates the error of a refused read, with the operating system's text.
  ///
  /// - Parameters:
  ///   - path: The file's path.
  ///   - error: What the operation threw: an `Errno`.
  ///   - place: Where in the file, if it was open.
  init(reading path: String, _ error: any Error, place: String? = nil) {
    let missing = (error as? Errno).map { $0 == .noSuchFileOrDirectory || $0 == .notDirectory }
    self.init(
      missing == true ? .missing : .inputOutput, path: path, place: place, reason: "\(error)")
  }
}
