/// How well one class is told from the others.
///
///     precision = hits / predicted,  recall = hits / support,  F1 = 2·hits / (support + predicted)
public struct ClassScore: Hashable, Codable, Sendable {
  /// The class's name.
  public var name: String

  /// The number of examples of this class.
  public var support: Int

  /// The number of examples that were taken for this class.
  public var predicted: Int

  /// The share of the predictions of this class that are right; 0 without predictions.
  public var precision: Double

  /// The share of the examples of this class that were found; 0 without examples.
  public var recall: Double

  /// The harmonic mean of precision and recall; 0 without examples and predictions.
  public var f1: Double
}
