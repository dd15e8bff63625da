internal import CKernels

/// The compiled loops of `CKernels` behind one bounds check a call.
///
/// Rows are channels-last: row `r` of channel `c` lies at `r·C + c`. Arrays may be longer than
/// what is read or written; `at` is where in an array a call begins.
package enum Kernels {
  /// Sets `y = max(x, 0)`; a NaN stays one.
  package static func relu(_ x: Span<Float>, into y: inout [Float], at: Int = 0, count: Int) {
    precondition(at >= 0 && at + count <= min(x.count, y.count))
    unsafe x.withUnsafeBufferPointer { x in
      unsafe y.withUnsafeMutableBufferPointer { y in
        unsafe network_relu(x.baseAddress! + at, y.baseAddress! + at, count)
      }
    }
  }

  /// Sets `dx = dy` where `x > 0`, else 0.
  package static func reluGradient(
    _ x: Span<Float>, _ dy: Span<Float>, into dx: inout [Float], at: Int = 0, count: Int
  ) {
    precondition(at >= 0 && at + count <= min(x.count, dy.count, dx.count))
    unsafe x.withUnsafeBufferPointer { x in
      unsafe dy.withUnsafeBufferPointer { dy in
        unsafe dx.withUnsafeMutableBufferPointer { dx in
          unsafe network_relu_gradient(
            x.baseAddress! + at, dy.baseAddress! + at, dx.baseAddress! + at, count)
        }
      }
    }
  }

  /// Sets `z = x + y`.
  package static func add(
    _ x: Span<Float>, _ y: Span<Float>, into z: inout [Float], at: Int = 0, count: Int
  ) {
    precondition(at >= 0 && at + count <= min(x.count, y.count, z.count))
    unsafe x.withUnsafeBufferPointer { x in
      unsafe y.withUnsafeBufferPointer { y in
        unsafe z.withUnsafeMutableBufferPointer { z in
          unsafe network_add(
            x.baseAddress! + at, y.baseAddress! + at, z.baseAddress! + at, count)
        }
      }
    }
  }

  /// Sets `z = z + x`.
  package static func accumulate(
    _ x: Span<Float>, into z: inout [Float], at: Int = 0, count: Int
  ) {
    precondition(at >= 0 && at + count <= min(x.count, z.count))
    unsafe x.withUnsafeBufferPointer { x in
      unsafe z.withUnsafeMutableBufferPointer { z in
        let base = unsafe z.baseAddress! + at
        unsafe network_add(x.baseAddress! + at, base, base, count)
      }
    }
  }

  /// Copies `count` values.
  package static func copy(
    _ x: Span<Float>, from: Int = 0, into y: inout [Float], at: Int = 0, count: Int
  ) {
    precondition(from >= 0 && at >= 0 && from + count <= x.count && at + count <= y.count)
    if count == 0 { return }
    unsafe x.withUnsafeBufferPointer { x in
      unsafe y.withUnsafeMutableBufferPointer { y in
        unsafe (y.baseAddress! + at).update(from: x.baseAddress! + from, count: count)
      }
    }
  }

  /// Sets `count` values to zero.
  package static func clear(_ y: inout [Float], at: Int = 0, count: Int) {
    fill(&y, with: 0, at: at, count: count)
  }

  /// Sets `count` values to `value`.
  package static func fill(_ y: inout [Float], with value: Float, at: Int = 0, count: Int) {
    precondition(at >= 0 && at + count <= y.count)
    if count == 0 { return }
    unsafe y.withUnsafeMutableBufferPointer { y in
      unsafe (y.baseAddress! + at).update(repeating: value, count: count)
    }
  }

  /// Sets every row from `at` on to `values`, one a channel.
  package static func fillRows(
    _ y: inout [Float], at: Int = 0, rows: Int, with values: Span<Float>
  ) {
    precondition(at >= 0 && at + rows * values.count <= y.count)
    unsafe values.withUnsafeBufferPointer { values in
      unsafe y.withUnsafeMutableBufferPointer { y in
        unsafe network_fill_rows(
          y.baseAddress! + at, rows, values.count, values.baseAddress!)
      }
    }
  }

  /// Sets `sums[at + c] = Σ_r x[r, c]`, summed in double over blocks of rows.
  package static func columnSums(
    _ x: Span<Float>, rows: Int, channels: Int, into sums: inout [Float], at: Int
  ) {
    precondition(rows * channels <= x.count && at >= 0 && at + channels <= sums.count)
    unsafe x.withUnsafeBufferPointer { x in
      unsafe sums.withUnsafeMutableBufferPointer { sums in
        unsafe network_column_sums(x.baseAddress!, rows, channels, sums.baseAddress! + at)
      }
    }
  }

  /// Sets `moments[c]` to the mean of channel `c` and `moments[C + c]` to its biased variance.
  package static func moments(
    _ x: Span<Float>, rows: Int, channels: Int, into moments: inout [Float]
  ) {
    precondition(rows > 0 && rows * channels <= x.count && 2 * channels <= moments.count)
    unsafe x.withUnsafeBufferPointer { x in
      unsafe moments.withUnsafeMutableBufferPointer { moments in
        unsafe network_moments(
          x.baseAddress!, rows, channels, moments.baseAddress!,
          moments.baseAddress! + channels)
      }
    }
  }

  /// Sets `y[r, c] = (x[r, c] − mean[c])·scale[c] + shift[c]`.
  package static func normalize(
    _ x: Span<Float>, into y: inout [Float], rows: Int, channels: Int, mean: Span<Float>,
    scale: Span<Float>, shift: Span<Float>
  ) {
    precondition(rows * channels <= x.count && rows * channels <= y.count)
    precondition(min(mean.count, scale.count, shift.count) >= channels)
    unsafe x.withUnsafeBufferPointer { x in
      unsafe y.withUnsafeMutableBufferPointer { y in
        unsafe mean.withUnsafeBufferPointer { mean in
          unsafe scale.withUnsafeBufferPointer { scale in
            unsafe shift.withUnsafeBufferPointer { shift in
              unsafe network_normalize(
                x.baseAddress!, y.baseAddress!, rows, channels, mean.baseAddress!,
                scale.baseAddress!, shift.baseAddress!)
            }
          }
        }
      }
    }
  }

  /// Sets `sums[c] = Σ_r dy[r, c]` and `sums[C + c] = Σ_r dy[r, c]·(x[r, c] − mean[c])`.
  package static func normalizeSums(
    _ x: Span<Float>, _ dy: Span<Float>, rows: Int, channels: Int, mean: Span<Float>,
    into sums: inout [Float]
  ) {
    precondition(rows * channels <= min(x.count, dy.count))
    precondition(mean.count >= channels && sums.count >= 2 * channels)
    unsafe x.withUnsafeBufferPointer { x in
      unsafe dy.withUnsafeBufferPointer { dy in
        unsafe mean.withUnsafeBufferPointer { mean in
          unsafe sums.withUnsafeMutableBufferPointer { sums in
            unsafe network_normalize_sums(
              x.baseAddress!, dy.baseAddress!, rows, channels, mean.baseAddress!,
              sums.baseAddress!, sums.baseAddress! + channels)
          }
        }
      }
    }
  }

  /// Sets `dx[r, c] = scale[c]·(dy[r, c] − offset[c] − (x[r, c] − mean[c])·slope[c])`.
  ///
  /// The constants are the means, scales, offsets and slopes, one after another.
  package static func normalizeGradient(
    _ x: Span<Float>, _ dy: Span<Float>, into dx: inout [Float], rows: Int, channels: Int,
    constants: Span<Float>
  ) {
    precondition(rows * channels <= min(x.count, dy.count, dx.count))
    precondition(constants.count >= 4 * channels)
    unsafe x.withUnsafeBufferPointer { x in
      unsafe dy.withUnsafeBufferPointer { dy in
        unsafe dx.withUnsafeMutableBufferPointer { dx in
          unsafe constants.withUnsafeBufferPointer { constants in
            let base = constants.baseAddress!
            unsafe network_normalize_gradient(
              x.baseAddress!, dy.baseAddress!, dx.baseAddress!, rows, channels, base,
              base + channels, base + 2 * channels, base + 3 * channels)
          }
        }
      }
    }
  }
}
