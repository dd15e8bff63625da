/// One layer of a network: its hyper-parameters, and what follows from them.
///
/// A layer is a value that holds nothing but its hyper-parameters, so a network's layers are its
/// description. Shapes are told as PyTorch tells them, `(N, C, L)`; in memory activations are
/// channels-last, `[n][position][channel]`.
public protocol Layer: Hashable, Codable, Sendable {
  /// The name in a description, such as `conv1d`.
  static var name: String { get }

  /// Returns the shape of one example's output.
  ///
  /// - Throws: ``LayerError`` where the layer does not take the input.
  func outputShape(for input: Shape) throws(LayerError) -> Shape

  /// The parameters for an input that ``outputShape(for:)`` took, in their order in memory.
  func parameters(for input: Shape) -> [ParameterDeclaration]

  /// The multiplications with additions for one example.
  func multiplyAdds(for input: Shape) -> Int

  /// The input bins that one output value sees, from those that one input value sees.
  func receptiveField(_ field: ReceptiveField, input: Shape) -> ReceptiveField
}

extension Layer {
  public func parameters(for input: Shape) -> [ParameterDeclaration] { [] }
  public func multiplyAdds(for input: Shape) -> Int { 0 }
  public func receptiveField(_ field: ReceptiveField, input: Shape) -> ReceptiveField { field }
}

/// A named tensor of a layer.
public struct ParameterDeclaration: Hashable, Sendable {
  /// How a parameter begins.
  public enum Initialization: Hashable, Sendable {
    /// Uniform in `±bound`.
    case uniform(bound: Double)
    /// The same number everywhere.
    case constant(Float)
  }

  /// PyTorch's name within the layer, such as `weight`.
  public var name: String

  /// PyTorch's shape, row-major.
  public var shape: [Int]

  /// Whether the optimiser changes it; otherwise it is a running statistic.
  public var isTrainable: Bool

  /// How it begins.
  public var initialization: Initialization

  /// The number of floats.
  public var count: Int { shape.reduce(1, *) }

  /// Creates a declaration.
  public init(
    _ name: String, shape: [Int], isTrainable: Bool = true, initialization: Initialization
  ) {
    self.name = name
    self.shape = shape
    self.isTrainable = isTrainable
    self.initialization = initialization
  }

  /// PyTorch's default for weights and biases, uniform in `±1/√fanIn` (which for weights is
  /// Kaiming's uniform law with a = √5).
  static func uniform(_ name: String, shape: [Int], fanIn: Int) -> ParameterDeclaration {
    ParameterDeclaration(
      name, shape: shape,
      initialization: .uniform(bound: 1 / Double(fanIn).squareRoot()))
  }
}

/// The input bins behind one value of an activation.
public struct ReceptiveField: Hashable, Sendable {
  /// How many neighbouring bins it sees [bins].
  public var size: Int

  /// How far two neighbouring values lie apart [bins].
  public var step: Int

  /// The length of the network's input, which no field exceeds [bins].
  public var limit: Int

  /// The field of windows of `span` positions, `stride` apart, over values with this field.
  func windowed(span: Int, stride: Int) -> ReceptiveField {
    // Beyond the whole input nothing grows, so nothing overflows.
    let (reach, overflow) = (span - 1).multipliedReportingOverflow(by: step)
    let (next, tooWide) = step.multipliedReportingOverflow(by: stride)
    return ReceptiveField(
      size: overflow ? limit : min(limit, size + min(limit, reach)),
      step: tooWide ? limit : min(limit, next), limit: limit)
  }

  /// The field of a value that sees every position.
  var whole: ReceptiveField { ReceptiveField(size: limit, step: limit, limit: limit) }
}
