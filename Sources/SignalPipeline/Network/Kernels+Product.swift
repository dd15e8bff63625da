internal import CKernels

/// Where a product's left factor lies within an array.
///
/// Term `s·depth + p` of row `i` is at `offset + i·row + s·segment + p·column`. Rows may overlap,
/// and a factor may be the transpose of what is stored: nothing is copied.
package struct ProductFactor: Hashable, Sendable {
  /// The index of the first row's first term.
  package var offset: Int
  /// The distance between rows, between segments and between a segment's terms [floats].
  package var row: Int
  package var segment: Int
  package var column: Int
  /// The number of segments in a row, and of terms in a segment.
  package var segments: Int
  package var depth: Int

  /// Creates a factor, of one segment a row and neighbouring terms unless told otherwise.
  package init(
    offset: Int, row: Int, column: Int = 1, depth: Int, segments: Int = 1, segment: Int = 0
  ) {
    self.offset = offset
    self.row = row
    self.segment = segment
    self.column = column
    self.segments = segments
    self.depth = depth
  }

  /// The index after the last of `rows` rows' terms.
  fileprivate func end(rows: Int) -> Int {
    offset + (rows - 1) * row + (segments - 1) * segment + (depth - 1) * column + 1
  }
}

/// Where a row-major matrix of a product lies within an array.
package struct ProductMatrix: Hashable, Sendable {
  /// The index of the first row.
  package var offset: Int
  /// The distance between rows [floats]; other values may lie between them.
  package var row: Int

  /// Creates a place.
  package init(offset: Int, row: Int) {
    self.offset = offset
    self.row = row
  }

  fileprivate func fits(_ count: Int, rows: Int, columns: Int) -> Bool {
    offset >= 0 && row >= columns && offset + (rows - 1) * row + columns <= count
  }
}

extension Kernels {
  /// Adds a product to a matrix, `C += A·B`, or sets `C = A·B`.
  ///
  /// - Parameters:
  ///   - a: The array that holds `A`.
  ///   - aFactor: Where it lies there.
  ///   - b: The array that holds `B`, of as many rows as `A` has terms.
  ///   - bMatrix: Where it lies there.
  ///   - c: The array that holds `C`.
  ///   - cMatrix: Where it lies there.
  ///   - rows: The rows of `A` and `C`.
  ///   - columns: The columns of `B` and `C`.
  ///   - adding: Whether the product is added.
  package static func multiply(
    _ a: Span<Float>, _ aFactor: ProductFactor, by b: Span<Float>, _ bMatrix: ProductMatrix,
    into c: inout [Float], _ cMatrix: ProductMatrix, rows: Int, columns: Int,
    adding: Bool = true
  ) {
    check(a, aFactor, b, bMatrix, c, cMatrix, rows, columns)
    unsafe c.withUnsafeMutableBufferPointer { c in
      let result = unsafe c.baseAddress! + cMatrix.offset
      unsafe product(
        a, aFactor, b, bMatrix, result, cMatrix, rows, columns,
        start: adding ? UnsafePointer(result) : nil, startRow: cMatrix.row)
    }
  }

  /// Sets `C = A·B`, to each row of which `row` is added.
  package static func multiply(
    _ a: Span<Float>, _ aFactor: ProductFactor, by b: Span<Float>, _ bMatrix: ProductMatrix,
    into c: inout [Float], _ cMatrix: ProductMatrix, rows: Int, columns: Int,
    addingToEach row: Span<Float>
  ) {
    check(a, aFactor, b, bMatrix, c, cMatrix, rows, columns)
    precondition(row.count == columns, "a row has every column")
    unsafe row.withUnsafeBufferPointer { row in
      unsafe c.withUnsafeMutableBufferPointer { c in
        unsafe product(
          a, aFactor, b, bMatrix, c.baseAddress! + cMatrix.offset, cMatrix, rows, columns,
          start: row.baseAddress!, startRow: 0)
      }
    }
  }

  /// Sets each example's outputs to the products of its values with the rows of `weights`, added to
  /// `bias`.
  ///
  /// - Parameters:
  ///   - x: `(examples, inputs)`.
  ///   - weights: `(outputs, inputs)`.
  ///   - bias: `(outputs)`.
  ///   - y: Receives `(examples, outputs)`.
  ///   - examples: How many there are.
  ///   - inputs: The values of each.
  package static func linear(
    _ x: Span<Float>, weights: Span<Float>, bias: Span<Float>, into y: inout [Float],
    examples: Int, inputs: Int
  ) {
    let outputs = bias.count
    precondition(weights.count == outputs * inputs, "a weight for each input and output")
    precondition(examples * inputs <= x.count && examples * outputs <= y.count)
    unsafe x.withUnsafeBufferPointer { x in
      unsafe weights.withUnsafeBufferPointer { weights in
        unsafe bias.withUnsafeBufferPointer { bias in
          unsafe y.withUnsafeMutableBufferPointer { y in
            unsafe network_linear(
              x.baseAddress!, weights.baseAddress!, bias.baseAddress!, y.baseAddress!, examples,
              inputs, outputs)
          }
        }
      }
    }
  }

  private static func check(
    _ a: Span<Float>, _ aFactor: ProductFactor, _ b: Span<Float>, _ bMatrix: ProductMatrix,
    _ c: [Float], _ cMatrix: ProductMatrix, _ rows: Int, _ columns: Int
  ) {
    precondition(rows > 0 && columns > 0 && aFactor.segments > 0 && aFactor.depth > 0)
    precondition(min(aFactor.offset, aFactor.row, aFactor.segment, aFactor.column) >= 0)
    precondition(aFactor.end(rows: rows) <= a.count, "the left factor leaves its array")
    precondition(
      bMatrix.fits(b.count, rows: aFactor.segments * aFactor.depth, columns: columns)
        && cMatrix.fits(c.count, rows: rows, columns: columns), "a matrix leaves its array")
  }

  /// The product whose places were checked.
  private static func product(
    _ a: Span<Float>, _ aFactor: ProductFactor, _ b: Span<Float>, _ bMatrix: ProductMatrix,
    _ c: UnsafeMutablePointer<Float>, _ cMatrix: ProductMatrix, _ rows: Int, _ columns: Int,
    start: UnsafePointer<Float>?, startRow: Int
  ) {
    unsafe a.withUnsafeBufferPointer { a in
      unsafe b.withUnsafeBufferPointer { b in
        let factor = unsafe CKernels.ProductFactor(
          values: a.baseAddress! + aFactor.offset, row: aFactor.row, segment: aFactor.segment,
          column: aFactor.column, segments: aFactor.segments, depth: aFactor.depth)
        unsafe network_product(
          factor, b.baseAddress! + bMatrix.offset, bMatrix.row, c, cMatrix.row, rows, columns,
          start, startRow)
      }
    }
  }
}
