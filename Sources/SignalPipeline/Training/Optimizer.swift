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
    precondition(gradient.count == parameters.count, "one value a parameter")
    update(&parameters, learningRate: learningRate) { state in
      for range in ranges { state.update(range, gradient: gradient, from: range.lowerBound) }
    }
  }

  /// Makes one update in parts.
  ///
  /// - Parameters:
  ///   - parameters: The flat parameter array, changed in place.
  ///   - learningRate: This step's `η`.
  ///   - body: Called once, to update disjoint ranges of the parameters, on any thread.
  mutating func update(
    _ parameters: inout [Float], learningRate: Double, _ body: (SharedState) -> Void
  ) {
    let count = firstMoment.count
    precondition(parameters.count == count, "one value a parameter")
    step += 1
    let constants = method.constants(of: step, learningRate: learningRate)
    unsafe parameters.withUnsafeMutableBufferPointer { parameters in
      unsafe firstMoment.withUnsafeMutableBufferPointer { first in
        unsafe secondMoment.withUnsafeMutableBufferPointer { second in
          unsafe body(
            SharedState(
              constants: constants, parameters: parameters, first: first, second: second))
        }
      }
    }
  }
}

extension Optimizer {
  /// What an update has the same for all parameters.
  fileprivate enum Constants: Sendable {
    case adam(adam_step)
    case sgd(sgd_step)
  }

  /// Parameters and moments during an update, for threads that each change ranges of their own.
  @safe struct SharedState: @unchecked Sendable {
    fileprivate let constants: Constants
    fileprivate let parameters: UnsafeMutableBufferPointer<Float>
    fileprivate let first: UnsafeMutableBufferPointer<Float>
    fileprivate let second: UnsafeMutableBufferPointer<Float>

    /// Updates a range; its first parameter has the gradient `gradient[place]`.
    func update(_ range: Range<Int>, gradient: [Float], from place: Int) {
      check(range, gradient, from: place)
      if range.isEmpty { return }
      let (begin, count) = (range.lowerBound, range.count)
      unsafe gradient.withUnsafeBufferPointer { gradient in
        let own = unsafe gradient.baseAddress! + place
        switch constants {
        case .adam(let constants):
          unsafe adam_update(
            parameters.baseAddress! + begin, first.baseAddress! + begin,
            second.baseAddress! + begin, own, 0, count, constants)
        case .sgd(let constants):
          unsafe sgd_update(
            parameters.baseAddress! + begin, first.baseAddress! + begin, own, 0, count,
            constants)
        }
      }
    }

    /// Moves a range by a share of its distance from the values from `first` on.
    func approach(_ range: Range<Int>, _ values: [Float], from first: Int, momentum: Float) {
      check(range, values, from: first)
      for (place, value) in zip(range, values[first...]) {
        unsafe parameters[place] += momentum * (value - parameters[place])
      }
    }

    private func check(_ range: Range<Int>, _ values: [Float], from first: Int) {
      let count = unsafe parameters.count
      precondition(range.lowerBound >= 0 && range.upperBound <= count, "a range of parameters")
      precondition(first >= 0 && first + range.count <= values.count, "a value for each")
    }
  }
}

extension Optimizer.Method {
  /// The constants of an update, counted from 1.
  fileprivate func constants(of step: Int, learningRate: Double) -> Optimizer.Constants {
    switch self {
    case .adam(let adam): .adam(adam.constants(of: step, learningRate: learningRate))
    case .sgd(let sgd):
      .sgd(
        sgd_step(
          rate: Float(learningRate), momentum: Float(sgd.momentum),
          decay: Float(sgd.weightDecay), nesterov: sgd.nesterov ? 1 : 0))
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
