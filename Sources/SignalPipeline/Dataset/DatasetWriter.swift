/// Writes a dataset folder example by example, in constant memory.
///
/// No file has its name before ``commit()``, and the manifest gets its own last: a reader finds the
/// old dataset, the new one, or no manifest. See ``DatasetDirectory`` for the files.
public struct DatasetWriter: ~Copyable {
  /// The dataset's folder.
  public let path: String

  /// The number of examples appended so far.
  public var count: Int { manifest.count }

  private var manifest: DatasetManifest
  private var density: NPYWriter<Float>
  private var labels: NPYWriter<Int64>
  private var features: NPYWriter<Float>?
  private var conditions: OutputFile
  private var conditionCount = 0

  /// Starts a dataset; the folder is made where it is missing.
  ///
  /// - Parameters:
  ///   - path: The dataset's folder.
  ///   - manifest: What the dataset is; its count follows from what is appended.
  ///   - overwrite: Whether a dataset in the folder may be replaced.
  /// - Throws: ``FileError`` if one of a dataset's files is there and `overwrite` is false, or the
  ///   folder can't be written; ``ConfigurationError`` if the manifest makes no sense.
  public init(_ path: String, manifest: DatasetManifest, overwrite: Bool = false) throws {
    var manifest = manifest
    manifest.count = 0
    try manifest.validate()
    if !overwrite,
      let existing = DatasetDirectory.File.allCases.map({ $0.path(in: path) })
        .first(where: { Folder.contains($0) })
    {
      throw FileError(
        .inputOutput, path: existing,
        reason: "the file exists: choose another folder, or replace the dataset by --overwrite")
    }
    try Folder.create(path)
    let density = try NPYWriter<Float>(
      DatasetDirectory.File.density.path(in: path), rowShape: manifest.shape.axes)
    let labels = try NPYWriter<Int64>(DatasetDirectory.File.labels.path(in: path), rowShape: [])
    let conditions = try OutputFile(DatasetDirectory.File.conditions.path(in: path))
    var features: NPYWriter<Float>?
    if let shape = manifest.features?.shape {
      features = try NPYWriter<Float>(
        DatasetDirectory.File.features.path(in: path), rowShape: shape.axes)
    }
    self.path = path
    self.manifest = manifest
    self.density = density
    self.labels = labels
    self.features = features
    self.conditions = conditions
  }

  /// Appends one example.
  ///
  /// - Parameters:
  ///   - density: The manifest's channels of each bin, `(C, bins)` row-major, DC-centred; see
  ///     ``PowerSpectrum/values(of:)``.
  ///   - label: The index of the class.
  ///   - conditions: What the example can be grouped by; given for every example or for none.
  ///   - details: Anything else that made the example, kept beside the conditions.
  ///   - features: The network input made of the spectrum, where the manifest has a transform.
  /// - Throws: ``FileError`` if a density is negative or not finite, or the disk is full.
  public mutating func append(
    density: [Float], label: Int, conditions: ExampleConditions? = nil,
    details: (any Encodable)? = nil, features: [Float] = []
  ) throws(FileError) {
    precondition(density.count == manifest.shape.count, "\(density.count) values")
    precondition(manifest.classes.indices.contains(label), "label \(label)")
    let featureCount = manifest.features?.shape.count ?? 0
    precondition(features.count == featureCount, "\(features.count) features")
    precondition((conditions != nil) == (conditionCount == count) || count == 0, "some conditions")
    try DatasetDirectory.check(
      density, in: 0..<(.infinity), shape: manifest.shape, firstRow: count, self.density.path)
    if let conditions {
      let line = ConditionsLine(
        conditions: conditions, label: label, className: manifest.classes[label], details: details)
      try self.conditions.append(
        JSON.encode(line, path: self.conditions.path) + [UInt8(ascii: "\n")])
      conditionCount += 1
    }
    try self.density.append(density)
    try labels.append([Int64(label)])
    try self.features?.append(features)
    manifest.count += 1
  }

  /// Makes the dataset complete and visible.
  ///
  /// - Throws: ``FileError``; the folder then has no manifest, or the old dataset.
  public consuming func commit() throws(FileError) {
    let path = self.path
    let manifest = self.manifest
    let hasConditions = conditionCount > 0
    // From here to the last line the folder may hold parts of two datasets, and no manifest.
    try Folder.remove(file: DatasetDirectory.File.manifest.path(in: path))
    try density.commit()
    try labels.commit()
    if hasConditions {
      try conditions.commit()
    } else {
      try Folder.remove(file: DatasetDirectory.File.conditions.path(in: path))
    }
    if manifest.features != nil {
      try features?.commit()
    } else {
      try Folder.remove(file: DatasetDirectory.File.features.path(in: path))
    }
    try manifest.write(to: DatasetDirectory.File.manifest.path(in: path))
  }
}
