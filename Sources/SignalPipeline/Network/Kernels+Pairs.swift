internal import CKernels

/// What a convolution does with a channel's list of ``GradientForm/pairs(capacity:)``.
extension Kernels {
  /// Returns the sum of the values of the list at `from`.
  static func sum(ofPairs pairs: Span<Float>, from: Int) -> Double {
    _ = lastPosition(pairs, from: from)
    return unsafe pairs.withUnsafeBufferPointer { pairs in
      unsafe network_sum_pairs(pairs.baseAddress! + from)
    }
  }

  /// Sets `sums[at + q] += Σ value·x[begin + position·row + q]` for `q < width`.
  static func addWindows(
    _ pairs: Span<Float>, from: Int, of x: Span<Float>, begin: Int, row: Int,
    into sums: inout [Float], at: Int, width: Int
  ) {
    guard let last = lastPosition(pairs, from: from) else { return }
    precondition(begin >= 0 && row >= 0 && begin + last * row + width <= x.count)
    precondition(at >= 0 && at + width <= sums.count)
    unsafe pairs.withUnsafeBufferPointer { pairs in
      unsafe x.withUnsafeBufferPointer { x in
        unsafe sums.withUnsafeMutableBufferPointer { sums in
          unsafe network_add_windows(
            pairs.baseAddress! + from, x.baseAddress! + begin, row, sums.baseAddress! + at,
            width)
        }
      }
    }
  }

  /// Sets `dx[begin + position·row + q] += value·weights[at + q]` for `q < width`.
  static func spreadWindows(
    _ pairs: Span<Float>, from: Int, by weights: Span<Float>, at: Int, into dx: inout [Float],
    begin: Int, row: Int, width: Int
  ) {
    guard let last = lastPosition(pairs, from: from) else { return }
    precondition(begin >= 0 && row >= 0 && begin + last * row + width <= dx.count)
    precondition(at >= 0 && at + width <= weights.count)
    unsafe pairs.withUnsafeBufferPointer { pairs in
      unsafe weights.withUnsafeBufferPointer { weights in
        unsafe dx.withUnsafeMutableBufferPointer { dx in
          unsafe network_spread_windows(
            pairs.baseAddress! + from, weights.baseAddress! + at, row, dx.baseAddress! + begin,
            width)
        }
      }
    }
  }

  /// The position of a list's last pair, which is the highest.
  private static func lastPosition(_ pairs: Span<Float>, from: Int) -> Int? {
    let count = Int(pairs[from])
    precondition(count >= 0 && from + 2 * count < pairs.count, "a list leaves its array")
    return count == 0 ? nil : Int(pairs[from + 2 * count - 1])
  }
}
