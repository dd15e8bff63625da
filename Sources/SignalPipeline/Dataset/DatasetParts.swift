/// The files of a dataset as they grow.
struct DatasetParts: ~Copyable {
  private var density: NPYWriter<Float>
  private var labels: NPYWriter<Int64>
  private var features: NPYWriter<Float>?
  private var samples: NPYWriter<IQSample>?
  private var conditions: OutputFile

  /// The number of examples that stay whatever happens.
  private var settledCount: Int
  /// Where the lines of conditions of the others end [bytes].
  private var lineEnds: [Int] = []

  /// Starts the files, or goes on with them.
  ///
  /// - Parameters:
  ///   - path: The dataset's folder.
  ///   - manifest: What is to be written.
  ///   - progress: What is kept of what is there.
  /// - Throws: ``FileError`` if less is there, or the files can't be written.
  init(
    in path: String, _ manifest: DatasetManifest, from progress: UnfinishedDataset.Progress
  ) throws(FileError) {
    func file(_ kind: DatasetDirectory.File) -> String {
      UnfinishedDataset.file(kind.rawValue, of: path)
    }
    let density = try NPYWriter<Float>(
      growing: file(.density), rowShape: manifest.shape.axes, from: progress.count)
    let labels = try NPYWriter<Int64>(growing: file(.labels), rowShape: [], from: progress.count)
    var features: NPYWriter<Float>?
    if let shape = manifest.features?.shape {
      features = try NPYWriter(
        growing: file(.features), rowShape: shape.axes, from: progress.count)
    }
    var samples: NPYWriter<IQSample>?
    if let window = manifest.sampleCount {
      samples = try NPYWriter(growing: file(.samples), rowShape: [window], from: progress.count)
    }
    let conditions = try OutputFile(growing: file(.conditions), from: progress.conditionBytes)
    self.density = density
    self.labels = labels
    self.features = features
    self.samples = samples
    self.conditions = conditions
    settledCount = progress.count
  }

  /// The path of the spectra, as errors name it.
  var densityPath: String { density.path }

  /// The bytes of all lines of conditions.
  var conditionBytes: Int { conditions.byteCount }

  /// Appends what belongs to one example.
  mutating func append(
    density: [Float], label: Int, line: ConditionsLine?, features: [Float], samples: [IQSample]
  ) throws(FileError) {
    if let line {
      try conditions.append(JSON.encode(line, path: conditions.path) + [UInt8(ascii: "\n")])
    }
    lineEnds.append(conditions.byteCount)
    try self.density.append(density)
    try labels.append([Int64(label)])
    try self.features?.append(features)
    try self.samples?.append(samples)
  }

  /// Brings what was appended to the disk.
  mutating func sync() throws(FileError) {
    try conditions.sync()
    try density.sync()
    try labels.sync()
    try features?.sync()
    try samples?.sync()
  }

  /// Lets all examples so far stay: they can't be taken off the end any more.
  mutating func settle() {
    settledCount = labels.count
    lineEnds.removeAll(keepingCapacity: true)
  }

  /// The number of examples of which all is still there after a failure.
  var keptCount: Int {
    mutating get {
      let lines = settledCount + lineEnds.prefix { $0 <= conditions.keptCount }.count
      return min(
        density.keptCount, labels.keptCount, features?.keptCount ?? .max,
        samples?.keptCount ?? .max, lines)
    }
  }

  /// Takes examples off the end, and what a failure left there.
  ///
  /// - Parameter count: How many examples stay: at most ``keptCount``, and one more than are
  ///   settled.
  /// - Throws: ``FileError`` if a file can't be shortened.
  mutating func cut(to count: Int) throws(FileError) {
    lineEnds.removeLast(lineEnds.count - (count - settledCount))
    try conditions.cut(to: lineEnds[lineEnds.count - 1])
    try density.cut(to: count)
    try labels.cut(to: count)
    try features?.cut(to: count)
    try samples?.cut(to: count)
  }

  /// Brings what was appended and the counts in the headers to the disk.
  mutating func finish() throws(FileError) {
    try conditions.sync()
    try density.finish()
    try labels.finish()
    try features?.finish()
    try samples?.finish()
  }
}
