/// The levels of a stream over time and frequency, in memory that does not grow with it.
///
/// Each row begins as one segment of Welch's estimate. Once there are ``rowLimit`` of them, each
/// two become one, their mean power, and so on. A column is one bin, or the highest of several, so
/// that narrow signals stay visible; of `n` bins of white noise the highest of a segment has
/// `1 + 1/2 + … + 1/n` times their mean.
package struct Waterfall: ~Copyable {
  /// The most rows that are kept, an even number.
  package static let rowLimit = 640

  /// The most columns.
  package static let columnLimit = 1024

  /// How the segments are estimated.
  package let configuration: SpectrumConfiguration

  /// The number of columns.
  package let columns: Int

  /// A bin's noise bandwidth, once there are rows [cycles/sample].
  package private(set) var noiseBandwidth = 0.0

  /// The number of segments in each row.
  package private(set) var segmentsPerRow = 1

  /// The mean powers of whole rows [FS²/(cycle/sample)], one row after another.
  private var cells: [Float] = []
  private var spectrogram: Spectrogram
  /// The sum over the segments of a row that is not yet whole.
  private var pending: [Float]
  private var pendingSegments = 0

  /// Plans the transform.
  ///
  /// - Parameter configuration: How the segments are estimated; what they are averaged by does
  ///   not matter.
  /// - Throws: ``ConfigurationError`` as ``SpectrumConfiguration/validate()`` does.
  package init(_ configuration: SpectrumConfiguration) throws(ConfigurationError) {
    var configuration = configuration
    configuration.averaging = .mean
    self.configuration = configuration
    spectrogram = try Spectrogram(configuration)
    columns = min(configuration.bins, Self.columnLimit)
    pending = [Float](repeating: 0, count: columns)
  }

  /// The number of rows, one that is not yet whole among them.
  package var rows: Int { cells.count / columns + (pendingSegments > 0 ? 1 : 0) }

  /// The most bins of a column.
  package var binsPerColumn: Int { (configuration.bins + columns - 1) / columns }

  /// From one row to the next [samples].
  package var samplesPerRow: Int { segmentsPerRow * configuration.hop }

  /// The mean powers of all rows [FS²/(cycle/sample)], one row after another.
  package var powers: [Float] {
    guard pendingSegments > 0 else { return cells }
    return cells + pending.map { $0 / Float(pendingSegments) }
  }

  /// Adds samples that follow those of the last call.
  package mutating func add(_ samples: Span<IQSample>) {
    let columns = columns
    var found: [[Float]] = []
    var noiseBandwidth = noiseBandwidth
    spectrogram.add(samples) { row in
      found.append(Self.highest(of: row.spectrum.density, columns: columns))
      noiseBandwidth = row.spectrum.noiseBandwidth
    }
    self.noiseBandwidth = noiseBandwidth
    for row in found { add(row) }
  }

  /// The highest bin of each column.
  private static func highest(of density: [Float], columns: Int) -> [Float] {
    let bins = density.count
    guard bins > columns else { return density }
    return (0..<columns).map { column in
      var highest: Float = 0
      for bin in column * bins / columns..<(column + 1) * bins / columns {
        highest = max(highest, density[bin])
      }
      return highest
    }
  }

  private mutating func add(_ row: [Float]) {
    for column in 0..<columns { pending[column] += row[column] }
    pendingSegments += 1
    guard pendingSegments == segmentsPerRow else { return }
    cells.append(contentsOf: pending.map { $0 / Float(segmentsPerRow) })
    pendingSegments = 0
    for column in 0..<columns { pending[column] = 0 }
    if cells.count == Self.rowLimit * columns { mergePairs() }
  }

  private mutating func mergePairs() {
    for row in 0..<Self.rowLimit / 2 {
      for column in 0..<columns {
        let first = 2 * row * columns + column
        cells[row * columns + column] = 0.5 * (cells[first] + cells[first + columns])
      }
    }
    cells.removeLast(cells.count / 2)
    segmentsPerRow *= 2
  }
}
