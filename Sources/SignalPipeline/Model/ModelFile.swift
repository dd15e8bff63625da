/// A model as one safetensors file.
///
/// The tensors are the network's parameters under PyTorch's names (`0.weight`, `4.0.bias`) and in
/// PyTorch's shapes, `F32`. Everything else is text under these keys of `__metadata__`:
///
/// | key | content |
/// |---|---|
/// | `format` | `psdpipe-model` |
/// | `version` | `1` |
/// | `network` | JSON: ``NetworkDescription`` |
/// | `features` | JSON: ``FeatureConfiguration`` |
/// | `spectrum` | JSON: ``SpectrumConfiguration`` |
/// | `window` | a whole number [samples] |
/// | `bandwidths` | JSON: the least and the greatest bandwidth over the sample rate; may be missing |
/// | `binWidth` | a positive number [Hz]; may be missing |
/// | `classes` | JSON: an array of names |
/// | `confidenceThreshold` | a number from 0 to 1 |
/// | `temperature` | a positive number |
/// | `provenance` | JSON: ``Provenance`` |
public enum ModelFile {
  /// The name of the format, which every file states.
  public static let format = "psdpipe-model"

  /// The version of the format that is written, and the newest that is read.
  public static let version = 1

  /// The keys of `__metadata__`.
  private enum Key: String {
    case format, version, network, features, spectrum, window, bandwidths, binWidth, classes
    case confidenceThreshold, temperature, provenance
  }

  /// Reads a model and checks all of it against the network that its description makes.
  ///
  /// - Parameter path: The file's path, or `-` for standard input.
  /// - Returns: A model whose ``Model/makeNetwork()`` succeeds.
  /// - Throws: ``FileError`` naming the tensor or key that is missing, not needed or wrong.
  public static func read(_ path: String) throws(FileError) -> Model {
    try model(from: SafeTensors(readingFrom: path), path: path)
  }

  /// Writes a model.
  ///
  /// - Parameters:
  ///   - model: The model, whose ``Model/makeNetwork()`` must succeed.
  ///   - path: The file's path, or `-` for standard output.
  /// - Throws: ``ConfigurationError`` if the model's parts don't fit, ``FileError`` if the file
  ///   can't be written; an old file at the path is then still there.
  public static func write(_ model: Model, to path: String) throws {
    let network = try model.makeNetwork()
    let content = SafeTensors(
      tensors: network.parameters.map { parameter in
        SafeTensors.Tensor(
          name: parameter.name, shape: parameter.shape,
          values: .float(parameter.inPyTorchOrder(Array(model.parameters[parameter.range]))))
      },
      metadata: try metadata(of: model, path: path))
    try content.write(to: path)
  }

  private static func metadata(
    of model: Model, path: String
  ) throws(FileError) -> [String: String] {
    func text(_ value: some Encodable) throws(FileError) -> String {
      String(decoding: try JSON.encode(value, path: path), as: UTF8.self)
    }
    var values: [Key: String] = [
      .format: format, .version: "\(version)", .window: "\(model.window)",
      .network: try text(model.network), .features: try text(model.features),
      .spectrum: try text(model.spectrum), .classes: try text(model.classes),
      .confidenceThreshold: try text(model.confidenceThreshold),
      .temperature: try text(model.temperature), .provenance: try text(model.provenance),
    ]
    if let bandwidths = model.bandwidths {
      values[.bandwidths] = try text([bandwidths.lowerBound, bandwidths.upperBound])
    }
    values[.binWidth] = model.binWidth.map { "\($0)" }
    return Dictionary(uniqueKeysWithValues: values.map { ($0.key.rawValue, $0.value) })
  }

  /// Returns the model that a file's content describes.
  static func model(from content: SafeTensors, path: String) throws(FileError) -> Model {
    func text(_ key: Key) throws(FileError) -> String {
      guard let text = content.metadata[key.rawValue] else {
        throw FileError(
          .missing, path: path, place: "key \(key.rawValue)",
          reason: "__metadata__ has no such key; a psdpipe model has it")
      }
      return text
    }
    func value<Value: Decodable>(_ key: Key) throws(FileError) -> Value {
      try JSON.decode(
        Value.self, from: Array(try text(key).utf8), path: path, place: "key \(key.rawValue)")
    }
    let found = try text(.format)
    guard found == format else {
      throw FileError(
        .malformed, path: path, place: "key format", reason: "'\(found)'; a model says '\(format)'")
    }
    let number: Int = try value(.version)
    guard (1...version).contains(number) else {
      throw FileError(
        .unsupported, path: path, place: "key version",
        reason: "\(number); up to \(version) is read")
    }
    var model = Model(
      network: try value(.network), parameters: [], features: try value(.features),
      spectrum: try value(.spectrum), window: try value(.window),
      bandwidths: try bandwidths(content, path: path),
      binWidth: content.metadata[Key.binWidth.rawValue] == nil ? nil : try value(.binWidth),
      classes: try value(.classes),
      confidenceThreshold: try value(.confidenceThreshold), temperature: try value(.temperature),
      provenance: try value(.provenance))
    do {
      model.parameters = try parameters(of: Network(model.network), in: content, path: path)
      _ = try model.makeNetwork()
    } catch let error as FileError {
      throw error
    } catch let error as ConfigurationError {
      throw FileError(.malformed, path: path, place: "key \(error.field)", reason: error.reason)
    } catch {
      throw FileError(.malformed, path: path, place: "key network", reason: "\(error)")
    }
    return model
  }

  /// Returns the bandwidths that a file states, if it does.
  private static func bandwidths(
    _ content: SafeTensors, path: String
  ) throws(FileError) -> ClosedRange<Double>? {
    let name = Key.bandwidths.rawValue
    guard let text = content.metadata[name] else { return nil }
    let ends = try JSON.decode(
      [Double].self, from: Array(text.utf8), path: path, place: "key \(name)")
    guard ends.count == 2, ends[0] <= ends[1] else {
      throw FileError(
        .malformed, path: path, place: "key \(name)",
        reason: "'\(text)'; the least and the greatest bandwidth are expected, as [0.06,0.2]")
    }
    return ends[0]...ends[1]
  }

  /// Returns the tensors' values in the order of a network's parameters.
  private static func parameters(
    of network: Network, in content: SafeTensors, path: String
  ) throws(FileError) -> [Float] {
    var tensors = Dictionary(content.tensors.map { ($0.name, $0) }) { first, _ in first }
    var parameters: [Float] = []
    for parameter in network.parameters {
      func failure(_ kind: FileError.Kind, _ reason: String) -> FileError {
        FileError(kind, path: path, place: "tensor \(parameter.name)", reason: reason)
      }
      guard let tensor = tensors.removeValue(forKey: parameter.name) else {
        throw failure(.missing, "the network needs it with shape \(parameter.shape)")
      }
      guard tensor.shape == parameter.shape else {
        throw failure(
          .malformed, "its shape is \(tensor.shape); the network needs \(parameter.shape)")
      }
      guard case .float(let values) = tensor.values else {
        throw failure(.unsupported, "its elements are not F32")
      }
      parameters += parameter.stored(values)
    }
    guard let extra = tensors.keys.min() else { return parameters }
    throw FileError(
      .malformed, path: path, place: "tensor \(extra)", reason: "the network has no such parameter")
  }
}
