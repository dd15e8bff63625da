/// The matrices, as views of memory that lies there anyway, whose products are a convolution.
///
/// In a channels-last input the `K` taps of one output row are `K·C` neighbouring floats with
/// dilation 1, and `K` segments of `C` floats else: the input is a matrix of windows `stride·C`
/// apart, which overlap. With the weights as a matrix `[k·C + c][o]`,
///
///     Y = windows · W,   dW = windowsᵀ · dY
///
/// The input's gradient is a convolution of the output's, between rows of zeros, with the taps
/// reversed: row `u` holds the gradients of positions `stride·u … stride·u + stride − 1`.
///
///     dX̃[stride·u + r] = Σ_j dY[u − j]·Wᵀ[stride·j + r]
///
/// With both a stride and a dilation that does not close; there each tap adds its own product.
struct ConvolutionViews {
  /// The channels and kernels, `C` and `O`.
  let channels: Int
  let kernels: Int
  /// The taps, `K`.
  let kernelSize: Int
  let stride: Int
  let dilation: Int
  let margins: Conv1d.Margins
  /// The positions of the input, the padded input and the output.
  let inputs: Int
  let padded: Int
  let outputs: Int

  /// The views for an input that the layer takes.
  init(_ layer: Conv1d, input: Shape) {
    channels = input.channels
    kernels = layer.outputChannels
    kernelSize = layer.kernelSize
    stride = layer.stride
    dilation = layer.dilation
    margins = layer.margins
    inputs = input.length
    padded = input.length + margins.left + margins.right
    outputs = (padded - layer.span) / stride + 1
  }

  /// The floats of one padded example.
  var paddedCount: Int { padded * channels }

  /// The floats of the packed weights.
  var weightCount: Int { kernelSize * channels * kernels }

  /// The pieces of neighbouring terms in a window, and the terms of each.
  var segments: Int { dilation == 1 ? 1 : kernelSize }
  var depth: Int { dilation == 1 ? kernelSize * channels : channels }

  /// Where padded example `example` begins behind the packed weights.
  func paddedOffset(_ example: Int) -> Int { weightCount + example * paddedCount }

  /// The windows of padded example `example`, a row an output position, from one of them on.
  func windows(_ example: Int, from row: Int = 0) -> ProductFactor {
    ProductFactor(
      offset: paddedOffset(example) + row * stride * channels, row: stride * channels, depth: depth,
      segments: segments,
      segment: dilation * channels)
  }

  /// The transpose of one segment of the windows, a row a term.
  func windowsTransposed(_ example: Int, segment: Int) -> ProductFactor {
    ProductFactor(
      offset: paddedOffset(example) + segment * dilation * channels, row: 1,
      column: stride * channels, depth: outputs)
  }

  /// The example of an output that begins at `offset`.
  func outputs(at offset: Int) -> ProductMatrix { ProductMatrix(offset: offset, row: kernels) }

  /// The packed weights, from a segment's on.
  func weights(segment: Int = 0) -> ProductMatrix {
    ProductMatrix(offset: segment * depth * kernels, row: kernels)
  }
}

/// The matrices of the input's gradient.
extension ConvolutionViews {
  /// Whether each tap adds its own product.
  var addsTaps: Bool { stride > 1 && dilation > 1 }

  /// The positions in one row of the gradient, and the taps that are summed there.
  private var rowPositions: Int { addsTaps ? 1 : stride }
  private var rowTaps: Int { (kernelSize + rowPositions - 1) / rowPositions }

  /// How many rows of the output's gradient two neighbouring taps lie apart.
  private var tapStep: Int { stride == 1 ? dilation : 1 }

  /// The rows of the input's gradient.
  private var gradientRows: Int { (padded + stride - 1) / stride }

  /// The floats of the padded input's gradient, of whole rows.
  var gradientCount: Int { gradientRows * stride * channels }

  /// The rows of zeros before the output's gradient, and all rows with those behind it.
  private var rowsBefore: Int { (rowTaps - 1) * tapStep }
  private var upstreamRows: Int { gradientRows + rowsBefore }

  /// The floats of the output's gradient between zeros; with taps on their own there are none.
  var upstreamCount: Int { addsTaps ? 0 : upstreamRows * kernels }

  /// The margins of zeros.
  var upstreamMargins: Conv1d.Margins {
    Conv1d.Margins(
      left: rowsBefore, right: upstreamRows - rowsBefore - outputs, isCircular: false)
  }

  /// The floats of the reversed weights, `[j·O + o][r·C + c]`.
  var reversedCount: Int { rowTaps * kernels * rowPositions * channels }

  /// Reverses packed weights.
  func reverse(_ weights: Span<Float>, into reversed: inout [Float], at: Int) {
    Kernels.reverseWeights(
      weights, from: 0, into: &reversed, at: at, channels: channels, kernels: kernels,
      taps: kernelSize, positions: rowPositions)
  }

  /// Computes one example's gradient.
  ///
  /// - Parameters:
  ///   - outputGradient: The output's gradient.
  ///   - from: Where the example begins there.
  ///   - inputGradient: The input's gradient, overwritten.
  ///   - at: Where the example begins there.
  ///   - gradient: Room for the padded input's gradient.
  ///   - upstream: Room for the output's gradient between zeros; the reversed weights follow it.
  func inputGradient(
    _ outputGradient: Span<Float>, from: Int, into inputGradient: inout [Float], at: Int,
    padded gradient: inout [Float], upstream: inout [Float]
  ) {
    if addsTaps {
      Kernels.clear(&gradient, count: gradientCount)
      for tap in 0..<kernelSize {
        Kernels.multiply(
          outputGradient, ProductFactor(offset: from, row: kernels, depth: kernels),
          by: upstream.span,
          ProductMatrix(offset: (kernelSize - 1 - tap) * kernels * channels, row: channels),
          into: &gradient,
          ProductMatrix(offset: tap * dilation * channels, row: stride * channels),
          rows: outputs, columns: channels)
      }
    } else {
      Kernels.pad(
        outputGradient, from: from, into: &upstream, at: 0, rows: outputs, channels: kernels,
        padding: upstreamMargins)
      let width = stride * channels
      Kernels.multiply(
        upstream.span,
        ProductFactor(
          offset: 0, row: kernels, depth: kernels, segments: rowTaps,
          segment: tapStep * kernels), by: upstream.span,
        ProductMatrix(offset: upstreamCount, row: width), into: &gradient,
        ProductMatrix(offset: 0, row: width), rows: gradientRows, columns: width,
        adding: false)
    }
    Kernels.fold(
      gradient.span, into: &inputGradient, at: at, rows: inputs, channels: channels,
      padding: margins)
  }
}
