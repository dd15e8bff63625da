internal import CKernels

/// Parameters that are updated together: so few that all that an update works with stays within a
/// core's cache.
enum GradientPiece: Hashable, Sendable {
  /// Neighbours that have a value each, the first of which stands at `begin` of a gradient's.
  case values(Range<Int>, begin: Int)

  /// Some rows and columns of a weight matrix, the `factors`-th whose gradient is a product.
  case tile(Network.WeightProduct, factors: Int, rows: Range<Int>, columns: Range<Int>)

  private static let valueCount = 1 << 13
  private static let tileRows = 16
  private static let tileColumns = 512

  /// The pieces of a network's parameters.
  static func pieces(of network: Network) -> [GradientPiece] {
    var pieces: [GradientPiece] = []
    var begin = 0
    func addValues(upTo end: Int) {
      for first in stride(from: begin, to: end, by: valueCount) {
        let range = first..<min(first + valueCount, end)
        pieces.append(.values(range, begin: network.gradientPlace(of: first)))
      }
    }
    for (index, product) in network.products.enumerated() {
      addValues(upTo: product.begin)
      // Rows first: the inputs of some columns stay in the cache for all outputs.
      for column in stride(from: 0, to: product.inputs, by: tileColumns) {
        for row in stride(from: 0, to: product.outputs, by: tileRows) {
          pieces.append(
            .tile(
              product, factors: index, rows: row..<min(row + tileRows, product.outputs),
              columns: column..<min(column + tileColumns, product.inputs)))
        }
      }
      begin = product.range.upperBound
    }
    addValues(upTo: network.parameterCount)
    return pieces
  }

  /// The number of its parameters.
  var count: Int {
    switch self {
    case .values(let range, _): range.count
    case .tile(_, _, let rows, let columns): rows.count * columns.count
    }
  }

  /// Those of its parameters that lie in disjoint ranges, in runs of neighbours: where they stand in
  /// the flat array, and the first of them in the piece.
  func parts(in ranges: [Range<Int>]) -> [(parameters: Range<Int>, begin: Int)] {
    switch self {
    case .values(let own, _):
      return ranges.compactMap { range in
        let part = range.clamped(to: own)
        return part.isEmpty ? nil : (part, part.lowerBound - own.lowerBound)
      }
    case .tile(let product, _, let rows, let columns):
      // A matrix is trained as a whole, or not at all.
      guard ranges.contains(where: { $0.contains(product.begin) }) else { return [] }
      return rows.map { row in
        let begin = product.begin + row * product.inputs + columns.lowerBound
        return (begin..<begin + columns.count, (row - rows.lowerBound) * columns.count)
      }
    }
  }

  /// Sets values, from a place on, to a gradient of the piece, or adds it to them.
  func take(
    _ gradient: Network.Gradient, into values: inout [Float], at place: Int, adding: Bool
  ) {
    switch self {
    case .values(let range, let begin):
      guard adding else {
        return Kernels.copy(
          gradient.values.span, from: begin, into: &values, at: place, count: range.count)
      }
      precondition(begin >= 0 && begin + range.count <= gradient.values.count)
      precondition(place >= 0 && place + range.count <= values.count)
      unsafe values.withUnsafeMutableBufferPointer { values in
        unsafe gradient.values.withUnsafeBufferPointer { term in
          unsafe gradient_add(
            values.baseAddress! + place, term.baseAddress! + begin, range.count)
        }
      }
    case .tile(let product, let index, let rows, let columns):
      let factors = gradient.factors[index]
      Kernels.multiply(
        factors.outputGradient.span,
        ProductFactor(
          offset: rows.lowerBound, row: 1, column: product.outputs, depth: factors.count),
        by: factors.input.span, ProductMatrix(offset: columns.lowerBound, row: product.inputs),
        into: &values, ProductMatrix(offset: place, row: columns.count), rows: rows.count,
        columns: columns.count, adding: adding)
    }
  }
}
