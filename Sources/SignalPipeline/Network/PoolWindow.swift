/// The windows of a pool: `K` neighbouring positions each.
public struct PoolWindow: Hashable, Sendable {
  /// The values of a window, `K` [positions].
  public var kernelSize: Int

  /// How far two neighbouring windows lie apart [positions].
  public var stride: Int

  /// What is put on each side of the input, at most half a window [positions].
  public var padding: Int
}

extension PoolWindow: Codable {
  enum CodingKeys: String, CodingKey, CaseIterable { case kernelSize, stride, padding }

  /// Reads windows that lie side by side where no stride is told.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    kernelSize = try container.integer(.kernelSize)
    stride = try container.integerIfPresent(.stride) ?? kernelSize
    padding = try container.integerIfPresent(.padding) ?? 0
  }
}

/// A layer that makes one value of each window of a channel.
public protocol WindowedPool: Layer {
  /// The windows.
  var window: PoolWindow { get }
}

extension WindowedPool {
  var kernelSize: Int { window.kernelSize }
  var stride: Int { window.stride }
  var padding: Int { window.padding }

  /// The shape with a position for each window.
  ///
  /// A padding of at most half a window leaves none without a value, as PyTorch demands, too.
  public func outputShape(for input: Shape) throws(LayerError) -> Shape {
    try LayerError.checkPositive(kernelSize, "kernelSize")
    try LayerError.checkPositive(stride, "stride")
    guard (0...kernelSize / 2).contains(padding) else {
      throw LayerError(
        "padding is \(padding); it must be 0 to half of the kernelSize of \(kernelSize)")
    }
    let padded = try LayerError.checkShape(
      channels: input.channels, length: input.length + 2 * padding)
    guard kernelSize <= padded.length else {
      let found = padding == 0 ? "the input" : "the padded input"
      throw LayerError("its window has \(kernelSize) positions, \(found) \(padded.length)")
    }
    return Shape(channels: input.channels, length: (padded.length - kernelSize) / stride + 1)
  }

  public func receptiveField(_ field: ReceptiveField, input: Shape) -> ReceptiveField {
    field.windowed(span: kernelSize, stride: stride)
  }
}
