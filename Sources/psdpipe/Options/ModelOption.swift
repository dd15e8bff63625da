import SignalPipeline

/// The models that a name on the command line stands for.
enum ModelOption {
  /// The name of the model in the binary.
  static let builtIn = "builtin"

  /// Reads a model file, or the built-in model for no name or `builtin`.
  static func load(_ name: String?) throws -> Model {
    guard let name, name != builtIn else { return try BuiltInModel.load() }
    return try ModelFile.read(name)
  }
}
