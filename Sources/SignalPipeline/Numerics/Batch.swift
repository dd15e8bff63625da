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
}
