/// Labelled power spectra.
public struct Dataset: Sendable {
  /// How the spectra were estimated.
  public var spectrum: SpectrumConfiguration

  /// The samples that each spectrum was estimated from [samples]; `nil` where that is not known.
  public var window: Int?

  /// The names of the classes; a label is an index into them.
  public var classes: [String]

  /// What is known of each bin; the mean is the first.
  public var channels: [SpectrumChannel]

  /// The spectra of all examples, `(N, C, bins)`, DC-centred, in the units of their
  /// ``SpectrumChannel``.
  public let spectra: Spectra

  /// The class of each example.
  public var labels: [Int]

  /// The conditions of each example, in the order of the labels; empty when none are known.
  public var conditions: [ExampleConditions]

  /// What it was joined from; empty for one dataset by itself.
  let joined: [Part]

  /// A dataset that is a part of another.
  package struct Part: Sendable {
    /// Its folder; `nil` where it was not read.
    package var folder: String?
    /// The examples of the whole that are its own.
    package var rows: Range<Int>
    /// The classes of the whole, its own in its own order first.
    package var classes: [Int]
  }

  /// Creates a dataset in memory from its parts, which must fit each other.
  ///
  /// - Parameters:
  ///   - spectrum: How the spectra were estimated.
  ///   - window: The samples that each was estimated from [samples]; `nil` where not known.
  ///   - classes: The names of the classes.
  ///   - channels: What is known of each bin; the mean is the first.
  ///   - density: The spectra, `(N, C, bins)` row-major, DC-centred.
  ///   - labels: The class of each example.
  ///   - conditions: The conditions of each example, or none.
  public init(
    spectrum: SpectrumConfiguration, window: Int? = nil, classes: [String],
    channels: [SpectrumChannel] = [.mean], density: [Float], labels: [Int],
    conditions: [ExampleConditions] = []
  ) {
    let shape = Shape(channels: channels.count, length: spectrum.bins)
    self.init(
      spectrum: spectrum, window: window, classes: classes, channels: channels,
      spectra: Spectra(density, shape: shape), labels: labels, conditions: conditions)
  }

  /// Creates a dataset whose spectra may lie in files.
  init(
    spectrum: SpectrumConfiguration, window: Int?, classes: [String], channels: [SpectrumChannel],
    spectra: Spectra, labels: [Int], conditions: [ExampleConditions], joined: [Part] = []
  ) {
    precondition(channels.first == .mean, "the mean is the first channel")
    precondition(
      spectra.shape == Shape(channels: channels.count, length: spectrum.bins)
        && spectra.count == labels.count, "one spectrum a label")
    precondition(conditions.isEmpty || conditions.count == labels.count, "one condition a label")
    self.spectrum = spectrum
    self.window = window
    self.classes = classes
    self.channels = channels
    self.spectra = spectra
    self.labels = labels
    self.conditions = conditions
    self.joined = joined
  }

  /// The number of examples, `N`.
  public var count: Int { labels.count }

  /// What it was joined from, which is all of it where it was not.
  package var parts: [Part] {
    joined.isEmpty ? [Part(rows: 0..<count, classes: Array(classes.indices))] : joined
  }
}
