import SignalPipeline
import Testing

@Suite struct ParameterUpdateTests {
  /// Enough parameters for several pieces, some of them running statistics.
  static func network() throws -> Network {
    try Network(
      NetworkDescription(
        inputShape: Shape(channels: 1, length: 8194),
        layers: [
          .conv1d(Conv1d(outputChannels: 4, kernelSize: 3)), .batchNorm1d(BatchNorm1d()),
          .flatten(Flatten()), .linear(Linear(outputs: 3)),
        ]))
  }

  /// The sum of neighbours, then of neighbours of neighbours.
  private func tree(_ terms: [Float]) -> Float {
    var terms = terms
    while terms.count > 1 {
      terms = stride(from: 0, to: terms.count, by: 2).map { index in
        index + 1 < terms.count ? terms[index] + terms[index + 1] : terms[index]
      }
    }
    return terms[0]
  }

  @Test(
    "gradients are added in one tree, whatever the threads", arguments: [1, 2, 3, 5, 6, 7, 8, 13])
  func sums(count: Int) throws {
    let network = try Self.network()
    let total = network.parameterCount
    let gradients = (0..<count).map { hashedValues(total, seed: 10 + $0) }
    let start = hashedValues(total, seed: 3)
    // A plain step of rate 1 takes the gradient from the parameters.
    let method = Optimizer.Method.sgd(SGD(learningRate: 1, momentum: 0))
    var expected = start
    for (parameter, value) in start.enumerated() {
      expected[parameter] = value - tree(gradients.map { $0[parameter] })
    }
    for range in network.parameters.lazy.filter({ !$0.isTrainable }).map(\.range) {
      for parameter in range {
        expected[parameter] =
          start[parameter]
          + 0.25 * (tree(gradients.map { $0[parameter] }) - start[parameter])
      }
    }
    for workers in [1, 2, 3] {
      var update = ParameterUpdate(network, momentum: 0.25, clipNorm: nil)
      var parameters = start
      var optimizer = Optimizer(method, parameterCount: total)
      update.apply(gradients, to: &parameters, by: &optimizer, learningRate: 1, workers: workers)
      #expect(optimizer.step == 1)
      #expect(parameters == expected)
    }
  }

  @Test("a gradient that is too long is cut to the greatest norm, a shorter one is not")
  func clipping() throws {
    let network = try Self.network()
    let total = network.parameterCount
    let gradients = (0..<3).map { hashedValues(total, seed: 20 + $0) }
    let trained = network.parameters.filter(\.isTrainable).flatMap { Array($0.range) }
    let sums = (0..<total).map { index in tree(gradients.map { $0[index] }) }
    let norm = trained.reduce(0) { $0 + Double(sums[$1]) * Double(sums[$1]) }.squareRoot()
    for limit in [norm / 8, norm * 2] {
      var found: [[Float]] = []
      for workers in [1, 2] {
        var update = ParameterUpdate(network, momentum: 0.25, clipNorm: limit)
        var parameters = [Float](repeating: 0, count: total)
        var optimizer = Optimizer(
          .sgd(SGD(learningRate: 1, momentum: 0)), parameterCount: total)
        update.apply(
          gradients, to: &parameters, by: &optimizer, learningRate: 1, workers: workers)
        found.append(parameters)
      }
      #expect(found[0] == found[1])
      let factor = min(1, limit / norm)
      for index in trained {
        #expect(abs(Double(found[0][index]) + factor * Double(sums[index])) < 1e-6)
      }
      // A running statistic is no gradient.
      for range in network.parameters.lazy.filter({ !$0.isTrainable }).map(\.range) {
        for index in range { #expect(found[0][index] == 0.25 * sums[index]) }
      }
    }
  }
}
