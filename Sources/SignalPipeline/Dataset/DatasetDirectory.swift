/// A dataset as a folder of plain files that NumPy and JSON tools read.
///
/// | file | content |
/// |---|---|
/// | `psd.npy` | `(N, bins)` float32: linear densities, DC-centred [FS²/(cycle/sample)] |
/// | `labels.npy` | `(N)` int64: indices into the manifest's classes |
/// | `features.npy` | optional, `(N, features)` float32 in [0,1]: the manifest's transform, applied |
/// | `iq.npy` | optional, `(N, samples)` complex64: what the spectra were estimated from [FS] |
/// | `conditions.jsonl` | optional, one JSON object an example: ``ExampleConditions`` and more |
/// | `manifest.json` | ``DatasetManifest``, written last: without it the dataset is incomplete |
///
/// With more channels than the mean spectra are `(N, C, bins)`, in the manifest's order and the
/// units of each ``SpectrumChannel``; features of `C` channels are `(N, C, features)`.
public enum DatasetDirectory {
  /// The files of a dataset.
  public enum File: String, CaseIterable, Sendable {
    /// The power spectra.
    case density = "psd.npy"
    /// The class of each example.
    case labels = "labels.npy"
    /// Network input made of the spectra.
    case features = "features.npy"
    /// The samples that the spectra were estimated from.
    case samples = "iq.npy"
    /// What each example was made with.
    case conditions = "conditions.jsonl"
    /// What the others hold.
    case manifest = "manifest.json"

    /// Returns the file's path in a dataset's folder.
    public func path(in folder: String) -> String {
      folder.hasSuffix("/") ? folder + rawValue : "\(folder)/\(rawValue)"
    }
  }

  /// The longest line of `conditions.jsonl` that is read [bytes].
  private static let conditionsLimit = 1 << 24

  /// Opens a dataset and checks everything about it.
  ///
  /// Labels and conditions are kept in memory; the spectra, whose values are all checked, stay in
  /// their file, see ``Spectra``.
  ///
  /// - Parameter path: The dataset's folder.
  /// - Returns: The dataset; `features.npy` is checked, but not part of it, and so is the shape
  ///   of `iq.npy`.
  /// - Throws: ``FileError`` naming the file and the place in it: a missing manifest, counts that
  ///   disagree, labels without a class, densities that are negative or not finite.
  public static func read(_ path: String) throws(FileError) -> Dataset {
    let manifest = try readManifest(path)
    let labels = try readLabels(path, manifest)
    let spectra = try Spectra(
      checkedRows(
        .density, in: path, manifest, shape: manifest.shape, valid: 0..<(.infinity)),
      shape: manifest.shape)
    if let features = manifest.features {
      // The next number after 1, so that 1 itself is in the half-open range.
      _ = try checkedRows(
        .features, in: path, manifest, shape: features.shape, valid: 0..<Float(1).nextUp)
    }
    if let window = manifest.sampleCount {
      // Its size is checked against its header; the samples are not read.
      let file = File.samples.path(in: path)
      let reader = try NPYReader<IQSample>(file)
      try check(reader.header, is: [manifest.count, window], file)
    }
    return Dataset(
      spectrum: manifest.spectrum, window: manifest.window, classes: manifest.classes,
      channels: manifest.channels, spectra: spectra, labels: labels,
      conditions: try readConditions(path, labels))
  }

  /// Reads what a dataset says about itself.
  ///
  /// - Parameter path: The dataset's folder.
  /// - Returns: The manifest, checked.
  /// - Throws: ``FileError``; of kind `missing` if the dataset is not complete.
  public static func readManifest(_ path: String) throws(FileError) -> DatasetManifest {
    guard !path.isEmpty else {
      throw FileError(.missing, path: path, reason: "the name of a dataset's folder is empty")
    }
    let file = File.manifest.path(in: path)
    if !Folder.contains(file), Folder.contains(path) {
      throw FileError(
        .missing, path: file,
        reason: "there is no such file: this is no dataset, or its writing was interrupted")
    }
    return try DatasetManifest(readingFrom: file)
  }

  private static func readLabels(
    _ path: String, _ manifest: DatasetManifest
  ) throws(FileError) -> [Int] {
    let file = File.labels.path(in: path)
    var reader = try NPYReader<Int64>(file)
    try check(reader.header, is: [manifest.count], file)
    let labels = try reader.read(rows: .max)
    let classes = Int64(manifest.classes.count)
    if let row = labels.firstIndex(where: { !(0..<classes).contains($0) }) {
      throw FileError(
        .malformed, path: file, place: "row \(row)",
        reason: "label \(labels[row]); the manifest names \(classes) classes")
    }
    return labels.map(Int.init)
  }

  /// Opens an array of one row an example and checks all its values, a piece at a time.
  private static func checkedRows(
    _ kind: File, in path: String, _ manifest: DatasetManifest, shape: Shape, valid: Range<Float>
  ) throws(FileError) -> NPYReader<Float> {
    let file = kind.path(in: path)
    var reader = try NPYReader<Float>(file)
    try check(reader.header, is: [manifest.count] + shape.axes, file)
    let piece = max(1, (1 << 20) / shape.count)
    var row = 0
    while row < manifest.count {
      let rows = try reader.read(rows: piece)
      try check(rows, in: valid, shape: shape, firstRow: row, file)
      row += rows.count / shape.count
    }
    return reader
  }

  /// Checks that every value of some rows is in a range; NaN is in none.
  static func check(
    _ rows: [Float], in valid: Range<Float>, shape: Shape, firstRow: Int, _ file: String
  ) throws(FileError) {
    // Without an early exit, since the compiler makes vector code of no other loop.
    var invalid: Int32 = 0
    for value in rows { invalid |= value >= valid.lowerBound && value < valid.upperBound ? 0 : 1 }
    guard invalid != 0, let index = rows.firstIndex(where: { !valid.contains($0) }) else { return }
    let bound = valid.upperBound == .infinity ? "finite and not negative" : "from 0 to 1"
    let (row, rest) = index.quotientAndRemainder(dividingBy: shape.count)
    let channel = shape.channels > 1 ? "channel \(rest / shape.length), " : ""
    throw FileError(
      .malformed, path: file,
      place: "row \(firstRow + row), \(channel)column \(rest % shape.length)",
      reason: "the value is \(rows[index]); it must be \(bound)")
  }

  private static func check(
    _ header: NPYHeader, is shape: [Int], _ file: String
  ) throws(FileError) {
    guard header.shape == shape else {
      throw FileError(
        .malformed, path: file, place: "shape",
        reason: "\(header.shape); the manifest says \(shape)")
    }
  }

  private static func readConditions(
    _ path: String, _ labels: [Int]
  ) throws(FileError) -> [ExampleConditions] {
    let file = File.conditions.path(in: path)
    guard Folder.contains(file) else { return [] }
    var lines = try LineReader(file, limit: conditionsLimit)
    var conditions: [ExampleConditions] = []
    conditions.reserveCapacity(labels.count)
    while let line = try lines.next() {
      let place = "line \(lines.count)"
      guard conditions.count < labels.count else {
        throw FileError(
          .malformed, path: file, place: place, reason: "there are only \(labels.count) examples")
      }
      let found = try JSON.decode(ConditionsLine.self, from: line, path: file, place: place)
      if let problem = found.problem(label: labels[conditions.count]) {
        throw FileError(.malformed, path: file, place: place, reason: problem)
      }
      conditions.append(found.conditions)
    }
    guard conditions.count == labels.count else {
      throw FileError(
        .malformed, path: file, place: "line \(conditions.count + 1)",
        reason: "the file ends here; there are \(labels.count) examples")
    }
    return conditions
  }
}
