import SignalPipeline
import Testing

/// Large layers are computed in pieces, whose examples share memory.
@Suite struct PieceTests {
  static let networks = [
    NetworkDescription(
      inputShape: Shape(channels: 1, length: 8192),
      layers: [
        .conv1d(Conv1d(outputChannels: 64, kernelSize: 16, padding: .zeros(1))),
        .maxPool1d(MaxPool1d(kernelSize: 16, stride: 2)), .globalPool1d(GlobalPool1d(.both)),
        .linear(Linear(outputs: 3)),
      ]),
    NetworkDescription(
      inputShape: Shape(channels: 2, length: 9001),
      layers: [
        .conv1d(Conv1d(outputChannels: 24, kernelSize: 5, dilation: 3, padding: .circular)),
        .maxPool1d(MaxPool1d(kernelSize: 7, stride: 9)), .globalPool1d(GlobalPool1d(.average)),
        .linear(Linear(outputs: 3)),
      ]),
    NetworkDescription(
      inputShape: Shape(channels: 1, length: 16384),
      layers: [
        .conv1d(Conv1d(outputChannels: 33, kernelSize: 4, stride: 2, padding: .circular)),
        .globalPool1d(GlobalPool1d(.maximum)), .linear(Linear(outputs: 3)),
      ]),
  ]

  /// An input with a level stretch, of equal maxima in several pieces, and perhaps a NaN.
  private func input(_ shape: Shape, withNaN: Bool) -> Batch {
    var batch = Batch(count: 3, shape: shape)
    batch.values = hashedValues(batch.values.count, seed: 31)
    for index in shape.count..<shape.count * 3 / 2 { batch.values[index] = 1 }
    if withNaN { batch.values[2 * shape.count + shape.count / 2] = .nan }
    return batch
  }

  @Test(
    "in pieces a network gives the bits that its layers give as a whole", arguments: networks,
    [false, true])
  func whole(description: NetworkDescription, withNaN: Bool) throws {
    let network = try Network(description)
    var generator = SeededGenerator(seed: 4)
    let parameters = network.initialParameters(using: &generator)
    let input = input(network.inputShape, withNaN: withNaN)
    var workspace = network.makeWorkspace(count: 3)
    network.forward(input, parameters: parameters, mode: .training, workspace: &workspace)
    let slopes = hashedValues(9, seed: 8)
    workspace.logitsGradient = slopes
    var gradient = [Float](repeating: .nan, count: network.parameterCount)
    network.backward(
      input, parameters: parameters, workspace: &workspace, parameterGradient: &gradient)

    var runs: [(run: LayerRun, input: [Float], parameters: [Float])] = []
    var values = input.values
    var shape = network.inputShape
    var at = 0
    for stage in description.layers {
      let layer = try #require(stage.computation)
      var run = try LayerRun(layer, input: shape, count: 3)
      let own = Array(parameters[at..<at + run.parameterCount])
      run.forward(values, own)
      runs.append((run, values, own))
      at += run.parameterCount
      shape = run.pass.output
      values = run.output
    }
    #expect(workspace.logits.map(\.bitPattern) == values.map(\.bitPattern))
    // A NaN spoils whole sums of a dense product, and of pairs those that it is part of.
    if withNaN { return }

    var upstream = slopes
    var parts: [[Float]] = []
    for index in runs.indices.reversed() {
      runs[index].run.backward(runs[index].input, runs[index].parameters, upstream)
      upstream = runs[index].run.inputGradient
      parts.insert(Array(runs[index].run.parameterGradient[3...]), at: 0)
    }
    // Pairs are added in another order than a dense product adds its zeros.
    #expect(relativeDistance(gradient, Array(parts.joined())) < 1e-5)
  }
}
