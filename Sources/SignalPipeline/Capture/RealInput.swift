/// What becomes of a capture of real samples, such as a mono WAV file.
public enum RealInput: String, Hashable, Codable, Sendable, CaseIterable {
  /// It is read as complex baseband at half the rate; see ``RealToBaseband``.
  case convert
  /// It is an error.
  case refuse

  /// Checks that a capture of a format may be read.
  func check(_ format: SampleFormat, path: String) throws(FileError) {
    guard self == .refuse, !format.isComplex else { return }
    throw FileError(
      .unsupported, path: path,
      reason: "\(format.rawValue) holds real samples, which are to be refused; "
        + "--real convert reads them as complex baseband at half the rate")
  }
}
