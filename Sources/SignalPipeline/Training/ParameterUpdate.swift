/// What a batch's gradients do to the parameters, on several threads.
///
/// The work goes piece by piece of the parameters: the sum of the micro-batches' gradients and the
/// optimiser's state stay within a core's cache from one step to the next. Pieces do not depend on
/// the number of threads.
package struct ParameterUpdate: Sendable {
  /// The pieces that are worth waking a thread for.
  private static let leastPieces = 4

  /// What one thread works with. Of `n` lanes, lane `i` takes pieces `i`, `i + n`, …
  private struct Lane: Sendable {
    var sum = GradientSum()
    /// The sums of the squares of the lane's pieces.
    var squares: [Double] = []
  }

  /// The parameters that the optimiser changes.
  private let trained: [Range<Int>]

  /// Batch norm's running statistics, which follow those of the batch.
  private let statistics: [Range<Int>]

  private let momentum: Float
  private let clipNorm: Double?
  private let pieces: [GradientPiece]
  private var lanes: [Lane] = []

  /// Plans the updates of a network's parameters.
  ///
  /// - Parameters:
  ///   - network: Whose parameters they are.
  ///   - momentum: The weight of a batch's statistics in the running ones.
  ///   - clipNorm: The greatest L2 norm of the trained parameters' gradient; `nil` for any.
  package init(_ network: Network, momentum: Float, clipNorm: Double?) {
    trained = network.ranges { $0.isTrainable }
    statistics = network.ranges { !$0.isTrainable }
    self.momentum = momentum
    self.clipNorm = clipNorm
    pieces = GradientPiece.pieces(of: network)
  }

  /// Makes one update.
  ///
  /// - Parameters:
  ///   - gradients: Their sum is the loss's gradient; that of running statistics is the batch's
  ///     own.
  ///   - parameters: The flat parameter array, changed in place.
  ///   - optimizer: What updates those that are trained.
  ///   - learningRate: This step's `η`.
  ///   - workers: The largest number of threads.
  package mutating func apply(
    _ gradients: [Network.Gradient], to parameters: inout [Float], by optimizer: inout Optimizer,
    learningRate: Double, workers: Int
  ) {
    let count = max(1, min(workers, pieces.count / Self.leastPieces))
    lanes = Array(lanes.prefix(count))
    while lanes.count < count { lanes.append(Lane()) }
    let factor = clipFactor(gradients)
    let (pieces, trained, statistics, momentum) = (pieces, trained, statistics, momentum)
    optimizer.update(&parameters, learningRate: learningRate) { state in
      Parallel.forEach(&lanes, workers: count) { lane, first in
        for index in stride(from: first, to: pieces.count, by: count) {
          let piece = pieces[index]
          lane.sum.add(gradients, in: piece)
          for (range, begin) in piece.parts(in: trained) {
            if let factor { lane.sum.scale(by: factor, begin..<begin + range.count) }
            state.update(range, gradient: lane.sum.values, from: begin)
          }
          for (range, begin) in piece.parts(in: statistics) {
            state.approach(range, lane.sum.values, from: begin, momentum: momentum)
          }
        }
      }
    }
  }

  /// What the gradient is scaled by to be no longer than the greatest norm `c`; `nil` for 1.
  ///
  ///     g ← g · min(1, c / (‖g‖₂ + 1e-6))
  ///
  /// Source: the form of PyTorch's `clip_grad_norm_`.
  private mutating func clipFactor(_ gradients: [Network.Gradient]) -> Float? {
    guard let clipNorm else { return nil }
    let (pieces, trained, count) = (pieces, trained, lanes.count)
    Parallel.forEach(&lanes, workers: count) { lane, first in
      lane.squares.removeAll(keepingCapacity: true)
      for index in stride(from: first, to: pieces.count, by: count) {
        lane.sum.add(gradients, in: pieces[index])
        lane.squares.append(
          pieces[index].parts(in: trained).reduce(0) { sum, part in
            sum + lane.sum.squares(in: part.begin..<part.begin + part.parameters.count)
          })
      }
    }
    // In the order of the pieces, whoever took them.
    let total = pieces.indices.reduce(0) { $0 + lanes[$1 % count].squares[$1 / count] }
    let factor = clipNorm / (total.squareRoot() + 1e-6)
    return factor < 1 ? Float(factor) : nil
  }
}
