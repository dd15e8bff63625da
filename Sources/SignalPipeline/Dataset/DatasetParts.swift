/// The files of a dataset as they grow.
struct DatasetParts: ~Copyable {
  private var density: NPYWriter<Float>
  private var labels: NPYWriter<Int64>
  private var features: NPYWriter<Float>?
  private var samples: NPYWriter<IQSample>?
  private var conditions: OutputFile

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

  /// Brings what was appended and the counts in the headers to the disk.
  mutating func finish() throws(FileError) {
    try conditions.sync()
    try density.finish()
    try labels.finish()
    try features?.finish()
    try samples?.finish()
  }
}
