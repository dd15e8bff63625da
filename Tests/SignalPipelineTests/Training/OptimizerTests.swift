import CKernels
import Foundation
import SignalPipeline
import Testing

@Suite struct OptimizerTests {
  static let methods: [String: Optimizer.Method] = [
    "adam": .adam(
      Adam(
        learningRate: 0.02, beta1: 0.8, beta2: 0.99, epsilon: 1e-7, weightDecay: 0.05,
        decouplesDecay: false)),
    "plain": .sgd(SGD(learningRate: 0.002, momentum: 0)),
    "momentum": .sgd(SGD(learningRate: 0.002)),
    "decay": .sgd(SGD(learningRate: 0.002, momentum: 0.8, weightDecay: 0.05)),
    "nesterov": .sgd(SGD(learningRate: 0.002, nesterov: true, weightDecay: 0.05)),
  ]

  @Test(
    "twelve steps of Adam's own decay and of SGD follow PyTorch", arguments: methods.keys.sorted())
  func golden(name: String) throws {
    let inputs = try trainingGolden("adam", as: AdamTests.Golden.self)
    let golden = try #require(trainingGolden("optimizers", as: [String: [Double]].self)[name])
    let method = try #require(Self.methods[name])
    var optimizer = Optimizer(method, parameterCount: inputs.start.count)
    var parameters = inputs.start
    for gradient in inputs.gradients {
      optimizer.update(
        &parameters, gradient: gradient, ranges: [0..<7, 7..<19],
        learningRate: method.learningRate)
    }
    #expect(optimizer.step == 12)
    for (found, expected) in zip(parameters, golden) {
      // Twelve roundings in single precision, of values up to 2 and of SGD's larger ones.
      #expect(abs(Double(found) - expected) < 2e-6 * max(1, abs(expected)))
    }
  }

  @Test("plain Swift agrees with the kernel of SGD, at every length and place")
  func kernel() {
    var generator = SeededGenerator(seed: 6)
    func draw(_ count: Int) -> [Float] {
      (0..<count).map { _ in Float(generator.uniform(-2...2)) }
    }
    for nesterov in [false, true] {
      let sgd = SGD(learningRate: 1, momentum: 0.9, nesterov: nesterov, weightDecay: 0.1)
      for count in [1, 7, 16, 33, 130] {
        let (gradient, velocity, start) = (draw(count), draw(count), draw(count))
        var optimizer = Optimizer(.sgd(sgd), step: 4, firstMoment: velocity, secondMoment: [])
        var parameters = start
        let cut = count / 3
        optimizer.update(
          &parameters, gradient: gradient, ranges: [0..<cut, cut..<count], learningRate: 0.05)
        for i in 0..<count {
          let g = Double(gradient[i]) + 0.1 * Double(start[i])
          let u = 0.9 * Double(velocity[i]) + g
          let value = Double(start[i]) - 0.05 * (nesterov ? g + 0.9 * u : u)
          // A few roundings of values up to 5 in single precision.
          #expect(abs(Double(optimizer.firstMoment[i]) - u) < 2e-6)
          #expect(abs(Double(parameters[i]) - value) < 1e-6)
        }
      }
    }
  }

  @Test("the sum of squares is that of sixteen lanes in plain Swift, to the last bit")
  func squares() {
    var generator = SeededGenerator(seed: 7)
    for (begin, end) in [(0, 0), (0, 1), (3, 19), (0, 16), (1, 50), (5, 517)] {
      let gradient = (0..<end).map { _ in Float(generator.uniform(-1e3...1e3)) }
      var lanes = [Double](repeating: 0, count: 16)
      for index in begin..<end {
        lanes[(index - begin) % 16] += Double(gradient[index]) * Double(gradient[index])
      }
      for distance in [8, 4, 2, 1] {
        for lane in 0..<distance { lanes[lane] += lanes[lane + distance] }
      }
      #expect(gradient_square_sum(gradient, begin, end) == lanes[0])
      var scaled = gradient
      gradient_scale(&scaled, begin, end, 0.3)
      for index in gradient.indices {
        #expect(scaled[index] == (index < begin ? gradient[index] : gradient[index] * 0.3))
      }
    }
  }

  @Test("a method comes back from its JSON; one without a name is AdamW, as it was")
  func coding() throws {
    for method in Self.methods.values {
      let text = try JSONEncoder().encode(method)
      #expect(try JSONDecoder().decode(Optimizer.Method.self, from: text) == method)
    }
    let old = """
      {"beta1":0.9,"beta2":0.999,"epsilon":1e-8,"learningRate":0.004,"weightDecay":0.0001}
      """
    #expect(
      try JSONDecoder().decode(Optimizer.Method.self, from: Data(old.utf8))
        == TrainingConfiguration.default.optimizer)
    let other = Data("{\"method\":\"lbfgs\",\"learningRate\":1}".utf8)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(Optimizer.Method.self, from: other)
    }
  }

  @Test("a configuration comes back from its JSON; one without the new keys is as it was")
  func configuration() throws {
    var configuration = TrainingConfiguration.default
    configuration.optimizer = .sgd(SGD(learningRate: 0.1, nesterov: true))
    configuration.schedule = .step(epochs: 2, factor: 0.25)
    configuration.warmUp = 0.125
    configuration.clipNorm = 2
    configuration.labelSmoothing = 0.25
    for weights in [ClassWeights.balanced, .given([1, 2])] {
      configuration.classWeights = weights
      let text = try JSONEncoder().encode(configuration)
      #expect(try JSONDecoder().decode(TrainingConfiguration.self, from: text) == configuration)
    }
    let old = """
      {"batchNormMomentum":0.1,"batchSize":32,"earlyStoppingPatience":10,"epochs":20,\
      "microBatchSize":8,"optimizer":{"beta1":0.9,"beta2":0.999,"epsilon":1e-8,\
      "learningRate":0.004,"weightDecay":0.0001},"schedule":{"oneCycle":{"divisor":25,\
      "finalDivisor":10000,"warmUpShare":0.15}},"seed":0}
      """
    #expect(
      try JSONDecoder().decode(TrainingConfiguration.self, from: Data(old.utf8)) == .default)
  }

  @Test("constants of SGD out of range are named")
  func errors() {
    let cases: [(String, SGD)] = [
      ("learningRate", .init(learningRate: 0)), ("learningRate", .init(learningRate: .nan)),
      ("momentum", .init(learningRate: 1, momentum: 1)),
      ("momentum", .init(learningRate: 1, momentum: .nan)),
      ("momentum", .init(learningRate: 1, momentum: 0, nesterov: true)),
      ("weightDecay", .init(learningRate: 1, weightDecay: -1)),
      ("weightDecay", .init(learningRate: 1, weightDecay: .infinity)),
    ]
    for (field, sgd) in cases {
      let error = #expect(throws: ConfigurationError.self) { try sgd.validate() }
      #expect(error?.field == field)
    }
  }
}
