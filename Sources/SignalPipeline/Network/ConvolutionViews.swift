/// The matrices, as views of memory that lies there anyway, whose products are a convolution.
///
/// In a channels-last input the `K` taps of one output row are `K·C` neighbouring floats, so with
/// dilation 1 the input is a matrix of windows `stride·C` apart. BLAS wants rows that do not
/// overlap; every `R`-th window does not, with `R·stride ≥ K`. So there are `R` products, one
/// for each residue `r` of the output row `t = R·u + r`. With a dilation the taps are apart, and
/// each tap has its own product of `C` columns, which never overlap.
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
  /// The products that add up to one output row, and the residues of the rows.
  let taps: Int
  let residues: Int

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
    let isDense = dilation == 1 || kernelSize == 1
    taps = isDense ? 1 : kernelSize
    var residues = isDense ? (kernelSize + stride - 1) / stride : 1
    // Output rows a multiple of a page apart fall into the same few cache sets (10 % slower).
    if residues > 1, (residues * kernels).isMultiple(of: 1024) { residues += 1 }
    self.residues = min(residues, outputs)
  }

  /// The floats of one padded example.
  var paddedCount: Int { padded * channels }

  /// The floats of the packed weights.
  var weightCount: Int { kernelSize * channels * kernels }

  private var width: Int { taps == 1 ? kernelSize * channels : channels }

  private func rows(_ residue: Int) -> Int { (outputs - residue + residues - 1) / residues }

  /// The windows of a residue's rows, for one tap, in padded example `example`.
  func windows(_ example: Int, residue: Int, tap: Int) -> MatrixView {
    MatrixView(
      offset: example * paddedCount + (residue * stride + tap * dilation) * channels,
      rows: rows(residue), columns: width, stride: residues * stride * channels)
  }

  /// A residue's rows in example `example` of an output.
  func outputs(_ example: Int, residue: Int) -> MatrixView {
    MatrixView(
      offset: (example * outputs + residue) * kernels, rows: rows(residue), columns: kernels,
      stride: residues * kernels)
  }

  /// One tap's rows of the packed weights `[k·C + c][o]`, which begin at `offset`.
  func weights(_ tap: Int, offset: Int) -> MatrixView {
    MatrixView(
      offset: offset + tap * channels * kernels, rows: width, columns: kernels)
  }
}
