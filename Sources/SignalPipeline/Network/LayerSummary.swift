/// A tensor in a network's flat parameters.
public struct NamedParameter: Hashable, Sendable {
  /// PyTorch's name for it in a `Sequential`, such as `0.weight`, or `4.0.weight` in a body.
  public let name: String

  /// PyTorch's shape, row-major.
  public let shape: [Int]

  /// Where it lies; see ``stored(_:)`` for the order there.
  public let range: Range<Int>

  /// The shape `(C, L)` of which each row of PyTorch's is the flattened values, `c·L + l`, where
  /// rows are stored channels-last, `l·C + c`: a network then need not reorder its activations.
  package let turned: Shape?

  /// Whether the optimiser changes it; otherwise it is a running statistic.
  public let isTrainable: Bool

  /// Returns values that stand in PyTorch's order as they are stored in ``range``.
  public func stored(_ values: [Float]) -> [Float] {
    turned.map { reordered(values, rows: $0.channels, columns: $0.length) } ?? values
  }

  /// Returns stored values, those of ``range``, in PyTorch's order.
  public func inPyTorchOrder(_ values: [Float]) -> [Float] {
    turned.map { reordered(values, rows: $0.length, columns: $0.channels) } ?? values
  }

  private func reordered(_ values: [Float], rows: Int, columns: Int) -> [Float] {
    precondition(values.count == range.count, "\(values.count) values of \(range.count)")
    var result = values
    for begin in stride(from: 0, to: values.count, by: rows * columns) {
      Kernels.transpose(
        values.span, from: begin, into: &result, at: begin, rows: rows, columns: columns)
    }
    return result
  }
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
