/// A file in a tar archive.
struct TarMember: Hashable, Sendable {
  /// The path in the archive, without a leading `./`.
  var name: String

  /// Where the content begins in the archive [bytes].
  var offset: Int

  /// The content's size [bytes].
  var size: Int
}
