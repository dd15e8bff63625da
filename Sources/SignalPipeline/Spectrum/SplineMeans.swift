internal import CKernels

/// Means of neighbouring bins at any place between them, weighted by a cubic B-spline.
///
///     y[m] = Σ_k β((k − x_m)/w)/w · P[k mod N],   x_m = origin + m·w + (w − 1)/2
///
/// `β` is the cubic B-spline, so that a mean sees `4w` bins; the weights sum to 1 wherever `x_m`
/// stands. As a function of the frequency the power of a segment holds no lag longer than the
/// segment, and hardly one longer than half of it under a window that tapers; the spline leaves next
/// to nothing of the lags at which samples of it, `N` of them, would tell their own places. So the
/// means depend on the signal's frequency relative to `origin`, and not on that of the bins.
///
/// Source: M. Unser, "Splines: a perfect fit for signal and image processing", IEEE Signal Process.
/// Mag. 16(6), 1999.
package struct SplineMeans: Sendable {
  /// The width `w` of a plain mean as far apart [bins].
  package let width: Int

  /// Prepares for means so far apart, at least 1.
  package init(width: Int) { self.width = width }

  /// Computes the means of a circle of bins.
  ///
  /// - Parameters:
  ///   - density: The values of the `N` bins; `w` divides `N`.
  ///   - start: Which of them counts as bin 0.
  ///   - origin: Where the means begin [bins from `start`].
  ///   - means: Where the `N/w` means go.
  package func compute(
    _ density: Span<Float>, start: Int, origin: Double, into means: inout MutableSpan<Float>
  ) {
    precondition(
      means.count * width == density.count, "\(means.count) means of \(density.count) bins")
    let taps = 4 * width
    let middle = origin + Double(width - 1) / 2
    let first = Int((middle - Double(2 * width)).rounded(.down)) + 1
    let weights = (0..<taps).map { tap in
      Float(Self.spline((Double(first + tap) - middle) / Double(width)) / Double(width))
    }
    let count = density.count - width + taps
    unsafe means.withUnsafeMutableBufferPointer { means in
      unsafe density.withUnsafeBufferPointer { density in
        unsafe withUnsafeTemporaryAllocation(of: Float.self, capacity: count) { values in
          var done = 0
          while done < count {
            let place = Circle.place(start + first + done, of: density.count)
            let run = min(count - done, density.count - place)
            unsafe (values.baseAddress! + done).initialize(
              from: density.baseAddress! + place, count: run)
            done += run
          }
          unsafe spectrum_weighted_means(
            means.baseAddress!, values.baseAddress!, means.count, width, weights, taps)
        }
      }
    }
  }

  /// The cubic B-spline of integral 1, which is 0 from ±2 on.
  private static func spline(_ x: Double) -> Double {
    let distance = abs(x)
    if distance >= 2 { return 0 }
    if distance >= 1 {
      let rest = 2 - distance
      return rest * rest * rest / 6
    }
    return 2.0 / 3 - distance * distance * (1 - distance / 2)
  }
}
