/// The examples that two datasets share.
///
/// Two examples are one if their densities (the mean's channel) are equal bit by bit, or if both
/// are the same example of the same generator: one computer's densities of the same samples
/// differ from another's in the last bits. Equal samples have equal densities on one computer;
/// densities that differ therefore prove that the samples do.
public struct DatasetOverlap: Hashable, Sendable {
  /// An example and where it stands in both.
  public struct Pair: Hashable, Sendable {
    /// The row in the first dataset.
    public var first: Int
    /// The row in the second.
    public var second: Int
  }

  /// How many examples of the second dataset are in the first.
  public private(set) var count = 0

  /// Where the first of them stands; `nil` if there is none.
  public private(set) var example: Pair?

  /// Compares two datasets, every example with every other, in 16 bytes of memory an example of
  /// the first.
  ///
  /// - Parameters:
  ///   - first: A dataset's folder.
  ///   - second: A dataset's folder.
  /// - Throws: ``FileError`` if one of them cannot be read, or if their spectra were estimated in
  ///   different ways, so that they tell nothing.
  public init(of first: String, and second: String) throws(FileError) {
    let one = try DatasetDirectory.readManifest(first)
    let two = try DatasetDirectory.readManifest(second)
    guard one.spectrum == two.spectrum, one.window == two.window else {
      throw FileError(
        .unsupported, path: second,
        reason: "its spectra were not estimated as those of \(first): shared examples cannot be "
          + "told; generate one of them anew")
    }
    let generated = Self.generated(one, two)
    var rows: [(hash: UInt64, row: Int)] = []
    rows.reserveCapacity(one.count)
    try Self.forEachRow(of: first, one) { row, density throws(FileError) in
      rows.append((Self.hash(density), row))
    }
    rows.sort { ($0.hash, $0.row) < ($1.hash, $1.row) }
    let known = try NPYRows(NPYReader<Float>(DatasetDirectory.File.density.path(in: first)))
    var other = [Float](repeating: 0, count: one.shape.count)
    var (count, example) = (0, Pair?.none)
    try Self.forEachRow(of: second, two) { row, density throws(FileError) in
      var match: Int?
      let hash = Self.hash(density)
      // A hash tells densities apart, never that they are the same.
      for candidate in rows[Self.lowerBound(of: hash, in: rows)...] {
        guard match == nil, candidate.hash == hash else { break }
        try known.read(candidate.row, into: &other)
        let isSame = other.prefix(one.spectrum.bins)
          .elementsEqual(density) { $0.bitPattern == $1.bitPattern }
        if isSame { match = candidate.row }
      }
      if match == nil, let generated, generated.contains(two.index(of: row)) {
        match = one.row(of: two.index(of: row))
      }
      guard let match else { return }
      count += 1
      if example == nil { example = Pair(first: match, second: row) }
    }
    self.count = count
    self.example = example
  }

  /// The generator's examples that are in both, where both have the same generator and seed.
  private static func generated(
    _ one: DatasetManifest, _ two: DatasetManifest
  ) -> ExampleSelection? {
    guard let seed = one.seed, seed == two.seed, let generator = one.generator,
      generator == two.generator
    else { return nil }
    let all = ExampleSelection([0..<one.count])
    return (one.examples ?? all).intersection(
      two.examples ?? ExampleSelection([0..<two.count]))
  }

  /// Calls `body` with the mean's channel of each example.
  private static func forEachRow(
    of path: String, _ manifest: DatasetManifest,
    _ body: (_ row: Int, _ density: ArraySlice<Float>) throws(FileError) -> Void
  ) throws(FileError) {
    let file = DatasetDirectory.File.density.path(in: path)
    var reader = try NPYReader<Float>(file)
    let shape = [manifest.count] + manifest.shape.axes
    guard reader.header.shape == shape else {
      throw FileError(
        .malformed, path: file, place: "shape",
        reason: "\(reader.header.shape); the manifest says \(shape)")
    }
    for row in 0..<manifest.count {
      try body(row, try reader.read(rows: 1).prefix(manifest.spectrum.bins))
    }
  }

  private static func hash(_ density: ArraySlice<Float>) -> UInt64 {
    var hash = WordHash()
    for value in density { hash.mix(UInt64(value.bitPattern)) }
    return hash.value
  }

  /// The place of the first row of a hash or above.
  private static func lowerBound(
    of hash: UInt64, in rows: [(hash: UInt64, row: Int)]
  ) -> Int {
    var (low, high) = (0, rows.count)
    while low < high {
      let middle = (low + high) / 2
      if rows[middle].hash < hash { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
