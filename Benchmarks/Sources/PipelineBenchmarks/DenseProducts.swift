import OpenBLASPeer
import SignalPipeline

/// OpenBLAS's product of square matrices that stay in the caches: the rate that a network's
/// dense products can hope for.
final class DenseProducts {
  private static let size = 512
  private static let repeats = 8

  /// Three matrices a thread, of which the third becomes the product of the others.
  private var matrices: [[Float]]

  /// Prepares as many threads, each with its own product.
  init(threads: Int) {
    let values = [Float](repeating: 0.5, count: 3 * Self.size * Self.size)
    matrices = .init(repeating: values, count: threads)
  }

  /// The operations of one run, two for a multiplication with addition.
  var flops: Double {
    let size = Double(Self.size)
    return Double(matrices.count * Self.repeats) * 2 * size * size * size
  }

  /// Runs the products of all threads.
  func run() {
    let side = blasint(Self.size)
    let one = Self.size * Self.size
    Parallel.forEach(&matrices, workers: matrices.count) { matrices, _ in
      matrices.withUnsafeMutableBufferPointer { matrices in
        guard let first = matrices.baseAddress else { return }
        for _ in 0..<Self.repeats {
          cblas_sgemm(
            CblasRowMajor, CblasNoTrans, CblasNoTrans, side, side, side, 1, first, side,
            first + one, side, 0, first + 2 * one, side)
        }
      }
    }
  }
}
