internal import CKernels
internal import Glibc

/// An optimiser over one flat parameter array, with all that it remembers from step to step.
public struct Optimizer: Hashable, Sendable {
  /// How a gradient becomes an update.
  public let method: Method

  /// How many updates were made, `t`.
  public private(set) var step: Int

  /// Adam's decaying mean of the gradient, `m`, or the velocity `u` of SGD, a value a parameter.
  public private(set) var firstMoment: [Float]

  /// Adam's decaying mean of the gradient's square, `v`, a value a parameter; empty for SGD.
  public private(set) var secondMoment: [Float]

  /// Creates an optimiser that has seen no gradient.
  public init(_ method: Method, parameterCount: Int) {
    self.init(
      method, step: 0, firstMoment: [Float](repeating: 0, count: parameterCount),
      secondMoment: [Float](repeating: 0, count: method.momentCount == 2 ? parameterCount : 0))
  }

  /// Creates an optimiser that goes on from a saved state.
  public init(_ method: Method, step: Int, firstMoment: [Float], secondMoment: [Float]) {
    precondition(
      secondMoment.count == (method.momentCount == 2 ? firstMoment.count : 0),
      "as many moments a parameter as the method has")
    self.method = method
    self.step = step
    self.firstMoment = firstMoment
    self.secondMoment = secondMoment
  }

  /// Whether another method has a use for what this optimiser remembers.
  func goesOn(with other: Method) -> Bool { other.momentCount == method.momentCount }

  /// Makes one update.
  ///
  /// - Parameters:
  ///   - parameters: The flat parameter array, changed in place within `ranges`.
  ///   - gradient: The loss's gradient, a value a parameter.
  ///   - ranges: The parameters that are trained, disjoint.
  ///   - learningRate: This step's `η`.
  public mutating func update(
    _ parameters: inout [Float], gradient: [Float], ranges: [Range<Int>], learningRate: Double
  ) {
    let count = firstMoment.count
    precondition(parameters.count == count && gradient.count == count, "one value a parameter")
    step += 1
    for range in ranges {
      precondition(range.lowerBound >= 0 && range.upperBound <= count, "a range of parameters")
      switch method {
      case .adam(let adam):
        unsafe adam_update(
          &parameters, &firstMoment, &secondMoment, gradient, range.lowerBound, range.upperBound,
          adam.constants(of: step, learningRate: learningRate))
      case .sgd(let sgd):
        let constants = sgd_step(
          rate: Float(learningRate), momentum: Float(sgd.momentum),
          decay: Float(sgd.weightDecay), nesterov: sgd.nesterov ? 1 : 0)
        unsafe sgd_update(
          &parameters, &firstMoment, gradient, range.lowerBound, range.upperBound, constants)
      }
    }
  }
}

extension Adam {
  /// What an update, counted from 1, has the same for all parameters.
  fileprivate func constants(of step: Int, learningRate: Double) -> adam_step {
    adam_step(
      beta1: Float(beta1), beta2: Float(beta2),
      rate: Float(learningRate / (1 - pow(beta1, Double(step)))),
      second_correction: Float((1 - pow(beta2, Double(step))).squareRoot()),
      epsilon: Float(epsilon),
      shrink: decouplesDecay ? Float(1 - learningRate * weightDecay) : 1,
      decay: decouplesDecay ? 0 : Float(weightDecay))
  }
}
