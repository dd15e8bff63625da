import OpenBLASPeer
import SignalPipeline

/// OpenBLAS's product of square matrices that stay in the caches: the rate that a network's
/// dense products can hope for.
struct DenseProducts {
  /// How many threads work, each on its own product.
  var threads: Int

  private static let size = 512
  private static let repeats = 8

  /// The operations of one run, two for a multiplication with addition.
  var flops: Double {
    Double(threads * Self.repeats) * 2 * Double(Self.size * Self.size * Self.size)
  }

  /// Runs the products of all threads.
  func run() {
    let size = Self.size
    var products = [[Float]](
      repeating: [Float](repeating: 0.5, count: 3 * size * size), count: threads)
    let side = blasint(size)
    Parallel.forEach(&products, workers: threads) { matrices, _ in
      matrices.withUnsafeMutableBufferPointer { matrices in
        guard let first = matrices.baseAddress else { return }
        for _ in 0..<Self.repeats {
          cblas_sgemm(
            CblasRowMajor, CblasNoTrans, CblasNoTrans, side, side, side, 1, first, side,
            first + size * size, side, 0, first + 2 * size * size, side)
        }
      }
    }
  }
}
