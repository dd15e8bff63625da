/// The spectra of a dataset's examples, in memory or in files.
///
/// What lies in a file is read whenever it is asked for and not kept, so that memory does not grow
/// with the examples; the operating system keeps of the file what it has room for. The file stays
/// open: a dataset that replaces it changes nothing. Where another process shortens or rewrites the
/// file itself, reading a row that is cut off or holds no densities any more throws; shortening it
/// in the very microsecond in which it is read ends the process with SIGBUS.
public struct Spectra: Sendable {
  /// The shape of an example's spectrum, `(C, bins)`.
  public let shape: Shape

  private var parts: [(rows: Range<Int>, source: Source)]

  private enum Source: Sendable {
    case memory([Float])
    case file(NPYRows<Float>)
  }

  /// Creates spectra in memory.
  ///
  /// - Parameters:
  ///   - values: All examples, `(N, C, bins)` row-major.
  ///   - shape: The shape of one of them, `(C, bins)`.
  public init(_ values: [Float], shape: Shape) {
    precondition(
      shape.count > 0 && values.count % shape.count == 0, "\(values.count) values of \(shape)")
    self.shape = shape
    parts = [(0..<values.count / shape.count, .memory(values))]
  }

  /// Creates spectra that stay in their file, a row an example.
  ///
  /// - Throws: ``FileError`` if the file can't be mapped.
  init(_ reader: consuming NPYReader<Float>, shape: Shape) throws(FileError) {
    precondition(Array(reader.header.shape.dropFirst()) == shape.axes, "rows of \(shape)")
    self.shape = shape
    let rows = try NPYRows(reader)
    parts = [(0..<rows.count, .file(rows))]
  }

  /// Creates the spectra of several datasets, one after the other; their shapes are equal.
  init(joining all: [Spectra]) {
    precondition(!all.isEmpty, "nothing to join")
    shape = all[0].shape
    parts = []
    for spectra in all {
      precondition(spectra.shape == shape, "\(spectra.shape) beside \(shape)")
      for part in spectra.parts {
        parts.append((count..<count + part.rows.count, part.source))
      }
    }
  }

  /// The number of examples, `N`.
  public var count: Int { parts.last?.rows.upperBound ?? 0 }

  /// Returns the spectrum of an example, `(C, bins)` row-major, DC-centred.
  ///
  /// - Throws: ``FileError`` when its file can't be read any more or was changed.
  public func values(of example: Int) throws(FileError) -> [Float] {
    var values = [Float](repeating: 0, count: shape.count)
    try read(example, into: &values)
    return values
  }

  /// Reads the spectrum of an example, on any thread.
  ///
  /// - Parameters:
  ///   - example: An example.
  ///   - values: Where its values go, `(C, bins)` row-major.
  /// - Throws: ``FileError`` when its file can't be read any more or was changed.
  package func read(_ example: Int, into values: inout [Float]) throws(FileError) {
    precondition(values.count == shape.count, "room for \(values.count) values of \(shape)")
    guard let part = parts.first(where: { $0.rows.contains(example) }) else {
      preconditionFailure("example \(example) of \(count)")
    }
    let row = example - part.rows.lowerBound
    switch part.source {
    case .memory(let all):
      let first = row * shape.count
      values.replaceSubrange(values.indices, with: all[first..<first + shape.count])
    case .file(let rows):
      try rows.read(row, into: &values)
      // They were valid when the dataset was opened; what came since must be, too.
      guard !Self.areDensities(values) else { return }
      try DatasetDirectory.check(
        values, in: 0..<(.infinity), shape: shape, firstRow: row, rows.path)
    }
  }

  /// Whether all values are finite and have no sign, not even that of −0; as integers, which takes
  /// a third of the time.
  private static func areDensities(_ values: [Float]) -> Bool {
    let greatest = Float.greatestFiniteMagnitude.bitPattern
    var signs: UInt32 = 0
    for value in values { signs |= value.bitPattern | (greatest &- value.bitPattern) }
    return signs >> 31 == 0
  }
}
