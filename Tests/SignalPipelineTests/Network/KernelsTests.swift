import SignalPipeline
import Testing

/// The compiled loops against plain ones, on channel counts that fill vectors or do not.
@Suite struct KernelsTests {
  static let channels = [1, 3, 12, 16, 20, 63, 64, 65, 1030]

  @Test("sums and moments of the rows are the plain ones", arguments: channels)
  func moments(_ channels: Int) {
    let rows = 203
    let x = hashedValues(rows * channels, seed: 1)
    let dy = hashedValues(rows * channels, seed: 2)
    var sums = [Float](repeating: .nan, count: channels + 1)
    var moments = [Float](repeating: .nan, count: 2 * channels)
    var products = moments
    Kernels.columnSums(x.span, rows: rows, channels: channels, into: &sums, at: 1)
    Kernels.moments(x.span, rows: rows, channels: channels, into: &moments)
    Kernels.normalizeSums(
      x.span, dy.span, rows: rows, channels: channels, mean: moments.span, into: &products)
    for c in 0..<channels {
      let column = (0..<rows).map { Double(x[$0 * channels + c]) }
      let slopes = (0..<rows).map { Double(dy[$0 * channels + c]) }
      let sum = column.reduce(0, +)
      let mean = sum / Double(rows)
      let variance = column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(rows)
      let product = zip(column, slopes).reduce(0) { $0 + ($1.0 - mean) * $1.1 }
      // Blocks of 32 numbers below 1 in float: some 32·2⁻²⁴ a block, 7 blocks.
      #expect(abs(Double(sums[1 + c]) - sum) < 2e-5)
      #expect(abs(Double(moments[c]) - mean) < 1e-6)
      #expect(abs(Double(moments[channels + c]) - variance) < 1e-6)
      #expect(abs(Double(products[c]) - slopes.reduce(0, +)) < 2e-5)
      #expect(abs(Double(products[channels + c]) - product) < 2e-5)
    }
  }

  @Test("normalising and its gradient are the plain ones", arguments: channels)
  func normalize(_ channels: Int) {
    let rows = 37
    let x = hashedValues(rows * channels, seed: 3)
    let dy = hashedValues(rows * channels, seed: 4)
    let k = hashedValues(4 * channels, seed: 5)
    var y = [Float](repeating: .nan, count: x.count)
    var dx = y
    Kernels.normalize(
      x.span, into: &y, rows: rows, channels: channels, mean: k.span,
      scale: k.span.extracting(channels..<2 * channels),
      shift: k.span.extracting(2 * channels..<3 * channels))
    Kernels.normalizeGradient(
      x.span, dy.span, into: &dx, rows: rows, channels: channels, constants: k.span)
    for index in x.indices {
      let c = index % channels
      let centred = x[index] - k[c]
      // The kernels may fuse a product with a sum, which spares a rounding of 2⁻²⁴.
      #expect(abs(y[index] - (centred * k[channels + c] + k[2 * channels + c])) < 1e-6)
      let slope = dy[index] - k[2 * channels + c] - centred * k[3 * channels + c]
      #expect(abs(dx[index] - k[channels + c] * slope) < 2e-6)
    }
  }

  @Test("filled rows repeat the values", arguments: channels)
  func fill(_ channels: Int) {
    let values = hashedValues(channels, seed: 6)
    var rows = [Float](repeating: .nan, count: 41 * channels)
    Kernels.fillRows(&rows, rows: 41, with: values.span)
    #expect(rows.indices.allSatisfy { rows[$0] == values[$0 % channels] })
  }

  @Test("a transpose is a transpose", arguments: channels)
  func transpose(_ channels: Int) {
    let x = hashedValues(19 * channels, seed: 7)
    var y = x
    Kernels.transpose(x.span, from: 0, into: &y, at: 0, rows: 19, columns: channels)
    #expect(y.indices.allSatisfy { y[$0] == x[($0 % 19) * channels + $0 / 19] })
  }

  @Test("pooling picks the first of equals, and a NaN before all", arguments: channels)
  func maximum(_ channels: Int) {
    // Few distinct values give ties.
    var x = hashedValues(23 * channels, seed: 8).map { ($0 * 4).rounded() }
    x[2 * channels] = .nan
    var y = [Float](repeating: 0, count: 7 * channels)
    var which = y
    Kernels.maxPool(
      x.span, from: 0, into: &y, at: 0, which: &which, at: 0, positions: 7,
      channels: channels, kernelSize: 5, stride: 3)
    for t in 0..<7 {
      for c in 0..<channels {
        var best = 0
        for j in 1..<5 {
          let (a, b) = (x[(t * 3 + j) * channels + c], x[(t * 3 + best) * channels + c])
          if a > b || (a.isNaN && !b.isNaN) { best = j }
        }
        #expect(which[t * channels + c] == Float(best))
        #expect(
          y[t * channels + c].bitPattern == x[(t * 3 + best) * channels + c].bitPattern)
      }
    }
  }

  @Test("the gradient of cutting off passes where the value was above zero, and NaNs pass on")
  func relu() {
    let x: [Float] = [-1, -0.0, 0, 2, .nan, -.infinity, .infinity]
    var y = [Float](repeating: 7, count: x.count)
    Kernels.relu(x.span, into: &y, count: x.count)
    #expect(y[4].isNaN)
    #expect(y.indices.filter { $0 != 4 }.map { y[$0] } == [0, 0, 0, 2, 0, .infinity])
    let dy = [Float](repeating: 3, count: x.count)
    Kernels.reluGradient(x.span, dy.span, into: &y, count: x.count)
    #expect(y == [0, 0, 0, 3, 0, 0, 3])
  }
}
