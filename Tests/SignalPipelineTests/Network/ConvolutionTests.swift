import SignalPipeline
import Testing

/// Convolutions and their products against their defining sums.
@Suite struct ConvolutionTests {
  @Test("a convolution and its gradients are their defining sums on random shapes")
  func convolution() throws {
    var generator = SeededGenerator(seed: 11)
    for trial in 0..<120 {
      let isCircular = trial % 2 == 0
      let stride = 1 + generator.index(below: 4)
      let dilation = 1 + generator.index(below: 3)
      let kernelSize = (isCircular ? stride : 1) + generator.index(below: 9)
      // On a line the last positions may belong to no window.
      let length =
        stride * (8 + dilation * kernelSize) + (isCircular ? 0 : generator.index(below: 4))
      let kernels = 1 + generator.index(below: trial < 100 ? 18 : 80)
      let layer = Conv1d(
        outputChannels: kernels, kernelSize: kernelSize, stride: stride, dilation: dilation,
        padding: isCircular ? .circular : .zeros(generator.index(below: 4)))
      let shape = Shape(channels: 1 + generator.index(below: 6), length: length)
      var run = try LayerRun(layer, input: shape, count: 2)
      let input = hashedValues(2 * shape.count, seed: trial)
      let parameters = hashedValues(run.parameterCount, seed: trial + 1000)
      run.forward(input, parameters)
      let upstream = hashedValues(run.output.count, seed: trial + 2000)
      run.backward(input, parameters, upstream)
      let plain = plain(layer, input, shape, parameters, upstream, output: run.pass.output)
      // Sums of at most some hundred products, each rounded to 24 bits.
      #expect(relativeDistance(run.output, plain.output) < 1e-6, "\(layer) on \(shape)")
      #expect(
        relativeDistance(run.inputGradient, plain.inputGradient) < 1e-6, "\(layer) on \(shape)")
      #expect(
        relativeDistance(Array(run.parameterGradient.dropFirst(3)), plain.parameterGradient)
          < 1e-6, "\(layer) on \(shape)")
    }
  }

  private func plain(
    _ layer: Conv1d, _ input: [Float], _ shape: Shape, _ parameters: [Float],
    _ upstream: [Float], output: Shape
  ) -> (output: [Float], inputGradient: [Float], parameterGradient: [Float]) {
    let margins = layer.margins
    let weights = layer.outputChannels * shape.channels * layer.kernelSize
    var result: [Float] = []
    var inputGradient = [Double](repeating: 0, count: input.count)
    var parameterGradient = [Double](repeating: 0, count: parameters.count)
    for n in 0..<2 {
      for t in 0..<output.length {
        for o in 0..<layer.outputChannels {
          let slope = Double(upstream[(n * output.length + t) * output.channels + o])
          var sum = Double(parameters[weights + o])
          parameterGradient[weights + o] += slope
          for c in 0..<shape.channels {
            for k in 0..<layer.kernelSize {
              var place = t * layer.stride + k * layer.dilation - margins.left
              if margins.isCircular { place = (place + shape.length) % shape.length }
              guard place >= 0, place < shape.length else { continue }
              let weight = (o * shape.channels + c) * layer.kernelSize + k
              let value = n * shape.count + place * shape.channels + c
              sum += Double(parameters[weight]) * Double(input[value])
              parameterGradient[weight] += slope * Double(input[value])
              inputGradient[value] += slope * Double(parameters[weight])
            }
          }
          result.append(Float(sum))
        }
      }
    }
    return (result, inputGradient.map { Float($0) }, parameterGradient.map { Float($0) })
  }

  @Test("gradients that pass as pairs are those that pass densely")
  func pairs() throws {
    var generator = SeededGenerator(seed: 12)
    for trial in 0..<40 {
      let pool = MaxPool1d(
        kernelSize: 1 + generator.index(below: 20), stride: 1 + generator.index(below: 5))
      let stride = 1 + generator.index(below: 3)
      let dilation = 1 + generator.index(below: 3)
      let convolution = Conv1d(
        outputChannels: 1 + generator.index(below: 35), kernelSize: 3 + generator.index(below: 9),
        stride: stride, dilation: dilation, padding: trial % 2 == 0 ? .circular : .zeros(2))
      let shape = Shape(channels: 1 + generator.index(below: 20), length: 120 * stride)
      let middle = try convolution.outputShape(for: shape)
      let input = hashedValues(3 * shape.count, seed: trial)
      var results: [[[Float]]] = []
      let capacity = try pool.outputShape(for: middle).length
      for form in [GradientForm.dense, .pairs(capacity: capacity)] {
        var first = try LayerRun(convolution, input: shape, count: 3, outputForm: form)
        let parameters = hashedValues(first.parameterCount, seed: trial + 1000)
        first.forward(input, parameters)
        // Rounded, so that windows have equal values.
        let activation = first.output.map { ($0 * 4).rounded() / 4 }
        var second = try LayerRun(pool, input: middle, count: 3, inputForm: form)
        second.forward(activation, [])
        second.backward(activation, [], hashedValues(second.output.count, seed: trial + 2000))
        first.backward(input, parameters, second.inputGradient)
        results.append([first.inputGradient, Array(first.parameterGradient.dropFirst(3))])
      }
      for (dense, pairs) in zip(results[0], results[1]) {
        #expect(relativeDistance(pairs, dense) < 2e-6, "\(convolution), \(pool)")
      }
    }
  }

  @Test("the founding network's pool hands pairs to its convolution, others need not")
  func choosing() throws {
    let founding = try NetworkPlan(Architecture.founding.description(classes: 4))
    #expect(founding.steps[0].pass.outputForm == .pairs(capacity: 4026))
    #expect(founding.steps[1].pass.inputForm == .pairs(capacity: 4026))
    var narrow = Architecture.founding.description(classes: 4)
    narrow.layers[1] = .maxPool1d(MaxPool1d(kernelSize: 2, stride: 2))
    #expect(try NetworkPlan(narrow).steps.allSatisfy { $0.pass.inputForm == .dense })
    // A skip connection reads the convolution's output, too.
    var residual = Architecture.founding.description(classes: 4)
    residual.layers.insert(
      .residual(Residual([.relu(ReLU())])), at: 1)
    #expect(try NetworkPlan(residual).steps.allSatisfy { $0.pass.inputForm == .dense })
  }

  @Test("PyTorch's random shapes take every way that a gradient can go")
  func ways() throws {
    let layers = try NetworkGolden.load("random-layers")
    #expect(layers.count == 81)
    // With a stride and a dilation each tap adds a product of its own.
    let scattered = layers.filter { golden in
      guard case .conv1d(let layer) = golden.network.layers[0] else { return false }
      return layer.stride > 1 && layer.dilation > 1
    }
    #expect(scattered.count == 8)
    let plans = try NetworkGolden.load("random-networks").map { try NetworkPlan($0.network) }
    let forms = plans.map { $0.steps.contains { $0.pass.inputForm != .dense } }
    let alone = plans.map { $0.steps.contains(where: \.goesAlone) }
    // As pairs, for all examples and for each by itself.
    #expect(zip(forms, alone).count { $0 && !$1 } == 4)
    #expect(zip(forms, alone).count { $0 && $1 } == 1)
    #expect(zip(forms, alone).count { !$0 && $1 } == 2)
  }

  @Test("a product of every width and height is its sum, and touches nothing else")
  func products() {
    for (rows, columns) in (1...26).map({ ($0, 37) }) + (1...70).map({ (7, $0) }) {
      for (segments, depth, isTransposed) in [(1, 5, false), (3, 4, false), (1, 300, true)] {
        let factor = ProductFactor(
          offset: 2, row: isTransposed ? 1 : 3, column: isTransposed ? 2 : 1, depth: depth,
          segments: segments, segment: 9)
        let terms = segments * depth
        let a = hashedValues(2 + rows * 3 + segments * 9 + depth * 2, seed: rows)
        let b = hashedValues(1 + terms * (columns + 2), seed: columns)
        let before = hashedValues(3 + rows * (columns + 1), seed: 5)
        for adding in [true, false] {
          var c = before
          Kernels.multiply(
            a.span, factor, by: b.span, ProductMatrix(offset: 1, row: columns + 2), into: &c,
            ProductMatrix(offset: 3, row: columns + 1), rows: rows, columns: columns,
            adding: adding)
          var expected = before
          for i in 0..<rows {
            for j in 0..<columns {
              var sum = adding ? Double(before[3 + i * (columns + 1) + j]) : 0
              for s in 0..<segments {
                for p in 0..<depth {
                  let left = a[2 + i * factor.row + s * 9 + p * factor.column]
                  sum += Double(left) * Double(b[1 + (s * depth + p) * (columns + 2) + j])
                }
              }
              expected[3 + i * (columns + 1) + j] = Float(sum)
            }
          }
          // At most 300 products, each rounded to 24 bits.
          #expect(relativeDistance(c, expected) < 1e-6)
          let gaps = (0..<rows - 1).map { 3 + $0 * (columns + 1) + columns } + [0, 1, 2]
          #expect(gaps.allSatisfy { c[$0] == before[$0] })
        }
      }
    }
  }
}
