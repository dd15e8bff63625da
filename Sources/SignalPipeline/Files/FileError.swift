/// A file that cannot be read or written, with the place and what was expected there.
public struct FileError: Error, Hashable, Sendable {
  /// The broad kind of failure, for callers that react to it.
  public enum Kind: String, Hashable, Sendable {
    /// The file, or a part of it that must be there, does not exist.
    case missing
    /// The content breaks the rules of its format.
    case malformed
    /// The content is valid, but nothing this library reads.
    case unsupported
    /// The operating system refused to read or write.
    case inputOutput
  }

  /// The broad kind of failure.
  public var kind: Kind

  /// The file's path, or `-` for standard input or output.
  public var path: String

  /// Where in the file, such as `byte 4094` or `key spectrum.bins`; `nil` for the whole file.
  public var place: String?

  /// What was expected and what was found, as one sentence without a full stop.
  public var reason: String

  /// Creates an error from its parts.
  public init(_ kind: Kind, path: String, place: String? = nil, reason: String) {
    self.kind = kind
    self.path = path
    self.place = place
    self.reason = reason
  }
}

extension FileError: CustomStringConvertible {
  /// For example `a.cs16: byte 4094: 2 bytes left, a ci16_le sample has 4`.
  public var description: String {
    let path = path.isEmpty ? "''" : path
    guard let place else { return "\(path): \(reason)" }
    return "\(path): \(place): \(reason)"
  }
}
