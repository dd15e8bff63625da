/// Labelled power spectra in memory.
public struct Dataset: Sendable {
  /// How the spectra were estimated.
  public var spectrum: SpectrumConfiguration

  /// The samples that each spectrum was estimated from [samples]; `nil` where that is not known.
  public var window: Int?

  /// The names of the classes; a label is an index into them.
  public var classes: [String]

  /// The densities of all examples, `(N, bins)` row-major, DC-centred [FS²/(cycle/sample)].
  public var density: [Float]

  /// The class of each example.
  public var labels: [Int]

  /// The conditions of each example, in the order of the labels; empty when none are known.
  public var conditions: [ExampleConditions]

  /// Creates a dataset from its parts, which must fit each other.
  public init(
    spectrum: SpectrumConfiguration, window: Int? = nil, classes: [String], density: [Float],
    labels: [Int], conditions: [ExampleConditions] = []
  ) {
    precondition(density.count == labels.count * spectrum.bins, "one spectrum a label")
    precondition(conditions.isEmpty || conditions.count == labels.count, "one condition a label")
    self.spectrum = spectrum
    self.window = window
    self.classes = classes
    self.density = density
    self.labels = labels
    self.conditions = conditions
  }

  /// The number of examples, `N`.
  public var count: Int { labels.count }
}
