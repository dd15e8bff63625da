import Foundation

/// Reads a golden file that `Tests/Reference/training_goldens.py` made.
func trainingGolden<Value: Decodable>(_ name: String, as type: Value.Type) throws -> Value {
  let url = Bundle.module.bundleURL.appendingPathComponent("Goldens/training/\(name).json")
  return try JSONDecoder().decode(type, from: Data(contentsOf: url))
}
