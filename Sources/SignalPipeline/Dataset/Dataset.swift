/// Labelled power spectra in memory.
public struct Dataset: Sendable {
  /// How the spectra were estimated.
  public var spectrum: SpectrumConfiguration

  /// The samples that each spectrum was estimated from [samples]; `nil` where that is not known.
  public var window: Int?

  /// The names of the classes; a label is an index into them.
  public var classes: [String]

  /// What is known of each bin; the mean is the first.
  public var channels: [SpectrumChannel]

  /// The spectra of all examples, `(N, C, bins)` row-major, DC-centred, in the units of their
  /// ``SpectrumChannel``.
  public var density: [Float]

  /// The class of each example.
  public var labels: [Int]

  /// The conditions of each example, in the order of the labels; empty when none are known.
  public var conditions: [ExampleConditions]

  /// Creates a dataset from its parts, which must fit each other.
  public init(
    spectrum: SpectrumConfiguration, window: Int? = nil, classes: [String],
    channels: [SpectrumChannel] = [.mean], density: [Float], labels: [Int],
    conditions: [ExampleConditions] = []
  ) {
    precondition(channels.first == .mean, "the mean is the first channel")
    precondition(
      density.count == labels.count * channels.count * spectrum.bins, "one spectrum a label")
    precondition(conditions.isEmpty || conditions.count == labels.count, "one condition a label")
    self.spectrum = spectrum
    self.window = window
    self.classes = classes
    self.channels = channels
    self.density = density
    self.labels = labels
    self.conditions = conditions
  }

  /// The number of examples, `N`.
  public var count: Int { labels.count }

  /// The shape of one example, `(C, bins)`.
  package var shape: Shape { Shape(channels: channels.count, length: spectrum.bins) }
}
