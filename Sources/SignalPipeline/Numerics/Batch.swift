/// A batch of equally shaped examples, told as `(N, C, L)`, stored channels-last.
///
/// The value of example `n`, channel `c`, position `l` lies at `(n·L + l)·C + c`. With one
/// channel that is the same order as `(N, C, L)` row-major.
public struct Batch: Sendable {
  /// The number of examples, `N`.
  public let count: Int

  /// The shape `(C, L)` of every example.
  public let shape: Shape

  /// The `N·L·C` values, channels-last.
  public var values: [Float]

  /// Creates a batch of zeros.
  public init(count: Int, shape: Shape) {
    self.count = count
    self.shape = shape
    values = [Float](repeating: 0, count: count * shape.count)
  }

  /// Puts one example in place, from the order that shapes are told in to the one that is stored.
  ///
  /// - Parameters:
  ///   - example: Its values, `(C, L)` row-major.
  ///   - place: Which of the batch's examples it becomes.
  package mutating func store(_ example: [Float], at place: Int) {
    let (channels, length) = (shape.channels, shape.length)
    precondition(example.count == shape.count, "\(example.count) values of shape \(shape)")
    let first = place * shape.count
    guard channels > 1 else {
      values.replaceSubrange(first..<first + length, with: example)
      return
    }
    for channel in 0..<channels {
      for position in 0..<length {
        values[first + position * channels + channel] = example[channel * length + position]
      }
    }
  }
}
