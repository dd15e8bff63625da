/// The size of one example inside the network, `(C, L)`: channels by positions.
public struct Shape: Hashable, Codable, Sendable {
  /// The number of channels, `C`.
  public var channels: Int

  /// The number of positions along the frequency axis, `L`.
  public var length: Int

  /// The number of floats in one example, `C·L`.
  public var count: Int { channels * length }

  /// The axes of one example in a file, `[C, L]`; one channel has no axis of its own.
  package var axes: [Int] { channels == 1 ? [length] : [channels, length] }

  /// Creates a shape of `channels` by `length`.
  public init(channels: Int, length: Int) {
    self.channels = channels
    self.length = length
  }
}

extension Shape: CustomStringConvertible {
  /// For example `(16, 512)`.
  public var description: String { "(\(channels), \(length))" }
}
