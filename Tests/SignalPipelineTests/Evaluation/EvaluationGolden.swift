import Foundation
import SignalPipeline
import Testing

/// What NumPy and SciPy found; see Tests/Reference/evaluation.py.
struct EvaluationGolden: Decodable {
  let logits: [Float]
  let labels: [Int]
  let confusion: [Int]
  let precision: [Double]
  let recall: [Double]
  let f1: [Double]
  let loss: Double
  let calibrationError: Double
  let temperature: Double
  let calibratedLoss: Double
  let calibratedError: Double
  let intervals: [[Double]]

  static let classes = ["am", "fsk", "rrc", "ofdm"]

  static func load() throws -> Self {
    let folder = try #require(Bundle.module.resourceURL)
    let file = folder.appendingPathComponent("Goldens/Evaluation/evaluation.json")
    return try JSONDecoder().decode(Self.self, from: Data(contentsOf: file))
  }

  func scores() throws -> LabelledLogits {
    try LabelledLogits(logits: logits, classCount: Self.classes.count, labels: labels)
  }
}
