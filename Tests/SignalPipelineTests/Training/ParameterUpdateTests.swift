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
      update.apply(
        gradients.map { Network.Gradient(values: $0) }, to: &parameters, by: &optimizer,
        learningRate: 1, workers: workers)
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
          gradients.map { Network.Gradient(values: $0) }, to: &parameters, by: &optimizer,
          learningRate: 1, workers: workers)
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

  @Test("the weights of a large dense layer are updated as by a gradient that has a value for each")
  func factors() throws {
    let network = try Network(
      NetworkDescription(
        inputShape: Shape(channels: 1, length: 1111),
        layers: [
          .flatten(Flatten()), .linear(Linear(outputs: 90)), .relu(ReLU()),
          .linear(Linear(outputs: 75)), .linear(Linear(outputs: 3)),
        ]))
    #expect(network.products.map(\.range) == [0..<90 * 1111])
    var generator = SeededGenerator(seed: 5)
    let start = network.initialParameters(using: &generator)
    var (plain, factored): ([Network.Gradient], [Network.Gradient]) = ([], [])
    // Micro-batches of several sizes; the first workspace is used again.
    for (index, count) in [8, 8, 5].enumerated() {
      var input = Batch(count: count, shape: network.inputShape)
      input.values = hashedValues(input.values.count, seed: 40 + index)
      var workspace = network.makeWorkspace(count: 8)
      workspace.logitsGradient = hashedValues(24, seed: 50 + index)
      network.forward(input, parameters: start, mode: .training, workspace: &workspace)
      var whole = [Float](repeating: .nan, count: network.parameterCount)
      network.backward(
        input, parameters: start, workspace: &workspace, parameterGradient: &whole)
      var gradient = network.makeGradient()
      network.backward(input, parameters: start, workspace: &workspace, gradient: &gradient)
      #expect(gradient.values == Array(whole[(90 * 1111)...]))
      plain.append(Network.Gradient(values: whole))
      factored.append(gradient)
    }
    let sums = (0..<start.count).map { index in tree(plain.map { $0.values[index] }) }
    let norm = sums.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    for limit in [nil, norm / 3] {
      var found: [[Float]] = []
      for workers in [1, 2, 3] {
        var update = ParameterUpdate(network, momentum: 0.1, clipNorm: limit)
        var parameters = [Float](repeating: 0, count: start.count)
        var optimizer = Optimizer(
          .sgd(SGD(learningRate: 1, momentum: 0)), parameterCount: start.count)
        update.apply(
          factored, to: &parameters, by: &optimizer, learningRate: 1, workers: workers)
        found.append(parameters)
      }
      #expect(found[0] == found[1] && found[0] == found[2])
      let factor = Float(limit.map { $0 / norm } ?? 1)
      #expect(relativeDistance(found[0], sums.map { -factor * $0 }) < 1e-6)
    }
  }
}
