internal import CKernels

/// Loops that change the number or the order of the positions.
extension Kernels {
  /// Sets `y` to the largest of each window's values and `which` to its place in the window.
  package static func maxPool(
    _ x: Span<Float>, from: Int, into y: inout [Float], which: inout [Float], at: Int,
    positions: Int, channels: Int, kernelSize: Int, stride: Int
  ) {
    let end = from + ((positions - 1) * stride + kernelSize) * channels
    precondition(from >= 0 && at >= 0 && end <= x.count)
    precondition(at + positions * channels <= min(y.count, which.count))
    unsafe x.withUnsafeBufferPointer { x in
      unsafe y.withUnsafeMutableBufferPointer { y in
        unsafe which.withUnsafeMutableBufferPointer { which in
          unsafe network_max_pool(
            x.baseAddress! + from, y.baseAddress! + at, which.baseAddress! + at, positions,
            channels, kernelSize, stride)
        }
      }
    }
  }

  /// Adds each gradient in `dy` to the value that ``maxPool(_:from:into:which:at:positions:channels:kernelSize:stride:)`` chose.
  ///
  /// `which` must hold what the forward pass wrote: places below the kernel size.
  package static func maxPoolGradient(
    _ dy: Span<Float>, which: Span<Float>, from: Int, into dx: inout [Float], at: Int,
    positions: Int, channels: Int, kernelSize: Int, stride: Int
  ) {
    precondition(from >= 0 && at >= 0)
    precondition(from + positions * channels <= min(dy.count, which.count))
    precondition(at + ((positions - 1) * stride + kernelSize) * channels <= dx.count)
    unsafe dy.withUnsafeBufferPointer { dy in
      unsafe which.withUnsafeBufferPointer { which in
        unsafe dx.withUnsafeMutableBufferPointer { dx in
          unsafe network_max_pool_gradient(
            dy.baseAddress! + from, which.baseAddress! + from, dx.baseAddress! + at, positions,
            channels, stride)
        }
      }
    }
  }

  /// Adds `mean[from + c] / rows` to every row of `dx` from `at` on.
  package static func spreadMean(
    _ mean: Span<Float>, from: Int, into dx: inout [Float], at: Int, rows: Int, channels: Int
  ) {
    precondition(from >= 0 && at >= 0 && from + channels <= mean.count)
    precondition(at + rows * channels <= dx.count)
    unsafe mean.withUnsafeBufferPointer { mean in
      unsafe dx.withUnsafeMutableBufferPointer { dx in
        unsafe network_spread_mean(
          dx.baseAddress! + at, rows, channels, mean.baseAddress! + from)
      }
    }
  }

  /// Sets `y[column, row] = x[row, column]`.
  package static func transpose(
    _ x: Span<Float>, from: Int, into y: inout [Float], at: Int, rows: Int, columns: Int
  ) {
    precondition(from >= 0 && at >= 0)
    precondition(from + rows * columns <= x.count && at + rows * columns <= y.count)
    unsafe x.withUnsafeBufferPointer { x in
      unsafe y.withUnsafeMutableBufferPointer { y in
        unsafe network_transpose(x.baseAddress! + from, y.baseAddress! + at, rows, columns)
      }
    }
  }

  /// Sets `y` from `at` on to the rows of `x` with the padding before and behind them.
  package static func pad(
    _ x: Span<Float>, from: Int, into y: inout [Float], at: Int, rows: Int, channels: Int,
    padding: Conv1d.Margins
  ) {
    precondition(from >= 0 && at >= 0 && from + rows * channels <= x.count)
    precondition(at + (rows + padding.left + padding.right) * channels <= y.count)
    precondition(!padding.isCircular || max(padding.left, padding.right) <= rows)
    unsafe x.withUnsafeBufferPointer { x in
      unsafe y.withUnsafeMutableBufferPointer { y in
        unsafe network_pad(
          x.baseAddress! + from, y.baseAddress! + at, rows, channels, padding.left,
          padding.right, padding.isCircular)
      }
    }
  }

  /// Sets `dx` from `at` on to the gradients in `dy`, those of a circular padding added back.
  package static func fold(
    _ dy: Span<Float>, into dx: inout [Float], at: Int, rows: Int, channels: Int,
    padding: Conv1d.Margins
  ) {
    precondition(at >= 0 && at + rows * channels <= dx.count)
    precondition((rows + padding.left + padding.right) * channels <= dy.count)
    precondition(!padding.isCircular || max(padding.left, padding.right) <= rows)
    unsafe dy.withUnsafeBufferPointer { dy in
      unsafe dx.withUnsafeMutableBufferPointer { dx in
        unsafe network_fold(
          dy.baseAddress!, dx.baseAddress! + at, rows, channels, padding.left, padding.right,
          padding.isCircular)
      }
    }
  }

  /// Reorders weights from PyTorch's `(O, C, K)` to the products' `[k·C + c][o]`.
  static func packWeights(
    _ weights: Span<Float>, _ views: ConvolutionViews, into packed: inout [Float], at: Int
  ) {
    precondition(views.weightCount <= weights.count)
    precondition(at >= 0 && at + views.weightCount <= packed.count)
    unsafe weights.withUnsafeBufferPointer { weights in
      unsafe packed.withUnsafeMutableBufferPointer { packed in
        unsafe network_pack_weights(
          weights.baseAddress!, packed.baseAddress! + at, views.kernels, views.channels,
          views.kernelSize)
      }
    }
  }

  /// Reorders a gradient from `[k·C + c][o]` to `(O, C, K)`.
  static func unpackWeights(
    _ packed: Span<Float>, _ views: ConvolutionViews, into weights: inout [Float], at: Int
  ) {
    precondition(views.weightCount <= packed.count)
    precondition(at >= 0 && at + views.weightCount <= weights.count)
    unsafe packed.withUnsafeBufferPointer { packed in
      unsafe weights.withUnsafeMutableBufferPointer { weights in
        unsafe network_unpack_weights(
          packed.baseAddress!, weights.baseAddress! + at, views.kernels, views.channels,
          views.kernelSize)
      }
    }
  }
}
