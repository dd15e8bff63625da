import SignalPipeline
import Testing

/// What the pools and samplings do beyond the numbers of PyTorch: edges, ties and shifts.
@Suite struct WindowLayerTests {
  private func run(
    _ layer: any LayerComputation, _ input: [Float], _ shape: Shape
  ) throws -> LayerRun {
    var run = try LayerRun(layer, input: shape, count: input.count / shape.count)
    run.forward(input, [])
    return run
  }

  /// One channel's values, rolled by a number of positions.
  private func rolled(_ rows: [Float], by shift: Int, channels: Int) -> [Float] {
    let cut = rows.count - shift * channels
    return Array(rows[cut...] + rows[..<cut])
  }

  @Test("an average divides by the window, or by what a window holds of the input")
  func average() throws {
    let shape = Shape(channels: 1, length: 4)
    func values(countsPadding: Bool) throws -> [Float] {
      let layer = AveragePool1d(
        kernelSize: 3, stride: 1, padding: 1, countsPadding: countsPadding)
      return try run(layer, [3, 6, 9, 12], shape).output
    }
    // Sums of three floats, divided: a few roundings of 2⁻²⁴.
    #expect(relativeDistance(try values(countsPadding: true), [3, 6, 9, 7]) < 1e-6)
    #expect(relativeDistance(try values(countsPadding: false), [4.5, 6, 9, 10.5]) < 1e-6)
  }

  @Test("a constant keeps its level where the padding is not counted, beside wide margins, too")
  func level() throws {
    for (kernelSize, padding) in [(2, 1), (5, 2), (9, 4), (20, 10)] {
      for stride in 1...4 {
        let layer = AveragePool1d(
          kernelSize: kernelSize, stride: stride, padding: padding, countsPadding: false)
        let output = try run(
          layer, [Float](repeating: 0.7, count: 21), Shape(channels: 3, length: 7)
        ).output
        // At most 20 roundings of 2⁻²⁴.
        #expect(output.allSatisfy { abs($0 - 0.7) < 2e-6 }, "\(layer)")
      }
    }
  }

  @Test("a padded maximum is one of the input's values, and its gradient stays within the input")
  func maximum() throws {
    let shape = Shape(channels: 1, length: 4)
    let layer = MaxPool1d(kernelSize: 4, stride: 1, padding: 2)
    for input in [[-5, -3, -9, -4], [Float](repeating: -.infinity, count: 4)] as [[Float]] {
      var run = try run(layer, input, shape)
      #expect(
        run.output
          == (input[0] == -5
            ? [-3, -3, -3, -3, -4]
            : [Float](
              repeating: -.infinity, count: 5)))
      run.backward(input, [], [1, 2, 4, 8, 16])
      // Of equals the first within each window.
      #expect(run.inputGradient == (input[0] == -5 ? [0, 15, 0, 16] : [7, 8, 16, 0]))
    }
  }

  @Test("a blur keeps a constant as it is and takes the fastest alternation away")
  func blur() throws {
    let shape = Shape(channels: 1, length: 12)
    let constant = [Float](repeating: 3, count: 12)
    let alternating = (0..<12).map { Float($0 % 2 == 0 ? 1 : -1) }
    for kernelSize in 1...9 {
      for padding in BlurPool1d.Padding.allCases {
        let layer = BlurPool1d(kernelSize: kernelSize, stride: 2, padding: padding)
        // Binomial numbers over a power of two are exact.
        #expect(try run(layer, constant, shape).output == [Float](repeating: 3, count: 6))
        guard kernelSize > 1 else { continue }
        let output = try run(layer, alternating, shape).output
        #expect(output == [Float](repeating: 0, count: 6), "\(layer)")
      }
    }
  }

  @Test("a blur on a circle follows shifts by its stride")
  func blurShift() throws {
    let shape = Shape(channels: 5, length: 24)
    let layer = BlurPool1d(kernelSize: 5, stride: 3)
    let input = hashedValues(shape.count, seed: 1)
    let output = try run(layer, input, shape).output
    for shift in 1..<8 {
      let moved = try run(layer, rolled(input, by: 3 * shift, channels: 5), shape).output
      #expect(moved == rolled(output, by: shift, channels: 5))
    }
  }

  @Test("adaptive sampling turns every circular shift into one", arguments: [1, 2, 3, 4, 6, 12])
  func polyphase(stride: Int) throws {
    let shape = Shape(channels: 5, length: 24)
    let layer = AdaptivePolyphaseSampling1d(stride: stride)
    let input = hashedValues(shape.count, seed: 2)
    let output = try run(layer, input, shape).output
    for shift in 0..<24 {
      let moved = try run(layer, rolled(input, by: shift, channels: 5), shape).output
      let matches = (0..<24 / stride).contains { moved == rolled(output, by: $0, channels: 5) }
      #expect(matches, "shift \(shift)")
    }
  }

  @Test("a network whose strides are adaptive does not see circular shifts")
  func invariance() throws {
    let network = try Network(
      describing: """
        {"inputShape":{"channels":1,"length":48},"layers":[
        {"layer":"conv1d","outputChannels":6,"kernelSize":5,"padding":"circular"},
        {"layer":"leakyRelu"},{"layer":"adaptivePolyphaseSampling1d","stride":4},
        {"layer":"conv1d","outputChannels":5,"kernelSize":3,"padding":"circular"},
        {"layer":"relu"},{"layer":"adaptivePolyphaseSampling1d","stride":2},
        {"layer":"globalPool1d","reduction":"both"},{"layer":"linear","outputs":3}]}
        """)
    var generator = SeededGenerator(seed: 4)
    let parameters = network.initialParameters(using: &generator)
    var workspace = network.makeWorkspace(count: 1)
    let values = hashedValues(48, seed: 5)
    func logits(shift: Int) -> [Float] {
      var input = Batch(count: 1, shape: network.inputShape)
      input.values = rolled(values, by: shift, channels: 1)
      network.forward(input, parameters: parameters, mode: .inference, workspace: &workspace)
      return workspace.logits
    }
    let reference = logits(shift: 0)
    for shift in 1..<48 {
      // The means sum the same values in another order.
      #expect(relativeDistance(logits(shift: shift), reference) < 1e-6, "shift \(shift)")
    }
  }

  @Test("adaptive sampling keeps the first of equal components, and one that holds a NaN")
  func ties() throws {
    let shape = Shape(channels: 1, length: 6)
    let layer = AdaptivePolyphaseSampling1d(stride: 3)
    #expect(try run(layer, [1, -2, 0, 3, 1, 2], shape).output == [1, 3])
    #expect(try run(layer, [1, 2, 2, 1, -1, 1], shape).output == [2, -1])
    #expect(try run(layer, [0, 0, 0, 0, 0, 0], shape).output == [0, 0])
    let kept = try run(layer, [9, 9, .nan, 9, 9, 1], shape).output
    #expect(kept[0].isNaN && kept[1] == 1)
  }

  @Test("filters and energies are the plain sums", arguments: KernelsTests.channels)
  func kernels(_ channels: Int) {
    let (rows, positions, stride) = (23, 7, 3)
    let taps = hashedValues(5, seed: 3)
    let x = hashedValues(2 + rows * channels, seed: 4)
    var y = [Float](repeating: .nan, count: 1 + positions * channels)
    Kernels.filter(
      x.span, from: 2, into: &y, at: 1, positions: positions, channels: channels, taps: taps,
      stride: stride)
    let before = hashedValues(3 + rows * channels, seed: 5)
    var dx = before
    Kernels.filterGradient(
      x.span, from: 2, into: &dx, at: 3, positions: positions, channels: channels, taps: taps,
      stride: stride)
    var sums = [Double](repeating: 0, count: positions * channels)
    var gradient = before.map { Double($0) }
    for t in 0..<positions {
      for (j, tap) in taps.enumerated() {
        for c in 0..<channels {
          let place = (t * stride + j) * channels + c
          sums[t * channels + c] += Double(tap) * Double(x[2 + place])
          gradient[3 + place] += Double(tap) * Double(x[2 + t * channels + c])
        }
      }
    }
    // At most five products, each rounded to 24 bits.
    #expect(relativeDistance(Array(y[1...]), sums.map { Float($0) }) < 1e-6)
    #expect(y[0].isNaN)
    #expect(relativeDistance(dx, gradient.map { Float($0) }) < 1e-6)
    var energy = 0.0
    for t in 0..<4 {
      for c in 0..<channels {
        let value = Double(x[1 + t * 5 * channels + c])
        energy += value * value
      }
    }
    let found = Kernels.energy(x.span, from: 1, rows: 4, channels: channels, step: 5)
    #expect(abs(found - energy) < 1e-12 * energy)
  }
}
