internal import CKernels

/// Loops of the layers that filter every channel alike, or each value by itself.
extension Kernels {
  /// Sets `y[t, c] = Σ_j taps[j]·x[t·stride + j, c]`, from rows that begin at `from`.
  package static func filter(
    _ x: Span<Float>, from: Int, into y: inout [Float], at: Int, positions: Int, channels: Int,
    taps: [Float], stride: Int
  ) {
    precondition(from >= 0 && at >= 0 && positions > 0 && !taps.isEmpty)
    precondition(from + ((positions - 1) * stride + taps.count) * channels <= x.count)
    precondition(at + positions * channels <= y.count)
    unsafe x.withUnsafeBufferPointer { x in
      unsafe y.withUnsafeMutableBufferPointer { y in
        unsafe network_filter(
          x.baseAddress! + from, y.baseAddress! + at, positions, channels, taps, taps.count,
          stride)
      }
    }
  }

  /// Adds to `dx` the gradients by what
  /// ``filter(_:from:into:at:positions:channels:taps:stride:)`` read.
  package static func filterGradient(
    _ dy: Span<Float>, from: Int, into dx: inout [Float], at: Int, positions: Int,
    channels: Int, taps: [Float], stride: Int
  ) {
    precondition(from >= 0 && at >= 0 && positions > 0 && !taps.isEmpty)
    precondition(from + positions * channels <= dy.count)
    precondition(at + ((positions - 1) * stride + taps.count) * channels <= dx.count)
    unsafe dy.withUnsafeBufferPointer { dy in
      unsafe dx.withUnsafeMutableBufferPointer { dx in
        unsafe network_filter_gradient(
          dy.baseAddress! + from, dx.baseAddress! + at, positions, channels, taps, taps.count,
          stride)
      }
    }
  }

  /// Returns the sum of the squares in `rows` rows, each `step` behind the one before.
  package static func energy(
    _ x: Span<Float>, from: Int, rows: Int, channels: Int, step: Int
  ) -> Double {
    precondition(from >= 0 && rows > 0 && from + ((rows - 1) * step + 1) * channels <= x.count)
    return unsafe x.withUnsafeBufferPointer { x in
      unsafe network_energy(x.baseAddress! + from, rows, channels, step)
    }
  }

  /// Sets `y = x` where `x > 0`, else `slope·x`; a NaN stays one.
  package static func leakyReLU(
    _ x: Span<Float>, into y: inout [Float], at: Int = 0, count: Int, slope: Float
  ) {
    precondition(at >= 0 && at + count <= min(x.count, y.count))
    unsafe x.withUnsafeBufferPointer { x in
      unsafe y.withUnsafeMutableBufferPointer { y in
        unsafe network_leaky_relu(x.baseAddress! + at, y.baseAddress! + at, count, slope)
      }
    }
  }

  /// Sets `dx = dy` where `x > 0`, else `slope·dy`.
  package static func leakyReLUGradient(
    _ x: Span<Float>, _ dy: Span<Float>, into dx: inout [Float], at: Int = 0, count: Int,
    slope: Float
  ) {
    precondition(at >= 0 && at + count <= min(x.count, dy.count, dx.count))
    unsafe x.withUnsafeBufferPointer { x in
      unsafe dy.withUnsafeBufferPointer { dy in
        unsafe dx.withUnsafeMutableBufferPointer { dx in
          unsafe network_leaky_relu_gradient(
            x.baseAddress! + at, dy.baseAddress! + at, dx.baseAddress! + at, count, slope)
        }
      }
    }
  }

  /// Sets `z = x·y`, value by value.
  package static func multiply(
    _ x: Span<Float>, _ y: Span<Float>, into z: inout [Float], at: Int = 0, count: Int
  ) {
    precondition(at >= 0 && at + count <= min(x.count, y.count, z.count))
    unsafe x.withUnsafeBufferPointer { x in
      unsafe y.withUnsafeBufferPointer { y in
        unsafe z.withUnsafeMutableBufferPointer { z in
          unsafe network_multiply(
            x.baseAddress! + at, y.baseAddress! + at, z.baseAddress! + at, count)
        }
      }
    }
  }
}
