internal import COpenBLAS

/// Where a row-major matrix lies within an array of floats.
///
/// Element `(r, c)` is at `offset + r·stride + c`.
package struct MatrixView: Hashable, Sendable {
  /// The index of element `(0, 0)`.
  package var offset: Int
  /// The number of rows.
  package var rows: Int
  /// The number of columns.
  package var columns: Int
  /// The distance between the beginnings of two rows, at least `columns` [floats].
  package var stride: Int
  /// Whether a product takes the transpose of what is stored.
  package var isTransposed = false

  /// The same memory, its transpose taken in a product.
  package var transposed: MatrixView {
    var view = self
    view.isTransposed.toggle()
    return view
  }

  /// Creates a view whose rows follow one another unless `stride` says otherwise.
  package init(offset: Int = 0, rows: Int, columns: Int, stride: Int? = nil) {
    self.offset = offset
    self.rows = rows
    self.columns = columns
    // A single row has no stride; BLAS checks the number all the same.
    self.stride = rows > 1 ? stride ?? columns : columns
  }

  /// The index after the last element.
  fileprivate var end: Int { rows == 0 ? offset : offset + (rows - 1) * stride + columns }

  fileprivate func fits(_ count: Int) -> Bool {
    offset >= 0 && rows >= 0 && columns > 0 && stride >= columns && end <= count
  }
}

/// Dense linear algebra, one thread a call.
///
/// This file is the only one that imports `COpenBLAS`.
package enum BLAS {
  /// The callers run one call a thread, and a sum's order must not hang on a thread count.
  private static let oneThread: Void = openblas_set_num_threads(1)

  /// Multiplies two matrices, each transposed first if its view says so.
  ///
  ///     C = A·B      or, accumulating, C += A·B
  ///
  /// - Parameters:
  ///   - a: The array that holds `A`.
  ///   - aView: Where it lies there, as stored.
  ///   - b: The array that holds `B`.
  ///   - bView: Where it lies there, as stored.
  ///   - c: The array that holds `C`.
  ///   - cView: Where it lies there.
  ///   - accumulating: Whether the product is added to `C` or replaces it.
  package static func multiply(
    _ a: Span<Float>, _ aView: MatrixView, by b: Span<Float>, _ bView: MatrixView,
    into c: inout [Float], _ cView: MatrixView, accumulating: Bool = false
  ) {
    let inner = aView.isTransposed ? aView.rows : aView.columns
    precondition(
      (aView.isTransposed ? aView.columns : aView.rows) == cView.rows
        && (bView.isTransposed ? bView.rows : bView.columns) == cView.columns
        && (bView.isTransposed ? bView.columns : bView.rows) == inner,
      "matrix shapes disagree")
    precondition(
      aView.fits(a.count) && bView.fits(b.count) && cView.fits(c.count),
      "a matrix reaches out of its array")
    if cView.rows == 0 || cView.columns == 0 { return }
    _ = oneThread
    unsafe a.withUnsafeBufferPointer { a in
      unsafe b.withUnsafeBufferPointer { b in
        unsafe c.withUnsafeMutableBufferPointer { c in
          unsafe cblas_sgemm(
            CblasRowMajor, aView.isTransposed ? CblasTrans : CblasNoTrans,
            bView.isTransposed ? CblasTrans : CblasNoTrans,
            blasint(cView.rows), blasint(cView.columns), blasint(inner), 1,
            a.baseAddress! + aView.offset, blasint(aView.stride),
            b.baseAddress! + bView.offset, blasint(bView.stride), accumulating ? 1 : 0,
            c.baseAddress! + cView.offset, blasint(cView.stride))
        }
      }
    }
  }
}
