/// Where a model comes from: enough to make it again.
public struct Provenance: Hashable, Codable, Sendable {
  /// The version of psdpipe that trained it.
  public var version: String

  /// The command or recipe that trained it.
  public var recipe: String

  /// The seed of weights, shuffling and augmentation.
  public var seed: UInt64?

  /// What it was trained on, in words.
  public var dataset: String

  /// Figures of the training by name, such as `accuracy` or `epochs`.
  public var figures: [String: Double]

  /// What each epoch of the training came to; `nil` where nobody noted it.
  public var history: [EpochReport]?

  /// Creates a provenance from its parts.
  public init(
    version: String, recipe: String, seed: UInt64? = nil, dataset: String,
    figures: [String: Double] = [:], history: [EpochReport]? = nil
  ) {
    self.version = version
    self.recipe = recipe
    self.seed = seed
    self.dataset = dataset
    self.figures = figures
    self.history = history
  }
}
