/// Pieces of command lines that errors show.
package enum CommandText {
  /// A path as one word of a shell.
  package static func word(_ path: String) -> String {
    let plain = path.utf8.allSatisfy {
      ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A || (0x2B...0x3A).contains($0) || $0 == 0x5F
    }
    let path = path.hasPrefix("-") && path != "-" ? "./" + path : path
    return plain && !path.isEmpty
      ? path
      : "'"
        + path.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
        + "'"
  }

  /// A frequency or rate as options take it, such as `2.4M`.
  static func quantity(_ value: Double) -> String {
    let prefix = NumberText.prefix(for: value)
    guard ["k", "M", "G"].contains(prefix.symbol) else { return plain(value) }
    return plain(value / prefix.factor) + prefix.symbol
  }

  private static func plain(_ value: Double) -> String {
    Int(exactly: value).map(String.init) ?? "\(value)"
  }
}
