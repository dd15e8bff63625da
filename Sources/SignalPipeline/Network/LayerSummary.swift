/// A tensor in a network's flat parameters.
public struct NamedParameter: Hashable, Sendable {
  /// PyTorch's name for it in a `Sequential`, such as `0.weight`, or `4.0.weight` in a body.
  public let name: String

  /// PyTorch's shape, row-major.
  public let shape: [Int]

  /// Where it lies.
  public let range: Range<Int>

  /// Whether the optimiser changes it; otherwise it is a running statistic.
  public let isTrainable: Bool
}

/// What a table of a network tells about one layer.
public struct LayerSummary: Hashable, Sendable {
  /// Its place, counted from 0 and nested by dots.
  public let place: String

  /// Its name in a description.
  public let name: String

  /// The shape of its output.
  public let outputShape: Shape

  /// Its tensors.
  public let parameters: [NamedParameter]

  /// Floating-point operations for one example: two for a multiplication with addition.
  public let flops: Int

  /// The network's input bins that one of its output values sees [bins].
  public let receptiveField: Int

  /// The number of its parameters, running statistics included.
  public var parameterCount: Int { parameters.reduce(0) { $0 + $1.range.count } }
}
