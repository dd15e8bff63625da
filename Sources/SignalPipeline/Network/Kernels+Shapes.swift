internal import CKernels

/// Loops that change the number or the order of the positions.
extension Kernels {
  /// Sets `y` to the largest of each window's values and `which` to its place in the window.
  package static func maxPool(
    _ x: Span<Float>, from: Int, into y: inout [Float], at: Int, which: inout [Float],
    at place: Int, positions: Int, channels: Int, kernelSize: Int, stride: Int
  ) {
    let end = from + ((positions - 1) * stride + kernelSize) * channels
    let count = positions * channels
    precondition(from >= 0 && at >= 0 && place >= 0 && end <= x.count)
    precondition(at + count <= y.count && place + count <= which.count)
    unsafe x.withUnsafeBufferPointer { x in
      unsafe y.withUnsafeMutableBufferPointer { y in
        unsafe which.withUnsafeMutableBufferPointer { which in
          unsafe network_max_pool(
            x.baseAddress! + from, y.baseAddress! + at, which.baseAddress! + place, positions,
            channels, kernelSize, stride)
        }
      }
    }
  }

  /// Sets each channel's `y` to the largest of some rows, and `which` to its place; a range of rows
  /// that does not begin with the first goes on from those before.
  package static func largest(
    _ x: Span<Float>, from: Int, rows: Range<Int>, channels: Int, into y: inout [Float], at: Int,
    which: inout [Float], at place: Int
  ) {
    let isFirst = rows.lowerBound == 0
    let values = isFirst ? [] : Array(y[at..<at + channels])
    let places = isFirst ? [] : Array(which[place..<place + channels])
    maxPool(
      x, from: from, into: &y, at: at, which: &which, at: place, positions: 1,
      channels: channels, kernelSize: rows.count, stride: 1)
    for (channel, earlier) in values.enumerated() {
      let later = y[at + channel]
      if later > earlier || (later.isNaN && !earlier.isNaN) {
        which[place + channel] += Float(rows.lowerBound)
      } else {
        y[at + channel] = earlier
        which[place + channel] = places[channel]
      }
    }
  }

  /// Adds each gradient in `dy` to the value that ``maxPool(_:from:into:at:which:at:positions:channels:kernelSize:stride:)`` chose.
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

  /// Sets the lists of ``GradientForm/pairs(capacity:)``, of a capacity of `positions`, to what
  /// ``maxPoolGradient(_:which:from:into:at:positions:channels:kernelSize:stride:)`` adds.
  package static func maxPoolPairs(
    _ dy: Span<Float>, which: Span<Float>, from: Int, into pairs: inout [Float], at: Int,
    positions: Int, channels: Int, stride: Int
  ) {
    precondition(from >= 0 && at >= 0)
    precondition(from + positions * channels <= min(dy.count, which.count))
    precondition(at + (1 + 2 * positions) * channels <= pairs.count)
    unsafe dy.withUnsafeBufferPointer { dy in
      unsafe which.withUnsafeBufferPointer { which in
        unsafe pairs.withUnsafeMutableBufferPointer { pairs in
          unsafe network_max_pool_pairs(
            dy.baseAddress! + from, which.baseAddress! + from, pairs.baseAddress! + at,
            positions, channels, stride)
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

  /// Reverses packed weights `[k·C + c][o]` to `[j·O + o][r·C + c]`, whose tap is
  /// `k = positions·(J − 1 − j) + r`; beyond the kernel's end there are zeros.
  static func reverseWeights(
    _ packed: Span<Float>, from: Int, into reversed: inout [Float], at: Int, channels: Int,
    kernels: Int, taps: Int, positions: Int
  ) {
    let rows = (taps + positions - 1) / positions
    precondition(from >= 0 && from + taps * channels * kernels <= packed.count)
    precondition(at >= 0 && at + rows * positions * channels * kernels <= reversed.count)
    unsafe packed.withUnsafeBufferPointer { packed in
      unsafe reversed.withUnsafeMutableBufferPointer { reversed in
        unsafe network_reverse_weights(
          packed.baseAddress! + from, reversed.baseAddress! + at, kernels, channels, taps,
          positions)
      }
    }
  }

  /// Reorders the gradients of weights, `[k·C + c][o]`, and of biases behind them to PyTorch's
  /// `(O, C, K)` and `(O)`, which are replaced or added to.
  static func unpackWeights(
    _ packed: Span<Float>, _ views: ConvolutionViews, into gradient: inout [Float], at: Int,
    adding: Bool
  ) {
    precondition(views.weightCount + views.kernels <= packed.count)
    precondition(at >= 0 && at + views.weightCount + views.kernels <= gradient.count)
    unsafe packed.withUnsafeBufferPointer { packed in
      unsafe gradient.withUnsafeMutableBufferPointer { gradient in
        unsafe network_unpack_weights(
          packed.baseAddress!, gradient.baseAddress! + at, views.kernels, views.channels,
          views.kernelSize, adding)
      }
    }
  }
}
