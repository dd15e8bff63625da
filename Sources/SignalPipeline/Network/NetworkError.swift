/// A network that cannot be built, with the layer at fault.
public struct NetworkError: Error, Hashable, Sendable {
  /// The layer's place, counted from 0 and nested by dots such as `4.0`; `nil` for the network.
  public var layer: String?

  /// The layer's name, such as `conv1d`; `nil` for the network.
  public var name: String?

  /// The shape that the layer, or the network, was given.
  public var inputShape: Shape?

  /// What was expected and what was found, as one sentence without a full stop.
  public var reason: String

  /// Creates an error from its parts.
  public init(
    layer: String? = nil, name: String? = nil, inputShape: Shape? = nil, reason: String
  ) {
    self.layer = layer
    self.name = name
    self.inputShape = inputShape
    self.reason = reason
  }
}

extension NetworkError: CustomStringConvertible {
  /// For example `layer 0 (conv1d), input (1, 64): its kernel spans 128 positions, …`.
  public var description: String {
    var place = layer.map { "layer \($0)" } ?? "network"
    if let name { place += " (\(name))" }
    if let inputShape { place += ", input \(inputShape)" }
    return "\(place): \(reason)"
  }
}

/// Why one layer does not take an input; the network adds which layer it is.
public struct LayerError: Error, Hashable, Sendable {
  /// What was expected and what was found, as one sentence without a full stop.
  public var reason: String

  /// Creates an error from its reason.
  public init(_ reason: String) { self.reason = reason }

  /// Checks that a hyper-parameter lies in `1...`` ``Limits/dimension``.
  static func checkPositive(_ value: Int, _ name: String) throws(LayerError) {
    guard (1...Limits.dimension).contains(value) else {
      throw LayerError("\(name) is \(value); it must be 1 to \(Limits.dimension)")
    }
  }

  /// Checks that steps of a stride end where they began on a circle.
  static func checkCircle(_ input: Shape, stride: Int) throws(LayerError) {
    guard input.length.isMultiple(of: stride) else {
      throw LayerError(
        "a circle of \(input.length) positions is no multiple of the stride of \(stride)")
    }
  }

  /// Checks that an activation's size stays within the limits and returns its shape.
  static func checkShape(channels: Int, length: Int) throws(LayerError) -> Shape {
    // The shape itself cannot be told: its product may overflow.
    let (count, overflow) = channels.multipliedReportingOverflow(by: length)
    guard channels > 0, length > 0, !overflow, count <= Limits.activation else {
      throw LayerError(
        "\(channels) channels by \(length) positions are not 1 to \(Limits.activation) values")
    }
    return Shape(channels: channels, length: length)
  }
}

/// The sizes up to which a network is taken, so that no description can exhaust the memory or
/// overflow an index.
enum Limits {
  /// The largest hyper-parameter; places within a window stay exact as a `Float`.
  static let dimension = 1 << 24
  /// The most values of one example between two layers.
  static let activation = 1 << 24
  /// The most parameters.
  static let parameters = 1 << 28
  /// The most values of one example in the whole network.
  static let example = 1 << 27
  /// The most layers.
  static let layers = 1 << 12
  /// The deepest nesting of residual layers.
  static let depth = 16
}
