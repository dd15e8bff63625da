/// The bytes that a dataset takes on the disk, file by file.
///
/// Arrays are told exactly; what is text is estimated from a few examples.
public struct DatasetSize: Hashable, Sendable {
  /// One file, or the folder of captures.
  public struct File: Hashable, Sendable {
    /// The name in the dataset's folder.
    public var name: String
    /// The size [bytes].
    public var bytes: Int
    /// Whether the size is an estimate.
    public var isEstimate: Bool
  }

  /// What file systems commonly give a small file [bytes].
  private static let blockSize = 4096

  /// The files in the order of ``DatasetDirectory/File``, then the captures.
  public let files: [File]

  /// What file systems need beyond the files' sizes, since each capture takes whole blocks.
  private let rounding: Int

  /// Tells the size of a dataset of the manifest's count.
  ///
  /// - Parameters:
  ///   - manifest: What the dataset is.
  ///   - lineBytes: The mean size of an example's line of conditions, with its newline [bytes].
  ///   - captureBytes: The mean size of each file of an example in `captures` [bytes].
  /// - Throws: ``FileError`` if JSON cannot hold the manifest.
  public init(
    of manifest: DatasetManifest, lineBytes: Double, captureBytes: [Double] = []
  ) throws(FileError) {
    let count = manifest.count
    var files = [
      File(
        name: DatasetDirectory.File.density.rawValue,
        bytes: NPYWriter<Float>.byteCount(rows: count, rowShape: manifest.shape.axes),
        isEstimate: false),
      File(
        name: DatasetDirectory.File.labels.rawValue,
        bytes: NPYWriter<Int64>.byteCount(rows: count, rowShape: []), isEstimate: false),
    ]
    if let shape = manifest.features?.shape {
      files.append(
        File(
          name: DatasetDirectory.File.features.rawValue,
          bytes: NPYWriter<Float>.byteCount(rows: count, rowShape: shape.axes),
          isEstimate: false))
    }
    if let window = manifest.sampleCount {
      files.append(
        File(
          name: DatasetDirectory.File.samples.rawValue,
          bytes: NPYWriter<IQSample>.byteCount(rows: count, rowShape: [window]),
          isEstimate: false))
    }
    files.append(
      File(
        name: DatasetDirectory.File.conditions.rawValue,
        bytes: Int(lineBytes * Double(count)), isEstimate: true))
    files.append(
      File(
        name: DatasetDirectory.File.manifest.rawValue,
        bytes: try JSON.encode(manifest, layout: .indented, path: "manifest").count,
        isEstimate: true))
    var rounding = 0
    if !captureBytes.isEmpty {
      files.append(
        File(
          name: "captures/", bytes: Int(captureBytes.reduce(0, +) * Double(count)),
          isEstimate: captureBytes.contains { $0.rounded() != $0 }))
      rounding = captureBytes.count * count * Self.blockSize / 2
    }
    self.files = files
    self.rounding = rounding
  }

  /// The bytes of all files.
  public var total: Int { files.reduce(0) { $0 + $1.bytes } }

  /// The room that the disk must have, with an allowance for what is estimated [bytes].
  public var needed: Int {
    files.reduce(rounding + 1 << 16) { $0 + $1.bytes + ($1.isEstimate ? $1.bytes / 20 : 0) }
  }
}

extension DatasetSize {
  /// The size of one example's line in `conditions.jsonl`, with its newline [bytes].
  ///
  /// - Throws: ``FileError`` if JSON cannot hold the details.
  public static func lineBytes(
    conditions: ExampleConditions, label: Int, className: String, details: (any Encodable)?
  ) throws(FileError) -> Int {
    let line = ConditionsLine(
      conditions: conditions, label: label, className: className, details: details)
    return try JSON.encode(line, path: DatasetDirectory.File.conditions.rawValue).count + 1
  }
}
