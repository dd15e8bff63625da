internal import FoundationEssentials

/// The model that comes with the program.
public enum BuiltInModel {
  /// The path that errors and outputs give for it; no file is read.
  public static let path = "<built-in model>"

  /// Returns the built-in model; decoding takes milliseconds, so callers keep it.
  ///
  /// - Throws: ``FileError`` if the program was built with data that is no model.
  public static func load() throws(FileError) -> Model { try decode(base64) }

  /// Returns the model in the text of `scripts/embed-model.sh`: a model file as base64 in lines.
  package static func decode(_ base64: String) throws(FileError) -> Model {
    guard let data = Data(base64Encoded: base64, options: .ignoreUnknownCharacters) else {
      throw FileError(.malformed, path: path, reason: "its text is not base64")
    }
    return try ModelFile.model(from: SafeTensors(Array(data), path: path), path: path)
  }
}
