import SignalPipeline
import Testing

@Suite struct AdamTests {
  struct Golden: Decodable {
    struct Run: Decodable {
      var weightDecay: Double
      var parameters: [Double]
    }
    var start: [Float]
    var gradients: [[Float]]
    var runs: [Run]
  }

  @Test("twelve steps follow PyTorch's Adam and AdamW, for gradients from 1e-6 to 100")
  func golden() throws {
    let golden = try trainingGolden("adam", as: Golden.self)
    for run in golden.runs {
      let constants = Adam(
        learningRate: 0.02, beta1: 0.8, beta2: 0.99, epsilon: 1e-7, weightDecay: run.weightDecay)
      var adam = Optimizer(.adam(constants), parameterCount: golden.start.count)
      var parameters = golden.start
      for gradient in golden.gradients {
        adam.update(
          &parameters, gradient: gradient, ranges: [0..<parameters.count], learningRate: 0.02)
      }
      #expect(adam.step == 12)
      for (found, expected) in zip(parameters, run.parameters) {
        // Twelve roundings of values up to 2 in single precision.
        #expect(abs(Double(found) - expected) < 2e-6)
      }
    }
  }

  @Test("the kernel agrees with the equations in plain Swift, at every length and place")
  func kernel() {
    var generator = SeededGenerator(seed: 5)
    func draw(_ count: Int, _ range: ClosedRange<Double>) -> [Float] {
      (0..<count).map { _ in Float(generator.uniform(range)) }
    }
    let constants = Adam(learningRate: 1e-2, weightDecay: 0.1)
    for count in [1, 7, 16, 33, 130] {
      let gradient = draw(count, -2...2)
      let (first, second) = (draw(count, -1...1), draw(count, 0...1))
      let start = draw(count, -1...1)
      var adam = Optimizer(
        .adam(constants), step: 2, firstMoment: first, secondMoment: second)
      var parameters = start
      // Cut in two, so that vectors begin at odd places.
      let cut = count / 3
      adam.update(
        &parameters, gradient: gradient, ranges: [0..<cut, cut..<count], learningRate: 5e-3)
      for i in 0..<count {
        let g = Double(gradient[i])
        let m = 0.9 * Double(first[i]) + 0.1 * g
        let v = 0.999 * Double(second[i]) + 0.001 * g * g
        let (m3, v3) = (m / (1 - 0.729), v / (1 - 0.997002999))
        let value = Double(start[i]) * (1 - 5e-3 * 0.1) - 5e-3 * m3 / (v3.squareRoot() + 1e-8)
        // A few roundings of single precision; 1 − 0.999 as a float is off by 5e-5 of itself,
        // which the gradient's square enters by.
        #expect(abs(Double(adam.firstMoment[i]) - m) < 2e-7)
        #expect(abs(Double(adam.secondMoment[i]) - v) < 5e-7)
        #expect(abs(Double(parameters[i]) - value) < 1e-6)
      }
    }
  }

  @Test("parameters outside the ranges stay as they are")
  func ranges() {
    var adam = Optimizer(.adam(.default), parameterCount: 6)
    var parameters = [Float](repeating: 1, count: 6)
    adam.update(
      &parameters, gradient: [Float](repeating: 1, count: 6), ranges: [1..<2, 4..<6],
      learningRate: 0.5)
    #expect(parameters.map { $0 == 1 } == [true, false, true, true, false, false])
    #expect(adam.firstMoment.map { $0 == 0 } == [true, false, true, true, false, false])
  }

  @Test("constants out of range are named")
  func errors() {
    let cases: [(String, Adam)] = [
      ("learningRate", .init(learningRate: 0)), ("learningRate", .init(learningRate: .nan)),
      ("beta1", .init(learningRate: 1, beta1: 1)), ("beta2", .init(learningRate: 1, beta2: -0.1)),
      ("epsilon", .init(learningRate: 1, epsilon: 0)),
      ("weightDecay", .init(learningRate: 1, weightDecay: 1)),
      ("weightDecay", .init(learningRate: 1, weightDecay: .nan)),
      ("weightDecay", .init(learningRate: 1, weightDecay: -1, decouplesDecay: false)),
      ("weightDecay", .init(learningRate: 1, weightDecay: .infinity, decouplesDecay: false)),
    ]
    for (field, configuration) in cases {
      let error = #expect(throws: ConfigurationError.self) { try configuration.validate() }
      #expect(error?.field == field)
    }
  }
}
