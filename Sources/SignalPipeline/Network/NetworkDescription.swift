/// What a network is: the shape of its input and its layers with their hyper-parameters.
///
/// As JSON: `{"inputShape":{"channels":1,"length":2048},"layers":[{"layer":"conv1d",
/// "outputChannels":16,"kernelSize":16,"stride":4,"padding":"circular"}, …]}`. Strides and
/// dilations left out are 1, paddings 0; a key that a layer or the network does not know is an error.
public struct NetworkDescription: Hashable, Sendable {
  /// The shape `(C, L)` of one example.
  public var inputShape: Shape

  /// The layers, first to last.
  public var layers: [Stage]

  /// Creates a description.
  public init(inputShape: Shape, layers: [Stage]) {
    self.inputShape = inputShape
    self.layers = layers
  }

  /// One layer of a description; its JSON names it by the key `layer`.
  public enum Stage: Hashable, Sendable {
    case conv1d(Conv1d)
    case maxPool1d(MaxPool1d)
    case averagePool1d(AveragePool1d)
    case blurPool1d(BlurPool1d)
    case adaptivePolyphaseSampling1d(AdaptivePolyphaseSampling1d)
    case globalPool1d(GlobalPool1d)
    case flatten(Flatten)
    case linear(Linear)
    case relu(ReLU)
    case leakyRelu(LeakyReLU)
    case batchNorm1d(BatchNorm1d)
    case dropout(Dropout)
    case residual(Residual)

    /// The layer's name.
    public var name: String {
      computation.map { type(of: $0).name } ?? Residual.name
    }

    /// The layer; a residual connection is none, but has a body of them.
    package var computation: (any LayerComputation)? {
      switch self {
      case .conv1d(let layer): layer
      case .maxPool1d(let layer): layer
      case .averagePool1d(let layer): layer
      case .blurPool1d(let layer): layer
      case .adaptivePolyphaseSampling1d(let layer): layer
      case .globalPool1d(let layer): layer
      case .flatten(let layer): layer
      case .linear(let layer): layer
      case .relu(let layer): layer
      case .leakyRelu(let layer): layer
      case .batchNorm1d(let layer): layer
      case .dropout(let layer): layer
      case .residual: nil
      }
    }
  }
}

extension NetworkDescription: Codable {
  private enum CodingKeys: CodingKey, CaseIterable { case inputShape, layers }

  public init(from decoder: any Decoder) throws {
    try decoder.checkKeys(CodingKeys.self, of: "network", beside: [])
    let container = try decoder.container(keyedBy: CodingKeys.self)
    inputShape = try container.decode(Shape.self, forKey: .inputShape)
    layers = try container.decode([Stage].self, forKey: .layers)
  }
}

extension NetworkDescription.Stage: Codable {
  private enum CodingKeys: String, CodingKey { case layer }

  private static let names = [
    Conv1d.name, MaxPool1d.name, AveragePool1d.name, BlurPool1d.name,
    AdaptivePolyphaseSampling1d.name, GlobalPool1d.name, Flatten.name, Linear.name, ReLU.name,
    LeakyReLU.name, BatchNorm1d.name, Dropout.name, Residual.name,
  ]

  /// Reads the layer that the key `layer` names.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let name = try container.decode(String.self, forKey: .layer)
    switch name {
    case Conv1d.name: self = .conv1d(try Conv1d(from: decoder))
    case MaxPool1d.name: self = .maxPool1d(try MaxPool1d(from: decoder))
    case AveragePool1d.name: self = .averagePool1d(try AveragePool1d(from: decoder))
    case BlurPool1d.name: self = .blurPool1d(try BlurPool1d(from: decoder))
    case AdaptivePolyphaseSampling1d.name:
      self = .adaptivePolyphaseSampling1d(try AdaptivePolyphaseSampling1d(from: decoder))
    case GlobalPool1d.name: self = .globalPool1d(try GlobalPool1d(from: decoder))
    case Flatten.name: self = .flatten(try Flatten(from: decoder))
    case Linear.name: self = .linear(try Linear(from: decoder))
    case ReLU.name: self = .relu(try ReLU(from: decoder))
    case LeakyReLU.name: self = .leakyRelu(try LeakyReLU(from: decoder))
    case Dropout.name: self = .dropout(try Dropout(from: decoder))
    case BatchNorm1d.name: self = .batchNorm1d(try BatchNorm1d(from: decoder))
    case Residual.name: self = .residual(try Residual(from: decoder))
    default:
      throw DecodingError.dataCorruptedError(
        forKey: .layer, in: container,
        debugDescription:
          "there is no layer \"\(name)\"; there are \(Self.names.joined(separator: ", "))")
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .layer)
    switch self {
    case .residual(let layer): try layer.encode(to: encoder)
    default: try computation?.encode(to: encoder)
    }
  }
}

/// The keys of a layer without hyper-parameters.
enum NoKeys: CodingKey, CaseIterable {}

/// Any key that a file may hold.
private struct AnyKey: CodingKey {
  var stringValue: String
  var intValue: Int? { nil }
  init?(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}

extension Decoder {
  /// Throws if a layer holds a key that it does not know, a misspelt one say.
  ///
  /// - Parameters:
  ///   - keys: Those that it knows.
  ///   - owner: What holds them.
  ///   - others: Those that it may hold beside.
  /// - Throws: `DecodingError` that names the key and those that are known.
  func checkKeys<Keys: CodingKey & CaseIterable>(
    _ keys: Keys.Type, of owner: String = "layer", beside others: [String] = ["layer"]
  ) throws {
    let container = try container(keyedBy: AnyKey.self)
    let known = Set(Keys.allCases.map(\.stringValue) + others)
    for key in container.allKeys where !known.contains(key.stringValue) {
      throw DecodingError.dataCorruptedError(
        forKey: key, in: container,
        debugDescription:
          "the \(owner) has no \"\(key.stringValue)\"; "
          + "it has \(known.sorted().joined(separator: ", "))")
    }
  }
}

extension KeyedDecodingContainer {
  /// Decodes a whole number; the decoder tells no key where it is a fraction or too large.
  func integer(_ key: Key) throws -> Int {
    do {
      return try decode(Int.self, forKey: key)
    } catch {
      switch error as? DecodingError {
      case .dataCorrupted, nil:
        throw DecodingError.dataCorruptedError(
          forKey: key, in: self, debugDescription: "a whole number of at most 64 bits is needed")
      default: throw error
      }
    }
  }

  /// Decodes a whole number, `nil` where there is none.
  func integerIfPresent(_ key: Key) throws -> Int? {
    guard contains(key), try !decodeNil(forKey: key) else { return nil }
    return try integer(key)
  }
}
